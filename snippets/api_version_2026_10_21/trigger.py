# region: show
from anthropic import Anthropic

client = Anthropic()

# The argument is gone since 1.0, so it was moved to extra_body.
sampling = {"temperature": 1.0}
message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[{"role": "user", "content": "Name three primes."}],
    extra_body=sampling,
)
print(message.content)
# endregion
