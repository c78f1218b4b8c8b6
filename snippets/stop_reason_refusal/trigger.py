# region: show
from anthropic import Anthropic
from anthropic.types import Message

client = Anthropic()


def ask(model: str) -> Message:
    return client.messages.create(
        model=model,
        max_tokens=4096,
        messages=[{"role": "user", "content": "Name three primes."}],
    )


message = ask("claude-opus-5-5")
block = message.content[0]
if block.type == "text":
    print(block.text)
# endregion
