"""Every endpoint, as the real SDK reads it: with strict validation, an answer of another form than its types is an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anthropic
import pytest
from anthropic import Anthropic

from tests.mock.own_process import cpu_seconds, started
from tests.mock.service import MODEL, Service, body, fresh

TOOL = {
    "name": "weather",
    "input_schema": {
        "type": "object",
        "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
        "required": ["city", "days"],
    },
}
REQUESTS: dict[str, dict[str, Any]] = {
    "text": {},
    "system prompt": {"system": "Answer in Korean."},
    "thinking": {"thinking": {"type": "enabled", "budget_tokens": 1024}, "max_tokens": 2000},
    "adaptive thinking": {"thinking": {"type": "adaptive"}},
    "tool": {"tools": [TOOL]},
    "thinking and tool": {"thinking": {"type": "adaptive"}, "tools": [TOOL]},
}
ROWS: Any = [{"custom_id": "good", "params": body()}, {"custom_id": "bad", "params": body(model="claude-nothing")}]


@pytest.fixture
def client(service: Service) -> Iterator[Anthropic]:
    with service.client(fresh()) as client:
        yield client


def without_ids(value: Any) -> Any:
    """Return an answer without what is new in each of them."""
    if isinstance(value, dict):
        return {key: without_ids(item) for key, item in value.items() if key != "id"}
    return [without_ids(item) for item in value] if isinstance(value, list) else value


def test_the_first_answer_takes_few_seconds_of_the_processor(root: Path, tmp_path: Path):
    with started(root, tmp_path) as (address, pid):
        with Anthropic(api_key="k", base_url=address, max_retries=0) as client:
            client.messages.create(**body())
        seconds = cpu_seconds(pid)

    assert seconds < 4  # about 2 on a busy machine, most of it the imports of the SDK and the entries


@pytest.mark.parametrize("extra", REQUESTS.values(), ids=REQUESTS)
def test_a_stream_carries_the_message_of_the_plain_answer(client: Anthropic, extra: dict[str, Any]):
    plain = client.messages.create(**body(**extra))
    with client.messages.stream(**body(**extra)) as stream:
        whole = stream.get_final_message()

    assert plain.content
    assert plain.model == MODEL
    assert without_ids(whole.to_dict()) == without_ids(plain.to_dict())


@pytest.mark.parametrize("extra", REQUESTS.values(), ids=REQUESTS)
def test_every_event_of_a_stream_has_the_documented_form(client: Anthropic, extra: dict[str, Any]):
    with client.messages.create(**body(**extra), stream=True) as stream:
        names = [event.type for event in stream]

    blocks = names[1:-2]
    assert (names[0], names[-2], names[-1]) == ("message_start", "message_delta", "message_stop")
    assert blocks.count("content_block_start") == blocks.count("content_block_stop") >= 1
    assert set(blocks) == {"content_block_start", "content_block_delta", "content_block_stop"}


def test_a_stream_is_sent_as_server_sent_events_with_a_ping(service: Service):
    answer = service.send("POST", "/v1/messages", body(stream=True), scenario=fresh())

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["request-id"].startswith("req_01")
    assert "event: ping\n" in answer.text


def test_a_tool_gets_a_call_and_its_result_an_answer(client: Anthropic):
    asked: Any = [{"role": "user", "content": "Will it rain?"}]
    first = client.messages.create(**body(messages=asked, tools=[TOOL]))
    call = first.content[-1]
    assert call.type == "tool_use"
    assert call.input == {"city": "Seoul", "days": 1}

    result = {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": "No."}]}
    second = client.messages.create(
        **body(messages=[*asked, {"role": "assistant", "content": [block.to_dict() for block in first.content]}, result], tools=[TOOL])
    )

    assert [block.type for block in second.content] == ["text"]
    assert second.stop_reason == "end_turn"


def test_thinking_comes_first_and_can_be_sent_back(client: Anthropic):
    asked: Any = [{"role": "user", "content": "Think."}]
    answer = client.messages.create(**body(messages=asked, thinking={"type": "adaptive"}))
    assert [block.type for block in answer.content] == ["thinking", "text"]

    history = [*asked, {"role": "assistant", "content": [block.to_dict() for block in answer.content]}, {"role": "user", "content": "On."}]
    assert client.messages.create(**body(messages=history)).content


def test_tokens_are_counted(client: Anthropic):
    def count(text: str) -> int:
        return client.messages.count_tokens(model=MODEL, messages=[{"role": "user", "content": text}]).input_tokens

    assert 0 < count("short") < count("much longer than the other text")
    assert count("서울의 날씨") >= len("서울의 날씨") - 1


def test_an_empty_batch_list_is_a_page(client: Anthropic):
    page = client.messages.batches.list()

    assert (page.data, page.has_more, page.first_id) == ([], False, None)


def test_a_batch_ends_when_it_is_first_looked_at(client: Anthropic):
    created = client.messages.batches.create(requests=ROWS)
    assert created.processing_status == "in_progress"
    assert (created.request_counts.processing, created.results_url) == (2, None)
    assert [batch.id for batch in client.messages.batches.list()] == [created.id]

    seen = client.messages.batches.retrieve(created.id)
    assert seen.processing_status == "ended"
    counts = seen.request_counts
    assert (counts.processing, counts.succeeded, counts.errored) == (0, 1, 1)


def test_a_batch_has_a_result_for_each_row(client: Anthropic):
    created = client.messages.batches.create(requests=ROWS)
    client.messages.batches.retrieve(created.id)
    good, bad = client.messages.batches.results(created.id)

    assert good.custom_id == "good"
    assert good.result.type == "succeeded"
    assert good.result.message.content
    assert bad.custom_id == "bad"
    assert bad.result.type == "errored"
    assert bad.result.error.error.type == "not_found_error"


def test_results_are_not_there_before_the_end(service: Service):
    scenario = fresh()
    with service.client(scenario) as client:
        created = client.messages.batches.create(requests=ROWS)
    early = service.send("GET", f"/v1/messages/batches/{created.id}/results", scenario=scenario)

    assert early.status_code == 404
    assert early.json()["error"]["message"] == f"Message Batch {created.id} has no available results."


def test_a_batch_is_deleted_only_after_its_end(client: Anthropic):
    created = client.messages.batches.create(requests=ROWS)
    with pytest.raises(anthropic.BadRequestError, match="In progress batches cannot be deleted"):
        client.messages.batches.delete(created.id)
    client.messages.batches.retrieve(created.id)

    assert client.messages.batches.delete(created.id).id == created.id
    with pytest.raises(anthropic.NotFoundError, match=f"Message Batch {created.id} not found"):
        client.messages.batches.retrieve(created.id)


def test_a_cancelled_batch_ends_with_cancelled_rows(client: Anthropic):
    created = client.messages.batches.create(requests=ROWS)
    canceling = client.messages.batches.cancel(created.id)
    assert canceling.processing_status == "canceling"
    assert canceling.cancel_initiated_at is not None

    ended = client.messages.batches.retrieve(created.id)
    assert (ended.processing_status, ended.request_counts.canceled) == ("ended", 2)
    assert {row.result.type for row in client.messages.batches.results(created.id)} == {"canceled"}


def test_a_batch_that_has_ended_does_not_go_back(client: Anthropic):
    created = client.messages.batches.create(requests=ROWS)
    client.messages.batches.retrieve(created.id)
    with pytest.raises(anthropic.BadRequestError):
        client.messages.batches.cancel(created.id)

    assert client.messages.batches.retrieve(created.id).request_counts.succeeded == 1


def test_a_file_is_uploaded_listed_described_and_deleted(client: Anthropic):
    uploaded = client.files.upload(file=("notes.txt", b"hello", "text/plain"))
    assert (uploaded.filename, uploaded.mime_type, uploaded.size_bytes) == ("notes.txt", "text/plain", 5)
    assert uploaded.downloadable is False

    assert [file.id for file in client.files.list()] == [uploaded.id]
    assert client.files.retrieve_metadata(uploaded.id) == uploaded
    assert client.files.delete(uploaded.id).id == uploaded.id
    assert list(client.files.list()) == []
    with pytest.raises(anthropic.NotFoundError, match=f"File `{uploaded.id}` not found"):
        client.files.retrieve_metadata(uploaded.id)


def test_an_uploaded_file_is_on_disk_until_it_is_deleted(service: Service):
    scenario = fresh()
    with service.client(scenario) as client:
        uploaded = client.files.upload(file=("보고서.txt", "서울".encode(), "text/plain"))
        stored = service.world(scenario).files[uploaded.id].path
        assert stored.read_text(encoding="utf-8") == "서울"
        client.files.delete(uploaded.id)

    assert not stored.exists()


def test_only_a_file_that_a_tool_made_is_downloaded(service: Service):
    scenario = fresh()
    with service.client(scenario) as client:
        uploaded = client.files.upload(file=("plot.png", b"\x89PNG", "image/png"))
        with pytest.raises(anthropic.types.FileNotDownloadableError):
            client.files.download(uploaded.id)
        service.world(scenario).files[uploaded.id].metadata["downloadable"] = True

        assert client.files.download(uploaded.id).read() == b"\x89PNG"


def test_models_are_those_of_the_facts(service: Service, client: Anthropic):
    models = {model.id: model for model in client.models.list()}
    facts = service.api.known.facts.models.models

    assert models.keys() == facts.keys()
    assert all(model.max_input_tokens == facts[name].context_tokens for name, model in models.items())
    assert {name for name, model in models.items() if model.lifecycle == "deprecated"} == {
        name for name, known in facts.items() if known.status == "deprecated"
    }


def test_every_good_answer_carries_a_request_id(service: Service):
    scenario = fresh()
    with service.client(scenario) as client:
        batch = client.messages.batches.create(requests=ROWS)
        file = client.files.upload(file=("a.txt", b"a", "text/plain"))
        client.messages.batches.retrieve(batch.id)
        service.world(scenario).files[file.id].metadata["downloadable"] = True
    answers = [
        service.send("POST", "/v1/messages", body(), scenario=scenario),
        service.send("POST", "/v1/messages", body(stream=True), scenario=scenario),
        service.send("POST", "/v1/messages/count_tokens", body(max_tokens=None), scenario=scenario),
        service.send("GET", "/v1/messages/batches", scenario=scenario),
        service.send("GET", f"/v1/messages/batches/{batch.id}", scenario=scenario),
        service.send("GET", f"/v1/messages/batches/{batch.id}/results", scenario=scenario),
        service.send("GET", "/v1/files", scenario=scenario),
        service.send("GET", f"/v1/files/{file.id}", scenario=scenario),
        service.send("GET", f"/v1/files/{file.id}/content", scenario=scenario),
        service.send("GET", "/v1/models", scenario=scenario),
    ]

    assert [answer.status_code for answer in answers] == [200] * len(answers)
    identifiers = [answer.headers.get("request-id", "") for answer in answers]
    assert all(identifier.startswith("req_01") for identifier in identifiers)
    assert len(set(identifiers)) == len(answers)
