# region: show
from anthropic import Anthropic, PermissionDeniedError

client = Anthropic()

try:
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Name three primes."}],
    )
    print(message.content)
except PermissionDeniedError as error:
    # What an admin needs: whose key it was, and why.
    headers = error.response.headers
    print("organization", headers.get("anthropic-organization-id"))
    print("workspace", error.workspace_id)
    print("request", error.request_id)
    print("reason", error.error_code, error.api_message)
# endregion
