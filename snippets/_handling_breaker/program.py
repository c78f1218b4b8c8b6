# region: show
import time

import pybreaker
from anthropic import Anthropic, APIConnectionError, APIStatusError
from anthropic.types import Message

client = Anthropic(max_retries=0)


def healthy(err: Exception) -> bool:
    """Say whether the API works although this call failed."""
    if isinstance(err, APIStatusError):
        return err.status_code < 500
    return not isinstance(err, APIConnectionError)


# Opens after 3 failures in a row. Half a second so that you can see
# it here; 30 is a good start.
breaker = pybreaker.CircuitBreaker(
    fail_max=3,
    reset_timeout=0.5,
    exclude=[healthy],
    throw_new_error_on_trip=False,
)


def ask(prompt: str) -> Message:
    # Not breaker.call: it would let one thread in at a time.
    with breaker.calling():
        return client.messages.create(
            model="claude-sonnet-5-5",
            max_tokens=1024,
            messages=[{"role": "user", "content": prompt}],
        )


def attempt() -> None:
    try:
        print("Answered:", ask("Name three primes.").stop_reason)
    except pybreaker.CircuitBreakerError:
        print("Not sent: the breaker is open")
    except APIStatusError as err:
        print("Failed:", err.status_code)


for _ in range(5):
    attempt()
time.sleep(0.6)
attempt()  # one call finds out whether it works again
# endregion
