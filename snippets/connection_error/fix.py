# region: show
from anthropic import Anthropic, APIConnectionError

# Six tries over about 15 seconds outlast a short cut.
client = Anthropic(max_retries=5)

try:
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Name three primes."}],
    )
except APIConnectionError as error:
    # The text is always the same; the cause tells them apart.
    print("No connection:", repr(error.__cause__))
    raise
print(message.content)
# endregion
