# region: show
from anthropic import Anthropic

client = Anthropic()

message = client.messages.create(
    # An active id. client.models.list() tells what your key sees.
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[{"role": "user", "content": "Name three primes."}],
)
print(message.content)
# endregion
