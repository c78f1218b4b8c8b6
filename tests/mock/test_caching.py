"""Prompt caching of the mock: what is read, what is written, and when it misses without a word."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Callable
from typing import Any

import pytest

from mock_api.caching import Cache, Rules, Used
from tests.mock.service import MODEL, OLD_MODEL, Service, body, fresh

MARK = {"type": "ephemeral"}
HOUR = {"type": "ephemeral", "ttl": "1h"}
RULES = Rules({"sonnet_5_5": 10, "haiku_4_5": 50}, lookback=20, seconds={"5m": 300, "1h": 3600})
TOOL = {"name": "weather", "input_schema": {"type": "object"}}


class Clock:
    """Stands still until it is told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ask(clock: Clock) -> Callable[..., tuple[int, int, int]]:
    """Return what sends a prompt, in which one letter is one token, and returns tokens read, written for 5 minutes, for an hour."""
    cache = Cache(RULES, clock)

    def use(*, begins_in: float = 0.0, **changes: Any) -> tuple[int, int, int]:
        used = cache.use({"model": MODEL, **changes}, lambda block: len(block.get("text", "x")), begins_in)
        return used.read, used.written["5m"], used.written["1h"]

    return use


def text(words: str, mark: dict[str, str] | None = None) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"cache_control": mark} if mark else {})


def user(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"role": "user", "content": list(blocks)}


SYSTEM = [text("s" * 100, MARK)]
QUESTION = [{"role": "user", "content": "a?"}]


def test_the_first_request_writes_and_the_next_reads(ask):
    assert ask(system=SYSTEM, messages=QUESTION) == (0, 100, 0)
    assert ask(system=SYSTEM, messages=[{"role": "user", "content": "another?"}]) == (100, 0, 0)


def test_without_a_breakpoint_nothing_is_cached(ask):
    plain = [text("s" * 100)]

    assert [ask(system=plain, messages=QUESTION) for _ in range(2)] == [(0, 0, 0)] * 2


@pytest.mark.parametrize(("length", "second"), [(9, 0), (10, 10)])
def test_below_the_minimum_nothing_is_cached_and_nothing_is_said(ask, length: int, second: int):
    system = [text("s" * length, MARK)]

    assert ask(system=system, messages=QUESTION) == (0, second, 0)
    assert ask(system=system, messages=QUESTION) == (second, 0, 0)


def test_the_minimum_is_that_of_the_model_and_the_longest_for_an_unknown_one():
    assert [RULES.minimum(model) for model in ("claude-sonnet-5-5", "claude-haiku-4-5-20251001", "claude-nobody-9")] == [10, 50, 50]


@pytest.mark.parametrize(
    "change",
    [
        {"model": OLD_MODEL},
        {"system": [text("S" + "s" * 99, MARK)]},
        {"tools": [TOOL]},
        {"speed": "fast"},
    ],
)
def test_a_change_before_the_breakpoint_writes_again(ask, change: dict[str, Any]):
    ask(system=SYSTEM, messages=QUESTION)

    assert ask(**{"system": SYSTEM, "messages": QUESTION, **change})[0] == 0


@pytest.mark.parametrize(
    "change", [{"tool_choice": {"type": "auto"}}, {"thinking": {"type": "adaptive"}}, {"output_config": {"effort": "low"}}]
)
def test_a_setting_changes_the_messages_and_leaves_the_system_prompt(ask, change: dict[str, Any]):
    prompt = {"system": SYSTEM, "messages": [user(text("q" * 50, MARK))]}
    ask(**prompt)

    assert ask(**prompt) == (150, 0, 0)
    assert ask(**prompt, **change) == (100, 50, 0)


def test_an_image_anywhere_changes_the_messages(ask):
    image = {"type": "image", "source": {"type": "url", "url": "https://example.org/a.png"}}
    long = text("q" * 50, MARK)
    ask(system=SYSTEM, messages=[user(long)])

    assert ask(system=SYSTEM, messages=[user(long), user(image)])[0] == 100


def test_the_order_of_tools_counts(ask):
    other = {**TOOL, "name": "time"}
    ask(tools=[TOOL, other], system=SYSTEM, messages=QUESTION)

    assert ask(tools=[TOOL, other], system=SYSTEM, messages=QUESTION)[0] == 102
    assert ask(tools=[other, TOOL], system=SYSTEM, messages=QUESTION)[0] == 0


def test_a_breakpoint_on_what_changes_never_reads(ask):
    for minute in range(3):
        assert ask(system=[text("s" * 100), text(f"It is 12:0{minute}.", MARK)], messages=QUESTION) == (0, 112, 0)


def test_an_entry_lives_for_its_lifetime_after_the_last_use(ask, clock: Clock):
    ask(system=SYSTEM, messages=QUESTION)
    for _ in range(3):
        clock.now += 299

        assert ask(system=SYSTEM, messages=QUESTION)[0] == 100
    clock.now += 300

    assert ask(system=SYSTEM, messages=QUESTION) == (0, 100, 0)


