# region: show
from typing import Literal

import httpx2
from anthropic import (
    Anthropic,
    AnthropicError,
    APIConnectionError,
    APIStatusError,
)

Action = Literal["backoff", "wait", "change", "stop"]

# 1. error_code names the cause itself.
BY_CODE: dict[str | None, Action] = {
    "enforced_spend_limit_reached": "stop",
    "contract_spend_limit_reached": "stop",
    "organization_on_hold": "stop",
    "ramp_limit_exceeded": "wait",
    "compaction_unavailable": "backoff",
}
# 2. error.type names the kind. It holds inside a stream as well.
BY_TYPE: dict[str | None, Action] = {
    "overloaded_error": "backoff",
    "api_error": "backoff",
    "timeout_error": "backoff",
    "rate_limit_error": "wait",
    "billing_error": "stop",
    "authentication_error": "stop",
    "permission_error": "stop",
}


def classify(err: Exception) -> Action:
    """Say what to do: try again, wait, change the request, stop."""
    if isinstance(err, APIConnectionError):  # it has no status
        return "backoff"
    if isinstance(err, APIStatusError):
        known = BY_CODE.get(err.error_code) or BY_TYPE.get(err.type)
        if known:
            return known
        # 3. The status decides only where the other two are missing.
        if err.status_code == 429:
            return "wait"
        if err.status_code >= 500 or err.status_code == 408:
            return "backoff"
        return "change"
    if isinstance(err, httpx2.TransportError):  # the stream broke off
        return "backoff"
    if isinstance(err, (AnthropicError, ValueError, TypeError)):
        return "change"  # refused by the SDK: nothing was sent
    raise err  # not an error of the API


def ask() -> str:
    with Anthropic(max_retries=0).messages.stream(
        model="claude-sonnet-5-5",
        max_tokens=1024,
        messages=[{"role": "user", "content": "Name three primes."}],
    ) as stream:
        return stream.get_final_text()


for _ in range(7):  # the mock has seven errors ready
    try:
        print(ask())
    except Exception as err:
        print(f"{type(err).__name__}: {classify(err)}")
# endregion
