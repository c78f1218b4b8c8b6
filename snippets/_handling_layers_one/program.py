# region: show
from anthropic import Anthropic, APIStatusError
from anthropic.types import Message

client = Anthropic(max_retries=2)  # the only layer


def ask(prompt: str) -> Message | None:
    try:
        return client.messages.create(
            model="claude-sonnet-5-5",
            max_tokens=1024,
            messages=[{"role": "user", "content": prompt}],
        )
    except APIStatusError as err:
        print("Given up:", err.status_code, err.request_id)
        return None


print(ask("Name three primes."))
# endregion
