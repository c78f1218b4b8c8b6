"""Each rule refuses the request made for it, in the words of its guide, and lets the mended one pass."""

from __future__ import annotations

import base64
import dataclasses
import re
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from generator.schemas.entry import Entry
from mock_api import good, rules
from mock_api.answers import Failure
from mock_api.rules import Call, Rule
from mock_api.scenario import Scenario
from mock_api.world import StoredFile, World
from tests.mock.service import MODEL, OLD_MODEL, Service, body, fresh, recognised, says


def png(width: int, height: int) -> dict[str, Any]:
    """Return an image block that says it has these sides."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    raw = b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(data)) + name + data + bytes(4) for name, data in chunks)
    return {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": base64.b64encode(raw).decode()}}


def cached(count: int) -> list[dict[str, Any]]:
    return [{"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral"}}] * count


USER = {"role": "user", "content": "Will it rain?"}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {}}
ANSWER = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "No."}
ASSISTANT = {"role": "assistant", "content": [CALL]}
RESULT = {"role": "user", "content": [ANSWER]}
THOUGHT = {"type": "thinking", "thinking": good.THINKING, "signature": good.signature(good.THINKING)}
PREFILL = {"role": "assistant", "content": "It will"}
#: Places in the world of a case where its files are.
DOCUMENT = {"type": "document", "source": {"type": "file", "file_id": "file_document"}}
TABLE = {"type": "document", "source": {"type": "file", "file_id": "file_table"}}
MISSING = {"type": "document", "source": {"type": "file", "file_id": "file_missing"}}


def history(*messages: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return body(messages=list(messages), **changes)


def thinking(thought: dict[str, Any]) -> dict[str, Any]:
    return history(USER, {"role": "assistant", "content": [thought, {"type": "text", "text": "No."}]}, USER)


@dataclasses.dataclass(frozen=True)
class Case:
    """A request that one rule refuses and the same without the mistake."""

    rule: str
    slug: str
    """Guide that answers it, where there is one already."""
    broken: dict[str, Any]
    mended: dict[str, Any]
    message: str
    """How the answer is worded, as a regular expression."""
    status: int = 400
    type: str = "invalid_request_error"
    error_code: str | None = None


CASES: dict[str, Case] = {
    "field missing": Case("shape", "max_tokens_required", body(max_tokens=None), body(), r"max_tokens: Field required"),
    "unknown model": Case(
        "model_exists", "model_not_found", body(model="claude-4-sonnet"), body(), r"model: claude-4-sonnet", 404, "not_found_error"
    ),
    "retired model": Case(
        "model_exists",
        "model_not_found",
        body(model="claude-3-5-sonnet-20241022"),
        body(),
        r"model: claude-3-5-sonnet-20241022",
        404,
        "not_found_error",
    ),
    "model of another house": Case("model_exists", "", body(model="gpt-5"), body(), r"model: gpt-5", 404, "not_found_error"),
    "temperature": Case(
        "sampling_parameters", "api_version_2026_10_21", body(temperature=1.0), body(), r"temperature: Extra inputs are not permitted"
    ),
    "top_k": Case("sampling_parameters", "", body(top_k=5), body(), r"top_k: Extra inputs are not permitted"),
    "call without result": Case(
        "tool_results_follow",
        "tool_use_without_tool_result",
        history(USER, ASSISTANT, USER),
        history(USER, ASSISTANT, RESULT),
        r"messages\.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1\. Each `tool_use` block .*",
    ),
    "two calls, one result": Case(
        "tool_results_follow",
        "tool_use_without_tool_result",
        history(USER, {"role": "assistant", "content": [CALL, {**CALL, "id": "toolu_2"}]}, RESULT),
        history(
            USER,
            {"role": "assistant", "content": [CALL, {**CALL, "id": "toolu_2"}]},
            {"role": "user", "content": [ANSWER, {**ANSWER, "tool_use_id": "toolu_2"}]},
        ),
        r"messages\.1: .* immediately after: toolu_2\. .*",
    ),
    "result later": Case(
        "tool_results_follow",
        "tool_use_without_tool_result",
        history(USER, ASSISTANT, USER, RESULT),
        history(USER, ASSISTANT, RESULT, USER),
        r"messages\.1: .* immediately after: toolu_1\. .*",
    ),
    "call at the end": Case(
        "tool_results_follow",
        "tool_use_without_tool_result",
        history(USER, ASSISTANT, model=OLD_MODEL),
        history(USER, ASSISTANT, RESULT, model=OLD_MODEL),
        r"messages\.1: .* immediately after: toolu_1\. .*",
    ),
    "result without call": Case(
        "tool_results_follow",
        "tool_result_without_tool_use",
        history(USER, {"role": "assistant", "content": "No."}, {"role": "user", "content": [{"type": "text", "text": "Hi"}, ANSWER]}),
        history(USER, ASSISTANT, {"role": "user", "content": [ANSWER, {"type": "text", "text": "Hi"}]}),
        r"messages\.2\.content\.1: unexpected `tool_use_id` found in `tool_result` blocks: toolu_1\. Each `tool_result` block .*",
    ),
    "prefill": Case(
        "no_prefill",
        "prefill_not_supported",
        history(USER, PREFILL),
        history(USER),
        r"This model does not support assistant message prefill\. The conversation must end with a user message\.",
    ),
    "prefill and its model": Case(
        "no_prefill",
        "prefill_not_supported",
        history(USER, PREFILL, model="claude-sonnet-4-6"),
        history(USER, PREFILL, model=OLD_MODEL),
        r"This model does not support assistant message prefill\..*",
    ),
    "thinking changed": Case(
        "thinking_unchanged",
        "thinking_block_modified",
        thinking({**THOUGHT, "thinking": "Something else."}),
        thinking(THOUGHT),
        r"messages\.1\.content\.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified\. .*",
    ),
    "thinking changed in an earlier message": Case(
        "thinking_unchanged",
        "thinking_block_modified",
        thinking({**THOUGHT, "signature": "abc"}),
        history(
            USER, {"role": "assistant", "content": [{**THOUGHT, "signature": "abc"}]}, USER, {"role": "assistant", "content": "No."}, USER
        ),
        r"messages\.1\.content\.0: `thinking` .*",
    ),
    "five breakpoints": Case(
        "breakpoints",
        "cache_control_too_many_breakpoints",
        says(*cached(5)),
        says(*cached(4)),
        r"A maximum of 4 blocks with cache_control may be provided\. Found 5\.",
    ),
    "breakpoints everywhere": Case(
        "breakpoints",
        "cache_control_too_many_breakpoints",
        says(*cached(3), system=cached(2), tools=[{"name": "a", "input_schema": {"type": "object", "properties": {"cache_control": {}}}}]),
        says(*cached(3), system=cached(1), tools=[{"name": "a", "input_schema": {"type": "object", "properties": {"cache_control": {}}}}]),
        r"A maximum of 4 blocks with cache_control may be provided\. Found 5\.",
    ),
    "image too wide": Case(
        "image_sizes",
        "image_dimensions_too_large",
        says(png(8001, 10)),
        says(png(8000, 10)),
        r"messages\.0\.content\.0\.image\.source\.base64\.data: At least one of the image dimensions exceed max allowed size: 8000 pixels",
        error_code="image_dimensions_too_large",
    ),
    "many images": Case(
        "image_sizes",
        "image_dimensions_too_large",
        says(*[png(10, 10)] * 20, png(10, 2001)),
        says(*[png(10, 10)] * 19, png(10, 2001)),
        r"messages\.0\.content\.20\.image\.source\.base64\.data: .* for many-image requests: 2000 pixels",
        error_code="image_dimensions_too_large",
    ),
    "image that is no base64": Case(
        "image_sizes",
        "image_invalid_base64",
        says({"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "@@"}}),
        says(png(10, 10)),
        r"messages\.0\.content\.0\.image\.source\.base64: Invalid base64 data",
    ),
    "file that is no document": Case(
        "files_fit_blocks",
        "file_upload_error",
        says(TABLE),
        says(DOCUMENT),
        r"Unsupported document file format: text/csv\. Only PDF and plaintext documents are supported\.",
    ),
    "file that is not there": Case(
        "files_fit_blocks", "file_upload_error", says(MISSING), says(DOCUMENT), r"File `file_missing` not found\.", 404, "not_found_error"
    ),
    "prompt too long": Case(
        "prompt_fits",
        "prompt_too_long",
        body(model=OLD_MODEL, messages=[{"role": "user", "content": "서" * 200_001}]),
        body(model=OLD_MODEL, messages=[{"role": "user", "content": "서" * 199_900}]),
        r"prompt is too long: 2000\d\d tokens > 200000 maximum",
    ),
}
#: Where what is refused is not decided by MESSAGE_RULES.
BATCHES: dict[str, Case] = {
    "empty batch": Case(
        "batch",
        "batch_error",
        {"requests": []},
        {"requests": [{"custom_id": "a", "params": body()}]},
        r"requests: List should have at least 1 item after validation, not 0",
    ),
    "id with a space": Case(
        "batch",
        "batch_custom_id_invalid",
        {"requests": [{"custom_id": "a", "params": body()}, {"custom_id": "보고서 1", "params": body()}]},
        {"requests": [{"custom_id": "a", "params": body()}, {"custom_id": "report-1_B", "params": body()}]},
        r"requests\.1\.custom_id: String should match pattern '\^\[a-zA-Z0-9_-\]\{1,64\}\$'",
    ),
    "id with a line break": Case(
        "batch",
        "batch_custom_id_invalid",
        {"requests": [{"custom_id": "a\n", "params": body()}]},
        {"requests": [{"custom_id": "a", "params": body()}]},
        r"requests\.0\.custom_id: String should match pattern .*",
    ),
    "id too long": Case(
        "batch",
        "batch_custom_id_invalid",
        {"requests": [{"custom_id": "a" * 65, "params": body()}]},
        {"requests": [{"custom_id": "a" * 64, "params": body()}]},
        r"requests\.0\.custom_id: String should match pattern .*",
    ),
    "same id twice": Case(
        "batch",
        "batch_custom_id_invalid",
        {"requests": [{"custom_id": "a", "params": body()}, {"custom_id": "a", "params": body()}]},
        {"requests": [{"custom_id": "a", "params": body()}, {"custom_id": "A", "params": body()}]},
        r"requests: custom_id's must be unique within a batch\. Duplicate custom_id found: a",
    ),
}


def world_with_files(world: World) -> World:
    for identifier, mime in (("file_document", "application/pdf"), ("file_table", "text/csv")):
        world.files[identifier] = StoredFile({"id": identifier, "mime_type": mime, "downloadable": False}, world.folder() / identifier)
    return world


@pytest.fixture
def call(service: Service) -> Callable[[dict[str, Any]], Call]:
    world = World(Scenario(""))
    world.files = world_with_files(service.api.worlds.get(Scenario(fresh()))).files
    return lambda request: Call(request, {"anthropic-version": service.current_version}, world)


def assert_answers(service: Service, case: Case, found: tuple[int, str, str | None, str], slug: str | None) -> None:
    status, type_, error_code, message = found
    assert (status, type_, error_code) == (case.status, case.type, case.error_code)
    assert re.fullmatch(case.message, message)
    entry = service.entries.get(case.slug)
    if entry is not None:
        assert slug == case.slug
        assert recognised(entry, message)
        assert (status, type_, error_code) in {(item.status, item.type, item.error_code) for item in entry.identities}


def test_every_rule_has_a_case():
    assert {case.rule for case in CASES.values()} == {rule.name for rule in rules.MESSAGE_RULES}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_rule_refuses_its_request(service: Service, case: Case):
    scenario = fresh()
    service.send("GET", "/v1/models", scenario=scenario)
    world_with_files(service.world(scenario))
    answer = service.send("POST", "/v1/messages", case.broken, scenario=scenario)
    error = answer.json()["error"]
    logged = service.log(scenario)[-1]

    found = answer.status_code, error["type"], error.get("details", {}).get("error_code"), error["message"]
    assert_answers(service, case, found, logged.slug)
    assert (logged.status, logged.message, logged.injected) == (case.status, error["message"], False)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_mended_request_passes(service: Service, case: Case):
    scenario = fresh()
    service.send("GET", "/v1/models", scenario=scenario)
    world_with_files(service.world(scenario))
    answer = service.send("POST", "/v1/messages", case.mended, scenario=scenario)

    assert answer.status_code == 200, answer.text
    assert service.log(scenario)[-1].slug is None


#: Without the other two a request may be such that the rest cannot be asked.
ALONE = {name: case for name, case in CASES.items() if case.rule not in ("shape", "model_exists")}


@pytest.mark.parametrize("case", ALONE.values(), ids=ALONE)
def test_no_other_rule_refuses_the_request(
    service: Service, call: Callable[[dict[str, Any]], Call], case: Case, monkeypatch: pytest.MonkeyPatch
):
    left = tuple(Rule(rule.name, lambda call, known: None) if rule.name == case.rule else rule for rule in rules.MESSAGE_RULES)
    monkeypatch.setattr(rules, "MESSAGE_RULES", left)

    assert rules.first_failure(call(case.broken), service.api.known) is None


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_row_of_a_batch_obeys_the_same_rules(service: Service, call: Callable[[dict[str, Any]], Call], case: Case):
    failure = rules.row_failure(call(case.broken), service.api.known)

    assert failure is not None
    assert re.fullmatch(case.message, failure.message)
    assert rules.row_failure(call(case.mended), service.api.known) is None


@pytest.mark.parametrize("case", BATCHES.values(), ids=BATCHES)
def test_a_batch_is_refused_when_it_is_created(service: Service, case: Case):
    scenario = fresh()
    answer = service.send("POST", "/v1/messages/batches", case.broken, scenario=scenario)
    error = answer.json()["error"]

    assert_answers(service, case, (answer.status_code, error["type"], None, error["message"]), service.log(scenario)[-1].slug)
    assert service.send("POST", "/v1/messages/batches", case.mended, scenario=scenario).status_code == 200


def test_a_batch_has_as_many_requests_as_the_facts_say(service: Service):
    most = service.api.known.number("limits.batch.max_requests")
    rows = [{"custom_id": str(number), "params": {}} for number in range(most + 1)]
    failure = rules.batch_failure({"requests": rows}, service.api.known)

    assert failure is not None
    assert failure.message == f"requests: List should have at most {most} items after validation, not {most + 1}"
    assert rules.batch_failure({"requests": rows[:-1]}, service.api.known) is None


@pytest.mark.parametrize("key", ["", "invalid-key", "my-Wrong-key", "sk-revoked"])
def test_a_missing_or_wrong_key_is_refused(service: Service, key: str):
    scenario = fresh()
    answer = service.send("POST", "/v1/messages", body(), scenario=scenario, headers={"x-api-key": key})
    error = answer.json()["error"]
    case = Case("key", "invalid_api_key", {}, {}, r".*invalid.*|.*API key.*", 401, "authentication_error")

    assert_answers(service, case, (answer.status_code, error["type"], None, error["message"]), service.log(scenario)[-1].slug)


@pytest.mark.parametrize("headers", [{"x-api-key": "any"}, {"x-api-key": "", "authorization": "Bearer any"}])
def test_any_other_key_is_taken_from_either_header(service: Service, headers: dict[str, str]):
    assert service.send("POST", "/v1/messages", body(), headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("path", "limit", "slug"),
    [
        ("/v1/messages", "limits.request.messages_max_size", "request_too_large"),
        ("/v1/messages/count_tokens", "limits.request.token_counting_max_size", "request_too_large"),
        ("/v1/messages/batches", "limits.batch.max_size", "batch_too_large"),
        ("/v1/files", "limits.files.max_size", "file_too_large"),
    ],
)
def test_a_body_over_the_limit_is_refused_by_the_edge(service: Service, path: str, limit: str, slug: str):
    known = service.api.known
    failure = rules.size_failure(path, known.number(limit) + 1, known)
    case = Case("size", slug, {}, {}, r"Request exceeds the maximum size", 413, "request_too_large")

    assert failure is not None
    assert failure.edge
    assert rules.size_failure(path, known.number(limit), known) is None
    entry: Entry | None = service.entries.get(slug)
    assert_answers(service, case, (failure.status, failure.type, failure.error_code, failure.message), failure.slug if entry else None)


def test_the_shape_comes_before_the_rules(service: Service, call: Callable[[dict[str, Any]], Call]):
    both = {**CASES["prefill"].broken, "model": "claude-nothing", "max_token": 5}
    failure: Failure | None = rules.first_failure(call(both), service.api.known)

    assert failure is not None
    assert failure.message == "max_token: Extra inputs are not permitted"


@pytest.mark.parametrize(
    ("model", "version"),
    [
        ("claude-opus-4-5-20251101", (4, 5)),
        ("claude-sonnet-4-6", (4, 6)),
        ("claude-sonnet-5", (5, 0)),
        ("claude-sonnet-5-5", (5, 5)),
        ("claude-haiku-4-5-20251001", (4, 5)),
        ("claude-mythos-preview", (99, 0)),
    ],
)
def test_the_version_of_a_model_is_read_from_its_name(model: str, version: tuple[int, int]):
    assert rules._version(model) == version


def test_the_models_of_these_tests_are_known(service: Service):
    assert {MODEL, OLD_MODEL} <= service.api.known.facts.models.models.keys()
