# region: show
from anthropic import Anthropic

client = Anthropic()

# Prompt caching is part of the ordinary method now.
message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[{"role": "user", "content": "Name three primes."}],
)
print(message.content)
# endregion
