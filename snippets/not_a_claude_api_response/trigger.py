# region: show
from anthropic import Anthropic
from anthropic.types import Message

client = Anthropic()


def ask() -> Message:
    return client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Name three primes."}],
    )


message = ask()
print(message.content)
# endregion
