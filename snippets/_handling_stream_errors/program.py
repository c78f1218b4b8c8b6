# region: show
import random
import time

from anthropic import Anthropic, APIStatusError

client = Anthropic()
PASSING = {
    "api_error",
    "overloaded_error",
    "rate_limit_error",
    "timeout_error",
}


def answer(prompt: str) -> str:
    """Return JSON, which is of no use in two parts."""
    for attempt in range(4):
        try:
            with client.messages.stream(
                model="claude-sonnet-5-5",
                max_tokens=4096,
                messages=[{"role": "user", "content": prompt}],
            ) as stream:
                return stream.get_final_text()
        except APIStatusError as error:
            # 200: the stream had begun, so the SDK sent nothing again.
            if error.status_code != 200 or error.type not in PASSING:
                raise
            print("again after", error.type)
        time.sleep(random.uniform(0, min(8, 0.5 * 2**attempt)))
    raise ConnectionError("Every stream carried an error.")


print(answer("Name three primes as a JSON array."))
# endregion
