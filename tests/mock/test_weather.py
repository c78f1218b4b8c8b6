"""Scenarios: what goes wrong, how often, for whom, and what the SDK makes of it."""

from __future__ import annotations

from pathlib import Path

import anthropic
import httpx2
import pytest

from generator.content import project
from mock_api import scenario
from mock_api.scenario import ScenarioError
from tests.mock.service import Service, body, fresh, recognised

#: Known before a test runs, so that each has a name of its own.
ENTRIES = {slug: found.entry for slug, found in project.load(Path(__file__).parents[2]).catalogue.by_slug.items()}
ANSWERS = [
    name for name in scenario.known(ENTRIES) if name not in scenario.CONNECTION | scenario.DECLINED | scenario.FOREIGN | scenario.CLIMATES
]


@pytest.mark.parametrize("name", ANSWERS)
def test_a_scenario_answers_as_its_guide_says(service: Service, name: str):
    chosen = fresh(name)
    answer = service.send("POST", "/v1/messages", body(), scenario=chosen)
    error = answer.json()["error"]
    entry = ENTRIES[name]

    found = answer.status_code, error["type"], error.get("details", {}).get("error_code")
    assert found in {(item.status, item.type, item.error_code) for item in entry.identities}
    assert recognised(entry, error["message"])
    assert "<" not in error["message"]
    assert (service.log(chosen)[-1].slug, service.log(chosen)[-1].injected) == (name, True)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_sdk_raises_the_class_that_the_guide_names_first(service: Service, name: str):
    with service.client(fresh(name)) as client, pytest.raises(anthropic.APIStatusError) as raised:
        client.messages.create(**body())

    assert type(raised.value).__name__ == ENTRIES[name].exceptions.python[0]
    assert raised.value.request_id == raised.value.response.headers["request-id"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/messages/count_tokens"), ("GET", "/v1/messages/batches"), ("POST", "/v1/files"), ("GET", "/v1/models"), ("GET", "/x")],
)
def test_weather_strikes_every_endpoint(service: Service, method: str, path: str):
    assert service.send(method, path, scenario=fresh("overloaded_error")).status_code == 529


def test_weather_holds_for_as_many_requests_as_it_says(service: Service):
    chosen = fresh("overloaded_error;times=2")
    answers = [service.send("POST", "/v1/messages", body(), scenario=chosen).status_code for _ in range(4)]

    assert answers == [529, 529, 200, 200]
    assert [logged.injected for logged in service.log(chosen)] == [True, True, False, False]


def test_weather_without_a_number_never_ends(service: Service):
    chosen = fresh("overloaded_error")

    assert {service.send("POST", "/v1/messages", body(), scenario=chosen).status_code for _ in range(12)} == {529}


def test_zero_times_is_sunny(service: Service):
    assert service.send("POST", "/v1/messages", body(), scenario=fresh("overloaded_error;times=0")).status_code == 200


def test_the_sdk_retries_through_bad_weather(service: Service):
    chosen = fresh("overloaded_error;times=2;retry_after=0.01")
    with service.client(chosen, max_retries=2) as client:
        message = client.messages.create(**body())

    assert message.content
    assert [logged.status for logged in service.log(chosen)] == [529, 529, 200]


def test_retry_after_is_sent_as_written(service: Service):
    with_header = service.send("POST", "/v1/messages", body(), scenario=fresh("rate_limit_error;retry_after=1.5"))
    without = service.send("POST", "/v1/messages", body(), scenario=fresh("rate_limit_error"))

    assert with_header.headers["retry-after"] == "1.5"
    assert "retry-after" not in without.headers


def test_a_key_that_is_wrong_comes_before_the_weather(service: Service):
    chosen = fresh("overloaded_error;times=1")

    assert service.send("POST", "/v1/messages", body(), scenario=chosen, headers={"x-api-key": "wrong"}).status_code == 401
    assert service.send("POST", "/v1/messages", body(), scenario=chosen).status_code == 529


def test_an_id_keeps_clients_apart(service: Service):
    mine, yours = fresh("overloaded_error;times=1"), fresh("overloaded_error;times=1")

    assert [service.send("POST", "/v1/messages", body(), scenario=mine).status_code for _ in range(2)] == [529, 200]
    assert [service.send("POST", "/v1/messages", body(), scenario=yours).status_code for _ in range(2)] == [529, 200]
    assert len(service.log(mine)) == len(service.log(yours)) == 2


