# region: show
from anthropic import Anthropic, APIConnectionError, APIStatusError
from anthropic.types import Message
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

MODELS = ["claude-sonnet-5-5", "claude-haiku-5-5"]
client = Anthropic(max_retries=0, timeout=60.0)  # retried here
# Full jitter: anywhere between zero and the growing pause.
jitter = wait_random_exponential(multiplier=0.5, max=8)


def temporary(err: BaseException) -> bool:
    if isinstance(err, APIStatusError):
        if "spend_limit" in (err.error_code or ""):
            return False  # a 429 that no wait helps
        return err.status_code in (408, 429) or err.status_code >= 500
    return isinstance(err, APIConnectionError)


def pause(state: RetryCallState) -> float:
    err = state.outcome and state.outcome.exception()
    told = None
    if isinstance(err, APIStatusError):
        told = err.response.headers.get("retry-after")
    # What the API says comes first; here it is a number of seconds.
    return float(told) if told else jitter(state)


def ask(prompt: str) -> Message:
    tries = Retrying(
        retry=retry_if_exception(temporary),
        wait=pause,
        stop=stop_after_attempt(3) | stop_before_delay(30),
        reraise=True,
    )
    for model in MODELS:
        try:
            return tries(
                client.messages.create,
                model=model,
                max_tokens=1024,
                messages=[{"role": "user", "content": prompt}],
            )
        except APIStatusError as err:
            # Capacity is tracked per model; other errors are not.
            if err.type != "overloaded_error" or model == MODELS[-1]:
                raise
    raise AssertionError("MODELS is empty")


message = ask("Name three primes.")
print("Answered by", message.model)
# endregion
