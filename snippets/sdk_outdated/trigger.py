# mypy: disable-error-code="attr-defined"
# region: show
from anthropic import Anthropic

client = Anthropic()

# From an example of 2024, when prompt caching was a beta.
message = client.beta.prompt_caching.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[{"role": "user", "content": "Name three primes."}],
)
print(message.content)
# endregion