def test_an_id_keeps_files_and_batches_apart(service: Service):
    with service.client(fresh()) as mine, service.client(fresh()) as yours:
        file = mine.files.upload(file=("a.txt", b"a", "text/plain"))
        batch = mine.messages.batches.create(requests=[{"custom_id": "a", "params": body()}])  # type: ignore[typeddict-item]

        assert list(yours.files.list()) == []
        assert list(yours.messages.batches.list()) == []
        with pytest.raises(anthropic.NotFoundError):
            yours.files.retrieve_metadata(file.id)
        with pytest.raises(anthropic.NotFoundError):
            yours.messages.batches.retrieve(batch.id)


def test_the_default_scenario_holds_where_the_address_has_none(root: Path):
    from mock_api.app import MockApi
    from mock_api.server import running

    with running(MockApi(project.load(root), "overloaded_error;times=1")) as address:
        answers = [httpx2.post(f"{address}/v1/messages", json=body(), headers={"x-api-key": "k"}).status_code for _ in range(2)]
        sunny = httpx2.post(f"{address}/scenario/id=a/v1/messages", json=body(), headers={"x-api-key": "k"})

    assert answers == [529, 200]
    assert sunny.status_code == 200


def test_a_wrong_default_scenario_shows_at_the_start(root: Path):
    from mock_api.app import MockApi

    with pytest.raises(ScenarioError, match="`nothing` is no scenario"):
        MockApi(project.load(root), "nothing")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nothing", "`nothing` is no scenario; `claude-errors mock --list` names all of them"),
        ("overloaded", "`overloaded` is no scenario; did you mean `overloaded_error`? Else `claude-errors mock --list` names all of them"),
        ("overloaded_error;time=2", "`time=2` is not known; write times=2, retry_after=1, model=<id> or id=anything"),
        ("overloaded_error;soon", "`soon` is not known; write times=2, retry_after=1, model=<id> or id=anything"),
        ("overloaded_error;times=two", "`times=two` is not a number"),
        ("overloaded_error;times=", "`times=` is not a number"),
        ("overloaded_error;times=-1", "`times=-1` is not a number"),
        ("overloaded_error;times=²", "`times=²` is not a number"),
        ("overloaded_error;times=" + "9" * 5000, "`times=" + "9" * 5000 + "` is not a number"),
        ("overloaded_error;retry_after=soon", "`retry_after=soon` is not a number of seconds"),
        ("overloaded_error;retry_after=일", "`retry_after=일` is not a number of seconds"),
        ("overloaded_error;retry_after=1 x-injected: 1", "`retry_after=1 x-injected: 1` is not a number of seconds"),
    ],
)
def test_what_is_no_scenario_is_explained(service: Service, text: str, why: str):
    address = httpx2.URL(service.address).copy_with(raw_path=f"/scenario/{quote(text)}/v1/messages".encode())
    answer = httpx2.post(address, json=body(), headers={"x-api-key": "k"})

    assert (answer.status_code, answer.json()["error"]) == (404, {"type": "not_found_error", "message": why})
    with pytest.raises(ScenarioError) as raised:
        scenario.parse(text, ENTRIES)
    assert str(raised.value) == why


def quote(text: str) -> str:
    from urllib.parse import quote as quoted

    return quoted(text, safe=";=")


def test_the_list_names_every_scenario_with_one_line():
    names = scenario.known(ENTRIES)

    assert list(names) == sorted(names)
    assert names.keys() >= scenario.CONNECTION.keys()
    assert all(line and "\n" not in line for line in names.values())


def test_every_scenario_in_the_list_can_be_used():
    assert [scenario.parse(name, ENTRIES).name for name in scenario.known(ENTRIES)] == list(scenario.known(ENTRIES))


@pytest.mark.parametrize(("slug", "entry"), ENTRIES.items(), ids=ENTRIES)
def test_the_weather_of_every_guide_is_a_scenario(slug: str, entry):
    for weather in entry.snippets.weather.values():
        assert scenario.parse(weather, ENTRIES).name in scenario.known(ENTRIES)


def test_connection_error_closes_the_connection_without_an_answer(service: Service):
    chosen = fresh("connection_error;times=1")
    with pytest.raises(httpx2.TransportError):
        service.send("POST", "/v1/messages", body(), scenario=chosen)

    assert service.send("POST", "/v1/messages", body(), scenario=chosen).status_code == 200
    assert [(logged.status, logged.slug, logged.injected) for logged in service.log(chosen)] == [
        (0, "connection_error", True),
        (200, None, False),
    ]


def test_the_sdk_tells_a_closed_connection_as_a_connection_error(service: Service):
    with service.client(fresh("connection_error")) as client, pytest.raises(anthropic.APIConnectionError):
        client.messages.create(**body())


