"""Scenarios with several segments, for one model only, of slow answers and of rate limits, against the running mock."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import anthropic
import httpx2
import pytest

from generator.content import project
from mock_api import scenario
from mock_api.buckets import Bucket, Limits, seconds
from mock_api.scenario import ScenarioError, Segment
from tests.mock.service import MODEL, Service, body, fresh, recognised

PROJECT = project.load(Path(__file__).parents[2])
ENTRIES = {slug: found.entry for slug, found in PROJECT.catalogue.by_slug.items()}
OTHER = "claude-haiku-5-5"


def statuses(service: Service, chosen: str, count: int, **changes: object) -> list[int]:
    return [service.send("POST", "/v1/messages", body(**changes), scenario=chosen).status_code for _ in range(count)]


def test_segments_follow_one_another_and_then_it_is_sunny(service: Service):
    chosen = fresh("overloaded_error;times=2,rate_limit_error;times=1;retry_after=1,api_error;times=1")

    assert statuses(service, chosen, 6) == [529, 529, 429, 500, 200, 200]
    assert [logged.slug for logged in service.log(chosen)] == ["overloaded_error"] * 2 + ["rate_limit_error", "api_error", None, None]


def test_the_last_segment_may_hold_for_ever(service: Service):
    assert statuses(service, fresh("overloaded_error;times=1,api_error"), 4) == [529, 500, 500, 500]


def test_a_segment_of_no_times_is_passed_over(service: Service):
    assert statuses(service, fresh("overloaded_error;times=0,api_error;times=1"), 2) == [500, 200]


def test_the_weather_of_streams_waits_for_a_stream(service: Service):
    chosen = fresh("overloaded_in_stream;times=1,api_error;times=1")

    assert statuses(service, chosen, 2) == [200, 200]
    assert "overloaded_error" in service.send("POST", "/v1/messages", body(stream=True), scenario=chosen).text
    assert statuses(service, chosen, 2) == [500, 200]


def test_the_real_sdk_comes_through_a_sequence(service: Service):
    chosen = fresh("overloaded_error;times=1,connection_error;times=1,rate_limit_error;times=1;retry_after=0.01")
    with service.client(chosen, max_retries=3) as client:
        assert client.messages.create(**body()).content

    assert [logged.status for logged in service.log(chosen)] == [529, 0, 429, 200]


def test_a_segment_for_a_model_leaves_the_others_alone(service: Service):
    chosen = fresh(f"overloaded_error;model={MODEL}")

    assert statuses(service, chosen, 2) == [529, 529]
    assert statuses(service, chosen, 2, model=OTHER) == [200, 200]
    assert service.send("GET", "/v1/models", scenario=chosen).status_code == 200
    with service.client(chosen) as client:
        with pytest.raises(anthropic.APIStatusError):
            client.messages.create(**body())
        assert client.messages.create(**body(model=OTHER)).model == OTHER


def test_requests_for_other_models_do_not_use_a_segment_up(service: Service):
    chosen = fresh(f"stream_interrupted;model={MODEL};times=1")
    with service.client(chosen) as client:
        with client.messages.stream(**body(model=OTHER)) as stream:
            assert stream.get_final_message().stop_reason == "end_turn"
        with pytest.raises(httpx2.TransportError), client.messages.stream(**body()) as stream:
            stream.until_done()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("overloaded_error,api_error", "`overloaded_error` holds for ever, so nothing can follow it; add times=1"),
        ("overloaded_error;times=1,", "`` names no scenario; between commas each part begins with one"),
        ("overloaded_error;times=1,times=1", "`times=1` names no scenario; between commas each part begins with one"),
        ("overloaded_error;times=1,nothing", "`nothing` is no scenario; `claude-errors mock --list` names all of them"),
        ("overloaded_error;model=claude-1", "`model=claude-1` names no model that the mock knows"),
        ("overloaded_error;model=", "`model=` is not the id of a model"),
        ("overloaded_error;seconds=1", "`seconds=1` is not known; write times=2, retry_after=1, model=<id> or id=anything"),
        ("slow;seconds=soon", "`seconds=soon` is not a number of seconds"),
        ("slow;retry_after=1", "`retry_after=1` is not known; write times=2, seconds=5, model=<id> or id=anything"),
        ("rate_limits;requests=0", "`requests=0` must be more than zero"),
        ("rate_limits;requests=1.5", "`requests=1.5` is not a number"),
        ("rate_limits;requests=2;per=0.0", "`per=0.0` must be more than zero"),
        ("rate_limits;per=60", "`per=60` says nothing alone; add requests=50 or input_tokens=30000"),
        ("mixed_weather;seed=x", "`seed=x` is not a number"),
        ("mixed_weather;scale=0", "`scale=0` must be more than zero"),
        ("mixed_weather;per=1;seed=1", "`per=1` says nothing alone; add requests=50 or input_tokens=30000"),
        (
            "mixed_weather;speed=2",
            "`speed=2` is not known; write times=2, seed=1, scale=60, requests=50, per=60, input_tokens=30000, model=<id> or id=anything",
        ),
    ],
)
def test_what_is_wrong_in_a_segment_is_explained(text: str, why: str):
    with pytest.raises(ScenarioError) as raised:
        scenario.parse(text, ENTRIES, PROJECT.facts.models.models)

    assert str(raised.value) == why


def test_what_is_left_out_has_a_value():
    def numbers(text: str) -> object:
        return scenario.parse(text, ENTRIES).segments[0].numbers

    assert numbers("slow") == {"seconds": 5}
    assert numbers("rate_limits") == {"requests": 50, "per": 60}
    assert numbers("rate_limits;input_tokens=100") == {"input_tokens": 100, "per": 60}
    assert numbers("mixed_weather") == {"seed": 1, "scale": 1}
    assert numbers("mixed_weather;requests=5;scale=60") == {"seed": 1, "scale": 60, "requests": 5, "per": 60}


def test_a_sequence_keeps_all_that_its_segments_say():
    found = scenario.parse(f"overloaded_error;times=2;model={MODEL}, slow;seconds=0.5;id=a", ENTRIES)

    assert found.segments == (Segment("overloaded_error", 2, MODEL), Segment("slow", numbers={"seconds": 0.5}))
    assert found.name == "overloaded_error"


def test_a_bucket_empties_by_requests_and_fills_by_time():
    now = 100.0
    bucket = Bucket(10, 5, lambda: now)
    for _ in range(10):
        assert bucket.missing(1) == 0
        bucket.take(1)

    assert bucket.missing(1) == pytest.approx(0.5)
    assert bucket.full_in() == pytest.approx(5)
    now += 0.75
    assert (bucket.missing(1), bucket.missing(2)) == (0, pytest.approx(0.25))
    now += 60
    assert bucket.left() == 10


def test_a_refused_request_takes_nothing_from_any_bucket():
    limits = Limits({"requests": 5, "input_tokens": 1000, "per": 10}, clock=lambda: 0.0)

    assert limits.refuse(900) is None
    assert limits.refuse(300) == ("input_tokens", pytest.approx(2))
    assert limits.buckets["requests"].left() == 4
    assert limits.refuse(100) is None


def test_scale_shortens_the_time_of_a_bucket():
    assert Limits({"requests": 5, "per": 60}, 60).buckets["requests"].per == 1


def test_seconds_in_a_header_are_never_too_few():
    assert [seconds(value) for value in (1.0, 0.0001, 2.3456, 60.0)] == ["1", "0.001", "2.346", "60"]


def test_rate_limits_tell_in_headers_what_is_left(service: Service):
    chosen = fresh("rate_limits;requests=3;per=30")
    before = datetime.datetime.now(datetime.UTC)
    answers = [service.send("POST", "/v1/messages", body(), scenario=chosen) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["anthropic-ratelimit-requests-remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer.headers["anthropic-ratelimit-requests-limit"] for answer in answers} == {"3"}
    reset = datetime.datetime.fromisoformat(answers[2].headers["anthropic-ratelimit-requests-reset"])
    assert 25 < (reset - before).total_seconds() < 35
    assert 8 < float(answers[3].headers["retry-after"]) <= 10
    assert all("retry-after" not in answer.headers for answer in answers[:3])


def test_the_429_of_a_rate_limit_is_the_guides(service: Service):
    chosen = fresh("rate_limits;requests=1;per=60")
    assert statuses(service, chosen, 1) == [200]
    answer = service.send("POST", "/v1/messages", body(), scenario=chosen)
    logged = service.log(chosen)[-1]

    assert logged.slug in ("rate_limit_requests", "rate_limit_error")
    assert recognised(ENTRIES[logged.slug], answer.json()["error"]["message"])
    assert "requests per minute" in answer.json()["error"]["message"]
    assert MODEL in answer.json()["error"]["message"]


def test_after_retry_after_the_same_request_passes(service: Service):
    chosen = fresh("rate_limits;requests=2;per=0.4")
    with service.client(chosen, max_retries=1) as client:
        assert all(client.messages.create(**body()).content for _ in range(6))

    assert {logged.status for logged in service.log(chosen)} == {200, 429}


def test_input_tokens_have_a_bucket_of_their_own(service: Service):
    chosen = fresh("rate_limits;input_tokens=3000;per=60")
    long = body(messages=[{"role": "user", "content": "word " * 1600}])
    first, second = (service.send("POST", "/v1/messages", long, scenario=chosen) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 429)
    assert first.headers["anthropic-ratelimit-input-tokens-limit"] == "3000"
    assert first.headers["anthropic-ratelimit-input-tokens-remaining"] == "1000"
    assert "anthropic-ratelimit-requests-limit" not in first.headers
    assert service.log(chosen)[-1].slug == "rate_limit_input_tokens"


def test_rate_limits_of_messages_leave_other_requests_alone(service: Service):
    chosen = fresh("rate_limits;requests=1;per=60")
    for method, path in [("GET", "/v1/models"), ("POST", "/v1/messages/count_tokens"), ("GET", "/v1/models")]:
        answer = service.send(method, path, body(max_tokens=None) if method == "POST" else None, scenario=chosen)
        assert answer.status_code == 200
        assert "anthropic-ratelimit-requests-limit" not in answer.headers

    assert statuses(service, chosen, 2) == [200, 429]


def test_a_slow_answer_comes_late_and_whole(service: Service):
    chosen = fresh("slow;seconds=0.3;times=1")
    began = time.monotonic()
    assert statuses(service, chosen, 1) == [200]
    late = time.monotonic() - began
    assert statuses(service, chosen, 1) == [200]

    assert late >= 0.3
    assert [(logged.injected, logged.complete) for logged in service.log(chosen)] == [(True, True), (False, True)]


def test_a_client_that_does_not_wait_is_seen_to_leave(service: Service):
    chosen = fresh("slow;seconds=30;times=1")
    with service.client(chosen) as client, pytest.raises(anthropic.APITimeoutError):
        client.with_options(timeout=0.2).messages.create(**body(messages=[{"role": "user", "content": "job 7"}]))
    until = time.monotonic() + 5
    while not service.log(chosen) and time.monotonic() < until:
        time.sleep(0.02)

    assert [(logged.status, logged.complete, logged.job) for logged in service.log(chosen)] == [(499, False, 7)]
    assert statuses(service, chosen, 1) == [200]
