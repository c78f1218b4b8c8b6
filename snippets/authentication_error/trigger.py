# region: show
from pathlib import Path

from anthropic import Anthropic

SECRET = Path("/run/secrets/anthropic_api_key")


def connect() -> Anthropic:
    # Without this file the SDK takes the key of the environment.
    key = SECRET.read_text().strip() if SECRET.exists() else None
    return Anthropic(api_key=key)


client = connect()
for question in ["Name three primes.", "Name a sea."]:
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": question}],
    )
    print(message.content)
# endregion