def test_a_cut_stream_has_some_of_its_events_and_no_end(service: Service):
    chosen = fresh("stream_interrupted;times=1")
    seen = []
    with (
        service.client(chosen) as client,
        pytest.raises(httpx2.TransportError),
        client.messages.create(**body(), stream=True) as stream,
    ):
        seen += [event.type for event in stream]
    seen_first = list(seen)
    with service.client(chosen) as client, client.messages.create(**body(), stream=True) as stream:
        whole = [event.type for event in stream]

    assert whole[-1] == "message_stop"
    assert "message_stop" not in seen_first
    assert [(logged.status, logged.slug, logged.injected) for logged in service.log(chosen)] == [
        (200, "stream_interrupted", True),
        (200, None, False),
    ]


def test_an_overload_inside_a_stream_is_an_error_event_after_some_text(service: Service):
    chosen = fresh("overloaded_in_stream;times=1")
    answer = service.send("POST", "/v1/messages", body(stream=True), scenario=chosen)
    events = [block.split("\n", 1)[0] for block in answer.text.strip().split("\n\n")]

    assert answer.status_code == 200
    assert events[-1] == "event: error"
    assert "event: content_block_delta" in events
    assert "event: message_stop" not in events
    assert '"error": {"details": null, "type": "overloaded_error", "message": "Overloaded"}' in answer.text


def test_the_sdk_raises_its_base_class_for_an_error_inside_a_stream(service: Service):
    with (
        service.client(fresh("overloaded_in_stream")) as client,
        pytest.raises(anthropic.APIStatusError) as raised,
        client.messages.stream(**body()) as stream,
    ):
        stream.get_final_message()

    assert type(raised.value) is anthropic.APIStatusError
    assert (raised.value.status_code, raised.value.type) == (200, "overloaded_error")


def test_any_error_inside_a_stream_comes_with_its_type_and_the_status_200(service: Service):
    chosen = fresh("stream_error;times=1")
    with (
        service.client(chosen) as client,
        pytest.raises(anthropic.APIStatusError) as raised,
        client.messages.stream(**body()) as stream,
    ):
        stream.get_final_message()

    assert type(raised.value) is anthropic.APIStatusError
    assert (raised.value.status_code, raised.value.type, raised.value.api_message) == (200, "api_error", "Internal server error")
    assert [(logged.status, logged.slug, logged.injected) for logged in service.log(chosen)] == [(200, "stream_error", True)]


@pytest.mark.parametrize("name", scenario.FOREIGN)
def test_an_answer_of_somebody_else_is_text_without_type_and_request_id(service: Service, name: str):
    chosen = fresh(f"{name};times=1")
    with service.client(chosen) as client, pytest.raises(anthropic.APIStatusError) as raised:
        client.messages.create(**body())

    entry, error = ENTRIES[name], raised.value
    assert type(error).__name__ == entry.exceptions.python[0]
    assert (error.status_code, error.type, error.request_id) == (entry.main.status, None, None)
    assert error.response.headers["content-type"].startswith("text/plain")
    assert recognised(entry, error.response.text)
    assert service.send("POST", "/v1/messages", body(), scenario=chosen).status_code == 200
    assert [(logged.slug, logged.injected) for logged in service.log(chosen)] == [(name, True), (None, False)]


def test_an_agent_can_be_read_again_and_changed_after_a_conflict(service: Service):
    chosen = fresh("conflict_error;times=1")
    with service.client(chosen) as client:
        with pytest.raises(anthropic.ConflictError):
            client.beta.agents.update("agent_01", version=3, system="Be brief.")
        current = client.beta.agents.retrieve("agent_01")
        changed = client.beta.agents.update("agent_01", version=current.version, system="Be brief.")

    assert (changed.id, changed.system, changed.version) == ("agent_01", "Be brief.", current.version + 1)
    assert current.system != changed.system


@pytest.mark.parametrize("name", sorted(scenario.CONNECTION.keys() - {"connection_error"}))
def test_weather_of_streams_leaves_other_requests_alone(service: Service, name: str):
    chosen = fresh(f"{name};times=1")

    assert service.send("POST", "/v1/messages", body(), scenario=chosen).status_code == 200
    assert service.send("GET", "/v1/models", scenario=chosen).status_code == 200
    assert service.world(chosen).struck == 0


def test_a_forgotten_world_starts_anew(service: Service, monkeypatch: pytest.MonkeyPatch):
    from mock_api import world

    chosen = fresh()
    with service.client(chosen) as client:
        file = client.files.upload(file=("a.txt", b"a", "text/plain"))
    path = service.world(chosen).files[file.id].path
    service.world(chosen).used -= world.IDLE_SECONDS + 1
    service.send("GET", "/v1/models", scenario=fresh())

    assert not path.exists()
    assert service.send("GET", "/v1/files", scenario=chosen).json()["data"] == []
