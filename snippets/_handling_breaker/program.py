# region: show
import time

from anthropic import Anthropic, APIConnectionError, APIStatusError
from anthropic.types import Message
from circuitbreaker import CircuitBreaker, CircuitBreakerError

client = Anthropic(max_retries=0)


def broken(_: type[Exception], err: Exception) -> bool:
    """Say whether the API, and not this call alone, has failed."""
    if isinstance(err, APIStatusError):
        return err.status_code >= 500
    return isinstance(err, APIConnectionError)


# Opens after 3 failures in a row. Half a second so that you can see
# it here; 30 is a good start.
breaker = CircuitBreaker(
    failure_threshold=3,
    recovery_timeout=0.5,
    expected_exception=broken,
)


def ask(prompt: str) -> Message:
    if breaker.opened:
        raise CircuitBreakerError(breaker)
    with breaker:
        return client.messages.create(
            model="claude-sonnet-5-5",
            max_tokens=1024,
            messages=[{"role": "user", "content": prompt}],
        )


def attempt() -> None:
    try:
        print("Answered:", ask("Name three primes.").stop_reason)
    except CircuitBreakerError:
        print("Not sent: the breaker is open")
    except APIStatusError as err:
        print("Failed:", err.status_code)


for _ in range(5):
    attempt()
time.sleep(0.6)
attempt()  # this call finds out whether it works again
# endregion
