# region: show
from anthropic import Anthropic, OverloadedError
from anthropic.types import Message

# Five tries, with a longer pause before each: about 7 seconds.
client = Anthropic(max_retries=4)


def ask(model: str) -> Message:
    return client.messages.create(
        model=model,
        max_tokens=4096,
        messages=[{"role": "user", "content": "Name three primes."}],
    )


try:
    message = ask("claude-sonnet-5-5")
except OverloadedError:
    # Capacity is tracked per model, so another one may be free.
    message = ask("claude-haiku-5-5")
print(message.content)
# endregion
