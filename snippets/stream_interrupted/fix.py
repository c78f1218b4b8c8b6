# region: show
import httpx2
from anthropic import Anthropic

client = Anthropic()
TASK = "Write a short poem about rain."
GO_ON = """Your previous response was interrupted and ended with
[{}]. Continue from where you left off."""
parts: list[str] = []


def write(prompt: str) -> None:
    with client.messages.stream(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": prompt}],
    ) as stream:
        for delta in stream.text_stream:
            parts.append(delta)
        if stream.get_final_message().stop_reason is None:
            raise ConnectionError("The stream ended too early.")


try:
    write(TASK)
except (httpx2.TransportError, ConnectionError):
    # What has arrived is kept; only the rest is asked for.
    write(f"{TASK}\n\n{GO_ON.format(''.join(parts))}")
print("".join(parts))
# endregion
