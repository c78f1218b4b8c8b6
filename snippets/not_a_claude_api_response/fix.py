# region: show
from anthropic import Anthropic, APIStatusError
from anthropic.types import Message

client = Anthropic()


def ask() -> Message:
    return client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Name three primes."}],
    )


try:
    message = ask()
except APIStatusError as error:
    # The Claude API gives a type: handle its error as usual.
    if error.type is not None:
        raise
    answer = error.response
    print("Not the Claude API:", answer.url, answer.status_code)
    print(answer.headers.get("content-type"), answer.text[:200])
    # One more try, in case the gateway has only just restarted.
    message = ask()
print(message.content)
# endregion
