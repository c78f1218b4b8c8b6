# region: show
from anthropic import Anthropic
from anthropic.types import Message

client = Anthropic(max_retries=0)


def ask(model: str) -> Message:
    return client.messages.create(
        model=model,
        max_tokens=4096,
        messages=[{"role": "user", "content": "Name three primes."}],
    )


message = ask("claude-sonnet-5-5")
print(message.content)
# endregion