def test_an_hour_is_an_hour(ask, clock: Clock):
    system = [text("s" * 100, HOUR)]

    assert ask(system=system, messages=QUESTION) == (0, 0, 100)
    clock.now += 3599

    assert ask(system=system, messages=QUESTION)[0] == 100


def test_longer_and_shorter_lifetimes_are_written_apart(ask):
    assert ask(system=[text("s" * 100, HOUR)], messages=[user(text("q" * 30, MARK))]) == (0, 30, 100)
    assert ask(system=[text("s" * 100, HOUR)], messages=[user(text("p" * 30, MARK))]) == (100, 30, 0)


def test_an_entry_cannot_be_read_before_the_answer_begins(ask, clock: Clock):
    assert ask(begins_in=2, system=SYSTEM, messages=QUESTION) == (0, 100, 0)
    clock.now += 1

    assert ask(begins_in=2, system=SYSTEM, messages=QUESTION) == (0, 100, 0)
    clock.now += 1

    assert ask(system=SYSTEM, messages=QUESTION) == (100, 0, 0)


@pytest.mark.parametrize(("added", "read"), [(19, 20), (20, 0)])
def test_a_breakpoint_looks_back_over_so_many_blocks(ask, added: int, read: int):
    blocks = [text("b" * 20)]
    ask(messages=[user(*blocks[:-1], text("b" * 20, MARK))])
    more = [text(f"c{number}") for number in range(added - 1)]

    assert ask(messages=[user(*blocks, *more, text("end", MARK))])[0] == read


def test_a_run_of_tool_calls_is_one_position(ask):
    calls = [{"type": "tool_use", "id": f"toolu_{number}", "name": "weather", "input": {}} for number in range(25)]
    ask(messages=[user(text("b" * 20, MARK))])

    assert ask(messages=[user(text("b" * 20)), {"role": "assistant", "content": calls}, user(text("end", MARK))])[0] == 20


def test_one_mark_for_the_request_stands_on_the_last_block_that_can_carry_it(ask):
    thought = {"type": "thinking", "thinking": "Hm", "signature": "s"}
    messages = [user(text("q" * 50)), {"role": "assistant", "content": [text("Yes."), thought]}]

    assert ask(cache_control=MARK, messages=messages) == (0, 54, 0)
    assert ask(cache_control=MARK, messages=[*messages, user(text("more?"))]) == (54, 6, 0)


def test_usage_says_the_same_through_the_sdk(service: Service):
    chosen = fresh()
    system = [{"type": "text", "text": "All about primes. " * 400, "cache_control": HOUR}]
    with service.client(chosen) as client:
        first, second = (client.messages.create(**body(system=system)).usage for _ in range(2))
        with client.messages.stream(**body(system=system)) as stream:
            third = stream.get_final_message().usage

    written = first.cache_creation_input_tokens
    assert written is not None
    assert written > 1000
    assert first.cache_creation is not None
    assert first.cache_creation.ephemeral_1h_input_tokens == written
    assert (first.cache_read_input_tokens, second.cache_read_input_tokens, third.cache_read_input_tokens) == (0, written, written)
    assert first.input_tokens == second.input_tokens < 20


def test_the_minimum_in_the_answers_is_that_of_the_facts(service: Service):
    """4 letters are a token: 600 tokens are enough for one model, and too few for the other."""
    system = [{"type": "text", "text": "abcd" * 600, "cache_control": MARK}]
    chosen = fresh()
    with service.client(chosen) as client:
        written = [
            client.messages.create(**body(system=system, model=model)).usage.cache_creation_input_tokens for model in (MODEL, OLD_MODEL)
        ]

    assert [bool(tokens) for tokens in written] == [True, False]


def test_a_request_for_no_tokens_only_warms_the_cache(service: Service):
    chosen = fresh()
    system = [{"type": "text", "text": "abcd" * 600, "cache_control": MARK}]
    with service.client(chosen) as client:
        warm = client.messages.create(**body(system=system, max_tokens=0))
        read = client.messages.create(**body(system=system)).usage.cache_read_input_tokens

    assert (warm.content, warm.stop_reason, warm.usage.output_tokens) == ([], "max_tokens", 0)
    assert read == warm.usage.cache_creation_input_tokens


def test_requests_at_once_all_write(service: Service):
    chosen = fresh("slow;seconds=0.3;times=3")
    system = [{"type": "text", "text": "abcd" * 600, "cache_control": MARK}]
    with service.client(chosen) as client, concurrent.futures.ThreadPoolExecutor(3) as pool:
        reads = list(pool.map(lambda _: client.messages.create(**body(system=system)).usage.cache_read_input_tokens, range(3)))
        later = client.messages.create(**body(system=system)).usage.cache_read_input_tokens

    assert reads == [0, 0, 0]
    assert later


def test_worlds_share_no_cache(service: Service):
    system = [{"type": "text", "text": "abcd" * 600, "cache_control": MARK}]
    with service.client(fresh()) as one, service.client(fresh()) as other:
        usages = [client.messages.create(**body(system=system)).usage for client in (one, other)]

    assert [usage.cache_read_input_tokens for usage in usages] == [0, 0]


def test_nothing_used_is_nothing():
    assert Cache(RULES).use({"model": MODEL}, len) == Used()
