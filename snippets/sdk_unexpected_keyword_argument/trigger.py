# mypy: disable-error-code="call-overload"
# region: show
from anthropic import Anthropic

client = Anthropic()

message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    temperature=0.2,
    messages=[{"role": "user", "content": "Name three primes."}],
)
print(message.content)
# endregion
