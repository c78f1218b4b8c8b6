"""Mixed weather, texts that can be checked, and what the log says about jobs."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import anthropic
import httpx2
import pytest

from mock_api import mixed, texts
from mock_api.mixed import STRUCK, TROUBLES, Mixed
from tests.mock.service import OLD_MODEL, Service, body, fresh

GO_ON = "Your previous response was interrupted and ended with\n[{}]. Continue from where you left off."


def user(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def decisions(seed: int, count: int, *, stream: bool = True) -> list[str | None]:
    weather = Mixed(seed)
    made = [weather.decide(stream=stream) for _ in range(count)]
    return [decision.trouble.name if decision.trouble else None for decision in made]


def test_the_same_seed_makes_the_same_weather():
    assert decisions(1, 500) == decisions(1, 500)
    assert decisions(1, 500) != decisions(2, 500)


def test_the_kind_of_a_request_does_not_change_the_weather_of_the_next():
    streams, mixture = Mixed(3), Mixed(3)
    first = [streams.decide(stream=True).trouble is None for _ in range(200)]
    second = [mixture.decide(stream=number % 2 == 0).trouble is None for number in range(200)]

    assert first == second


def test_it_is_mostly_sunny_and_every_trouble_comes():
    found = Counter(decisions(1, 5000))

    assert 0.70 < found[None] / 5000 < 0.90
    assert found.keys() == {None, *(trouble.name for trouble in TROUBLES)}


def test_trouble_comes_in_bursts():
    made = [name is not None for name in decisions(1, 20000)]
    after_trouble = [second for first, second in itertools.pairwise(made) if first]

    assert sum(after_trouble) / len(after_trouble) > 2 * sum(made) / len(made)
    assert STRUCK["bad"] > 10 * STRUCK["good"]


def test_what_is_no_stream_is_not_cut():
    assert not {"stream_interrupted", "stream_error", "overloaded_in_stream"} & set(decisions(1, 3000, stream=False))


def test_only_a_429_says_when_to_come_back():
    weather = Mixed(1)
    for decision in (weather.decide(stream=True) for _ in range(3000)):
        assert (decision.retry_after is not None) == (decision.trouble is not None and decision.trouble.name == "rate_limit_error")


def test_the_mock_serves_the_mix(service: Service):
    chosen = fresh("mixed_weather;seed=4;scale=6000")
    seen: Counter[str] = Counter()
    for number in range(300):
        try:
            answer = service.send("POST", "/v1/messages", body(stream=True, messages=[user(f"job {number}")]), scenario=chosen)
        except httpx2.TransportError:
            seen["broken"] += 1
            continue
        seen["error event" if "event: error" in answer.text else str(answer.status_code)] += 1
        assert (answer.status_code == 429) == ("retry-after" in answer.headers)
        if answer.status_code == 429:
            assert 0 < float(answer.headers["retry-after"]) <= 20 / 6000 + 0.001
    log = service.log(chosen)

    assert seen.keys() == {"broken", "error event", "200", "429", "500", "504", "529"}
    assert [logged.slug for logged in log] == decisions(4, 300)
    assert [logged.job for logged in log] == list(range(300))
    assert sum(logged.complete and logged.slug is None for logged in log) == seen["200"]


def test_waits_are_divided_by_the_scale(service: Service):
    weather = service.api.worlds.get(service.api._parse(fresh("mixed_weather;seed=1;scale=60"))).weather
    from mock_api.weather import Asked

    strikes = [weather.before(Asked("m", True)) for _ in range(400)]

    assert {strike.wait for strike in strikes if strike.name is None} == {mixed.ANSWER_SECONDS / 60}
    assert {strike.wait for strike in strikes if strike.name == "timeout_error"} == {0.5}
    assert all(float(strike.retry_after) <= 0.334 for strike in strikes if strike.retry_after)


def test_mixed_weather_can_have_rate_limits_too(service: Service):
    chosen = fresh("mixed_weather;seed=1;scale=60;requests=2;per=3600")
    answers = [service.send("GET", "/v1/models", scenario=chosen) for _ in range(3)]
    answers += [service.send("POST", "/v1/messages", body(), scenario=chosen) for _ in range(3)]

    assert "anthropic-ratelimit-requests-limit" not in answers[0].headers
    assert [answer.headers["anthropic-ratelimit-requests-remaining"] for answer in answers[3:]] == ["1", "0", "0"]
    assert answers[-1].status_code == 429
    assert 20 < float(answers[-1].headers["retry-after"]) <= 30


def test_rows_of_a_batch_fail_and_can_be_submitted_again(service: Service):
    chosen = fresh("mixed_weather;seed=1;scale=6000")
    left, submitted, ends = set(range(60)), 0, Counter[str]()
    with service.client(chosen, max_retries=8) as client:
        while left and submitted < 10:
            rows = [{"custom_id": f"j{number}", "params": body(messages=[user(f"job {number}")])} for number in sorted(left)]
            batch = client.messages.batches.create(requests=rows)  # type: ignore[arg-type]
            client.messages.batches.retrieve(batch.id)
            for row in client.messages.batches.results(batch.id):
                ends[row.result.type] += 1
                if row.result.type == "succeeded":
                    left.remove(int(row.custom_id[1:]))
                elif row.result.type == "errored":
                    assert row.result.error.error.type == "api_error"
            submitted += 1
    made = [logged.rows for logged in service.log(chosen) if logged.rows]

    assert not left
    assert ends.keys() == {"succeeded", "errored", "expired"}
    assert Counter(end for rows in made for _, end in rows) == ends
    assert {job for job, _ in made[1]} == {job for job, end in made[0] if end != "succeeded"}


@pytest.mark.parametrize("stream", [True, False])
def test_a_job_has_a_text_of_its_own(service: Service, stream: bool):
    with service.client() as client:
        told = []
        for prompt in ("job 17", "Please do Job 17, now.", "job 18", "Name three primes."):
            request = body(messages=[user(prompt)])
            if stream:
                with client.messages.stream(**request) as events:
                    told.append(events.get_final_text())
            else:
                told.append(client.messages.create(**request).content[0].text)

    assert told[0] == told[1] != told[2]
    assert told[0].startswith(texts.TEXT)
    assert told[0].endswith("Job 17 is done.")
    assert told[3] == texts.TEXT


def test_after_an_interruption_only_the_rest_is_said():
    whole = texts.answer(body(messages=[user("job 3")]))
    for place in range(len(whole) + 1):
        request = body(messages=[user(f"job 3\n\n{GO_ON.format(whole[:place])}")])
        assert whole[:place] + texts.rest(texts.answer(request), request) == whole


def test_the_quote_may_be_the_end_alone_and_the_lines_may_break_elsewhere():
    whole = texts.answer(body(messages=[user("job 3")]))
    tail = whole[20:60]
    request = body(messages=[user("job 3"), user(GO_ON.format(tail).replace("\n", " "))])

    assert texts.rest(whole, request) == whole[60:]


def test_what_was_never_said_is_not_gone_on_with():
    request = body(messages=[user(f"job 3\n\n{GO_ON.format('Something else')}")])

    assert texts.rest(texts.answer(request), request) == texts.answer(request)


def test_a_prefill_is_gone_on_with_where_it_is_allowed(service: Service):
    with service.client() as client:
        whole = client.messages.create(**body(model=OLD_MODEL, messages=[user("job 3")])).content[0].text
        prefilled = [user("job 3"), {"role": "assistant", "content": whole[:33]}]
        rest = client.messages.create(**body(model=OLD_MODEL, messages=prefilled)).content[0].text

    assert whole[:33] + rest == whole


def test_nothing_left_to_say_is_an_answer_without_a_block(service: Service):
    whole = texts.answer(body(messages=[user("job 3")]))
    with service.client() as client:
        message = client.messages.create(**body(messages=[user(f"job 3 {GO_ON.format(whole)}")]))

    assert (message.content, message.stop_reason) == ([], "end_turn")


def test_a_tool_is_called_for_the_job(service: Service):
    tool = {"name": "book", "input_schema": {"type": "object", "properties": {"job": {"type": "integer"}}, "required": ["job"]}}
    with service.client() as client:
        message = client.messages.create(**body(messages=[user("job 5")], tools=[tool]))

    assert [block.type for block in message.content] == ["text", "tool_use"]
    assert message.content[1].input == {"job": 5}


@pytest.mark.parametrize("broken", [None, 5, [], {"messages": 5}, {"messages": [5, {"role": "user", "content": [5, {"type": "text"}]}]}])
def test_a_body_without_a_prompt_names_no_job(broken: object):
    assert texts.job(broken) is None


@pytest.mark.parametrize(
    ("weather", "stream", "status", "complete"),
    [
        ("", False, 200, True),
        ("", True, 200, True),
        ("overloaded_error", False, 529, True),
        ("overloaded_in_stream", True, 200, False),
        ("stream_interrupted", True, 200, False),
        ("connection_error", False, 0, False),
    ],
)
def test_the_log_tells_whose_answer_was_whole(service: Service, weather: str, stream: bool, status: int, complete: bool):
    chosen = fresh(weather)
    request = body(messages=[user("job 9")])
    with service.client(chosen) as client:
        try:
            if stream:
                with client.messages.stream(**request) as events:
                    events.until_done()
            else:
                client.messages.create(**request)
        except (anthropic.APIError, httpx2.TransportError):
            assert weather

    assert [(logged.status, logged.complete, logged.job) for logged in service.log(chosen)] == [(status, complete, 9)]
