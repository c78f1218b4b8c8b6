# region: show
import os
import time
import uuid

import httpx2
import pytest
from anthropic import Anthropic, BadRequestError, DefaultHttpxClient

MOCK = os.environ["ANTHROPIC_BASE_URL"].partition("/scenario/")[0]
GO_ON = """Your previous response was interrupted and ended with
[{}]. Continue from where you left off."""


def write(client: Anthropic, task: str) -> str:
    """What is tested; in your suite it is imported."""
    text = ""
    for _ in range(3):
        ask = f"{task}\n\n{GO_ON.format(text)}" if text else task
        try:
            with client.messages.stream(
                model="claude-sonnet-5-5",
                max_tokens=1024,
                messages=[{"role": "user", "content": ask}],
            ) as stream:
                for delta in stream.text_stream:
                    text += delta
            return text
        except httpx2.TransportError:
            continue
    raise ConnectionError("The stream broke again and again.")


def under(scenario: str) -> tuple[Anthropic, list[httpx2.Request]]:
    """A client in a scenario of its own, and what it sends."""
    sent: list[httpx2.Request] = []
    client = Anthropic(
        api_key="any-key-will-do",
        base_url=f"{MOCK}/scenario/{scenario};id={uuid.uuid4()}",
        http_client=DefaultHttpxClient(
            event_hooks={"request": [sent.append]}
        ),
    )
    return client, sent


def test_overload_passes_and_costs_two_more_requests() -> None:
    client, sent = under("overloaded_error;times=2")
    assert write(client, "Write.")
    assert len(sent) == 3


def test_empty_account_is_asked_only_once() -> None:
    client, sent = under("credit_balance_too_low")
    with pytest.raises(BadRequestError):
        write(client, "Write.")
    assert len(sent) == 1


def test_wait_that_the_api_names_is_kept() -> None:
    client, sent = under("rate_limit_error;times=1;retry_after=1")
    began = time.monotonic()
    assert write(client, "Write.")
    assert time.monotonic() - began >= 1
    assert len(sent) == 2


def test_text_of_a_cut_stream_is_whole_and_not_doubled() -> None:
    whole = write(under("")[0], "Write.")
    client, sent = under("stream_interrupted;times=1")
    assert write(client, "Write.") == whole
    assert len(sent) == 2


# endregion
if __name__ == "__main__":
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    raise SystemExit(pytest.main([*options, __file__]))
