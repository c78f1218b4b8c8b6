# region: show
from anthropic import Anthropic

client = Anthropic()


def write() -> str:
    with client.messages.stream(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Write a short poem."}],
    ) as stream:
        return "".join(stream.text_stream)


poem = write()
print(poem)
# endregion
