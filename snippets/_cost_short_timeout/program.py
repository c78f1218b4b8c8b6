# region: show
from anthropic import Anthropic, APITimeoutError

# Do not do this: the answer takes longer than the timeout, so the SDK
# goes away and sends the same call again.
client = Anthropic(timeout=0.3)
try:
    client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Write a long report."}],
    )
except APITimeoutError:
    print("No answer, and every attempt may be billed.")
# endregion
