# region: show
import time

from anthropic import Anthropic, APIStatusError

client = Anthropic()
WORTH_A_RETRY = {"overloaded_error", "api_error", "rate_limit_error"}


def write() -> str:
    with client.messages.stream(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": "Write a short poem."}],
    ) as stream:
        return "".join(stream.text_stream)


try:
    poem = write()
except APIStatusError as error:
    # Inside a stream the status code is 200: branch on the type.
    if error.status_code != 200 or error.type not in WORTH_A_RETRY:
        raise
    time.sleep(1)
    poem = write()
print(poem)
# endregion
