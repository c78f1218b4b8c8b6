# region: show
import time

from anthropic import Anthropic, APIStatusError
from anthropic.types import Message

client = Anthropic()  # tries three times by itself


def ask(prompt: str) -> Message | None:
    for attempt in range(3):  # a second layer around the first
        try:
            return client.messages.create(
                model="claude-sonnet-5-5",
                max_tokens=1024,
                messages=[{"role": "user", "content": prompt}],
            )
        except APIStatusError as err:
            print("Loop, round", attempt + 1, err.status_code)
            time.sleep(0.01)
    return None


print(ask("Name three primes."))
# endregion
