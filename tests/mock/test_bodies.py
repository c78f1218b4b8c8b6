"""The form of an error answer is the documented one, and what the documentation shows comes out word for word."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.mock.service import KEY, Service, body, fresh, says

#: Requests that are refused for different reasons in different parts of the mock: (method, path, body, headers).
REFUSED: dict[str, tuple[str, str, Any, dict[str, str]]] = {
    "shape": ("POST", "/v1/messages", {}, {}),
    "rule": ("POST", "/v1/messages", body(model="claude-nothing"), {}),
    "key": ("POST", "/v1/messages", body(), {"x-api-key": "wrong"}),
    "path": ("GET", "/v1/nothing", None, {}),
    "batch": ("POST", "/v1/messages/batches", {"requests": []}, {}),
    "batch id": ("GET", "/v1/messages/batches/msgbatch_1", None, {}),
    "file id": ("GET", "/v1/files/file_1", None, {}),
    "upload": ("POST", "/v1/files", {}, {}),
    "weather": ("POST", "/v1/messages", body(), {}),
    "error_code": ("GET", "/v1/files/file_upload/content", None, {}),
}


@pytest.mark.parametrize(("method", "path", "request_body", "headers"), REFUSED.values(), ids=REFUSED)
def test_an_error_has_the_documented_form(service: Service, method: str, path: str, request_body: Any, headers: dict[str, str]):
    weather = "api_error" if (request_body, headers) == (body(), {}) and "api_error" in service.entries else ""
    answer = service.send(method, path, request_body, scenario=fresh(weather), headers=headers)
    told = answer.json()

    assert answer.status_code >= 400
    assert answer.headers["content-type"] == "application/json"
    assert list(told) == ["type", "error", "request_id"]
    assert told["type"] == "error"
    assert {"type", "message"} <= told["error"].keys() <= {"type", "message", "details"}
    assert told["request_id"] == answer.headers["request-id"]
    assert re.fullmatch(r"req_01[0-9A-Za-z]{22}", told["request_id"])


def test_details_stand_there_only_with_an_error_code(service: Service):
    scenario = fresh()
    with service.client(scenario) as client:
        file = client.files.upload(file=("a.txt", b"a", "text/plain"))
    with_code = service.send("GET", f"/v1/files/{file.id}/content", scenario=scenario).json()["error"]
    without = service.send("GET", "/v1/files/file_1", scenario=scenario).json()["error"]

    assert with_code["details"] == {"error_code": "file_not_downloadable"}
    assert "details" not in without


def test_the_edge_knows_no_type_and_no_request_id(service: Service):
    scenario = fresh()
    too_much = b" " * (service.api.known.number("limits.request.messages_max_size") + 1)
    answer = service.send("POST", "/v1/messages", content=too_much, scenario=scenario)

    assert answer.status_code == 413
    assert answer.json() == {"error": {"type": "request_too_large", "message": "Request exceeds the maximum size"}}
    assert "request-id" not in answer.headers
    assert "request_too_large" not in service.entries or service.log(scenario)[-1].slug == "request_too_large"


def test_a_body_of_exactly_the_limit_is_read(service: Service):
    most = service.api.known.number("limits.request.messages_max_size")

    assert service.send("POST", "/v1/messages", content=b" " * most).json()["error"]["message"].startswith("The request body is not valid")


def test_batch_rows_carry_the_same_form(service: Service):
    scenario = fresh()
    created = service.send("POST", "/v1/messages/batches", {"requests": [{"custom_id": "a", "params": {}}]}, scenario=scenario).json()
    service.send("GET", f"/v1/messages/batches/{created['id']}", scenario=scenario)
    row = service.send("GET", f"/v1/messages/batches/{created['id']}/results", scenario=scenario).json()

    assert row["custom_id"] == "a"
    assert row["result"]["type"] == "errored"
    assert list(row["result"]["error"]) == ["type", "error", "request_id"]


#: Texts of the official documentation (API errors page, Files page, streaming page; read 2026-08-22 to 2026-10-10).
OFFICIAL: dict[str, tuple[str, str, Any, int, str, str]] = {
    "unknown address": ("GET", "/v1/nothing", None, 404, "not_found_error", "The requested resource could not be found."),
    "file not there": (
        "POST",
        "/v1/messages",
        says({"type": "document", "source": {"type": "file", "file_id": "file_011CNha8iCJcU1wXNR6q4V8w"}}),
        404,
        "not_found_error",
        "File `file_011CNha8iCJcU1wXNR6q4V8w` not found.",
    ),
    "prefill": (
        "POST",
        "/v1/messages",
        body(messages=[{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "{"}]),
        400,
        "invalid_request_error",
        "This model does not support assistant message prefill. The conversation must end with a user message.",
    ),
    "tool result": (
        "POST",
        "/v1/messages",
        body(
            messages=[
                {"role": "user", "content": "Hi"},
                {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_01PjgRJLbXrXEMZwDNYLnBqk", "name": "a", "input": {}}]},
                {"role": "user", "content": "Go on"},
            ]
        ),
        400,
        "invalid_request_error",
        "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_01PjgRJLbXrXEMZwDNYLnBqk. "
        "Each `tool_use` block must have a corresponding `tool_result` block in the next message.",
    ),
    "breakpoints": (
        "POST",
        "/v1/messages",
        says(*[{"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral"}}] * 5),
        400,
        "invalid_request_error",
        "A maximum of 4 blocks with cache_control may be provided. Found 5.",
    ),
}


@pytest.mark.parametrize(("method", "path", "request_body", "status", "type_", "message"), OFFICIAL.values(), ids=OFFICIAL)
def test_an_official_text_comes_out_word_for_word(
    service: Service, method: str, path: str, request_body: Any, status: int, type_: str, message: str
):
    answer = service.send(method, path, request_body, scenario=fresh())

    assert (answer.status_code, answer.json()["error"]) == (status, {"type": type_, "message": message})


def test_the_key_of_these_tests_is_taken(service: Service):
    assert service.send("GET", "/v1/models", headers={"x-api-key": KEY}).status_code == 200
