# region: show
from pathlib import Path

from anthropic import Anthropic, AuthenticationError
from anthropic.types import Message

SECRET = Path("/run/secrets/anthropic_api_key")


def connect() -> Anthropic:
    # Without this file the SDK takes the key of the environment.
    key = SECRET.read_text().strip() if SECRET.exists() else None
    return Anthropic(api_key=key)


def ask(client: Anthropic, question: str) -> Message:
    return client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": question}],
    )


client = connect()
for question in ["Name three primes.", "Name a sea."]:
    try:
        message = ask(client, question)
    except AuthenticationError as error:
        # A 401 has no error_code: only the text tells these apart.
        if (error.api_message or "").startswith("CORS requests"):
            raise  # no key helps a request with an Origin header
        print("401:", error.type, error.api_message)
        # The key may have been replaced: read it again, once.
        client = connect()
        message = ask(client, question)
    print(message.content)
# endregion
