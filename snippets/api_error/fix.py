# region: show
from anthropic import Anthropic, InternalServerError

# Six tries over about 15 seconds outlast a short failure.
client = Anthropic(max_retries=5)

try:
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Name three primes."}],
    )
except InternalServerError as error:
    # If it persists, support needs the id of the request.
    print(error.status_code, error.type, error.request_id)
    raise
print(message.content)
# endregion
