# region: show
from anthropic import Anthropic, APIStatusError
from anthropic.types import Message

# For work that may take a while. Both hold for each call.
client = Anthropic(max_retries=4, timeout=60.0)
# For somebody who waits: the same client, other settings.
impatient = client.with_options(max_retries=0, timeout=10.0)


def ask(chosen: Anthropic) -> Message:
    return chosen.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=1024,
        messages=[{"role": "user", "content": "Name three primes."}],
    )


try:
    print(ask(impatient).content)
except APIStatusError as err:
    print("Busy, not tried again:", err.status_code)
print(ask(client).content)
# endregion
