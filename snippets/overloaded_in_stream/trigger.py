# region: show
from anthropic import Anthropic, OverloadedError

client = Anthropic()


def write(model: str) -> str:
    text = ""
    with client.messages.stream(
        model=model,
        max_tokens=4096,
        messages=[{"role": "user", "content": "Write a short poem."}],
    ) as stream:
        for delta in stream.text_stream:
            text += delta
    return text


try:
    poem = write("claude-sonnet-5-5")
except OverloadedError:
    poem = write("claude-haiku-5-5")
print(poem)
# endregion
