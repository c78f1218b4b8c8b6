# region: show
from anthropic import Anthropic

client = Anthropic()
TASK = "Write a short poem about rain."
parts: list[str] = []


def write(prompt: str) -> None:
    with client.messages.stream(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": prompt}],
    ) as stream:
        for delta in stream.text_stream:
            parts.append(delta)


write(TASK)
print("".join(parts))
# endregion
