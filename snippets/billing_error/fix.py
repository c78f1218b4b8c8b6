# region: show
from anthropic import Anthropic, PaymentRequiredError

client = Anthropic()

try:
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Name three primes."}],
    )
    print(message.content)
except PaymentRequiredError as error:
    # The code tells whose account it is; it may be absent.
    code = error.error_code or ""
    if code.startswith("linked_organization_"):
        print("Your customer has to settle this:", code)
    elif error.type == "billing_error":
        print("Check your payment details in the Console.")
    else:
        print("Not an answer of the Claude API:", client.base_url)
    print("request", error.request_id, error.api_message)
# endregion
