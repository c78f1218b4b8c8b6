"""Bodies of the wrong shape, and the words that the API has for the first mistake."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mock.service import Service, body, fresh, says

#: Body and the exact message.
EXACT: dict[str, tuple[Any, str]] = {
    "nothing": ({}, "max_tokens: Field required"),
    "no max_tokens": (body(max_tokens=None), "max_tokens: Field required"),
    "no messages": (body(messages=None), "messages: Field required"),
    "no model": (body(model=None), "model: Field required"),
    "no list": ([body()], "Input should be a valid dictionary"),
    "max_tokens as text": (body(max_tokens="100"), "max_tokens: Input should be a valid integer"),
    "max_tokens as float": (body(max_tokens=1.0), "max_tokens: Input should be a valid integer"),
    "max_tokens as bool": (body(max_tokens=True), "max_tokens: Input should be a valid integer"),
    "max_tokens null": ({**body(), "max_tokens": None}, "max_tokens: Input should be a valid integer"),
    "model as number": (body(model=5), "model: Input should be a valid string"),
    "messages as text": (body(messages="Hi"), "messages: Input should be a valid list"),
    "message as text": (body(messages=["Hi"]), "messages.0: Input should be a valid dictionary"),
    "message null": (body(messages=[None]), "messages.0: Input should be a valid dictionary"),
    "no role": (body(messages=[{"content": "Hi"}]), "messages.0.role: Field required"),
    "no content": (body(messages=[{"role": "user"}]), "messages.0.content: Field required"),
    "content null": (body(messages=[{"role": "user", "content": None}]), "messages.0.content: Input should be a valid string"),
    "second message": (
        body(messages=[{"role": "user", "content": "Hi"}, {"role": "user", "content": 5}]),
        "messages.1.content: Input should be a valid string",
    ),
    "unknown role": (
        body(messages=[{"role": "tool", "content": "Hi"}]),
        "messages.0.role: Input should be 'user', 'assistant' or 'system'",
    ),
    "text without text": (says({"type": "text"}), "messages.0.content.0.text.text: Field required"),
    "text as number": (says({"type": "text", "text": 5}), "messages.0.content.0.text.text: Input should be a valid string"),
    "second block": (says({"type": "text", "text": "Hi"}, {"type": "text"}), "messages.0.content.1.text.text: Field required"),
    "block without type": (says({"text": "Hi"}), "messages.0.content.0: Unable to extract tag using discriminator 'type'"),
    "extra key": (body(max_token=100), "max_token: Extra inputs are not permitted"),
    "extra key of a message": (
        body(messages=[{"role": "user", "content": "Hi", "name": "Kim"}]),
        "messages.0.name: Extra inputs are not permitted",
    ),
    "extra key of a block": (
        says({"type": "text", "text": "Hi", "lang": "ko"}),
        "messages.0.content.0.text.lang: Extra inputs are not permitted",
    ),
    "image without source": (says({"type": "image"}), "messages.0.content.0.image.source: Field required"),
    "media type": (
        says({"type": "image", "source": {"type": "base64", "media_type": "image/bmp", "data": ""}}),
        "messages.0.content.0.image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'",
    ),
    "tool without schema": (body(tools=[{"name": "weather"}]), "tools.0.custom.input_schema: Field required"),
    "tool with an extra key": (
        body(tools=[{"name": "weather", "input_schema": {"type": "object"}, "parameters": {}}]),
        "tools.0.custom.parameters: Extra inputs are not permitted",
    ),
    "tool schema without type": (body(tools=[{"name": "weather", "input_schema": {}}]), "tools.0.custom.input_schema.type: Field required"),
    "cache_control": (
        says({"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral", "scope": "global"}}),
        "messages.0.content.0.text.cache_control.ephemeral.scope: Extra inputs are not permitted",
    ),
    "cache_control of the system prompt": (
        body(system=[{"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral", "scope": "global"}}]),
        "system.0.cache_control.ephemeral.scope: Extra inputs are not permitted",
    ),
    "system as number": (body(system=5), "system: Input should be a valid string"),
    "thinking without budget": (body(thinking={"type": "enabled"}), "thinking.enabled.budget_tokens: Field required"),
    "metadata": (body(metadata={"user_id": 5}), "metadata.user_id: Input should be a valid string"),
    "stop_sequences": (body(stop_sequences="x"), "stop_sequences: Input should be a valid list"),
    "stream as text": (body(stream="yes"), "stream: Input should be a valid boolean"),
}
#: Body and how the message starts: what follows is a list that grows with the SDK.
START: dict[str, tuple[Any, str]] = {
    "unknown block": (
        says({"type": "texts", "text": "Hi"}),
        "messages.0.content.0: Input tag 'texts' found using 'type' does not match any of the expected tags: 'text', 'image', 'document'",
    ),
    "unknown block in a tool result": (
        says({"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "texts"}]}),
        "messages.0.content.0.tool_result.content.0: Input tag 'texts' found using 'type' does not match any of the expected tags: 'text'",
    ),
    "unknown tool": (
        body(tools=[{"type": "weather_20260101", "name": "weather"}]),
        "tools.0: Input tag 'weather_20260101' found using 'type' does not match any of the expected tags: ",
    ),
    "unknown tool choice": (
        body(tool_choice={"type": "all"}),
        "tool_choice: Input tag 'all' found using 'type' does not match any of the expected tags: ",
    ),
    "unknown thinking": (
        body(thinking={"type": "on"}),
        "thinking: Input tag 'on' found using 'type' does not match any of the expected tags: ",
    ),
}
GOOD: dict[str, Any] = {
    "plain": body(),
    "blocks": says({"type": "text", "text": "Hi"}),
    "system message": body(messages=[{"role": "user", "content": "Hi"}, {"role": "system", "content": "Be short."}]),
    "system blocks": body(system=[{"type": "text", "text": "Be short.", "cache_control": {"type": "ephemeral", "ttl": "1h"}}]),
    "cache_control null": says({"type": "text", "text": "Hi", "cache_control": None}),
    "tool": body(tools=[{"name": "weather", "input_schema": {"type": "object", "additionalProperties": False}}]),
    "tool with its type": body(tools=[{"type": "custom", "name": "weather", "input_schema": {"type": "object"}}]),
    "tool with null for its type": body(tools=[{"type": None, "name": "weather", "input_schema": {"type": "object"}}]),
    "tool of the API": body(tools=[{"type": "web_search_20250305", "name": "web_search"}]),
    "image by address": says({"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}),
    "stream false": body(stream=False),
    "unknown model name of the right form": body(model="claude-sonnet-5-5"),
}


def refusal(service: Service, request: Any) -> str:
    answer = service.send("POST", "/v1/messages", request, scenario=fresh())
    error = answer.json()["error"]
    assert (answer.status_code, error["type"]) == (400, "invalid_request_error")
    return str(error["message"])


@pytest.mark.parametrize(("request_body", "message"), EXACT.values(), ids=EXACT)
def test_the_first_mistake_is_named_as_the_api_names_it(service: Service, request_body: Any, message: str):
    assert refusal(service, request_body) == message


@pytest.mark.parametrize(("request_body", "start"), START.values(), ids=START)
def test_an_unknown_type_is_answered_with_the_known_ones(service: Service, request_body: Any, start: str):
    assert refusal(service, request_body).startswith(start)


@pytest.mark.parametrize("request_body", GOOD.values(), ids=GOOD)
def test_a_good_shape_is_accepted(service: Service, request_body: Any):
    answer = service.send("POST", "/v1/messages", request_body, scenario=fresh())

    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("request_body", "message"),
    [
        ({}, "messages: Field required"),
        (
            body(max_tokens=None, messages=[{"role": "user", "content": [{"type": "text"}]}]),
            "messages.0.content.0.text.text: Field required",
        ),
    ],
)
def test_counting_tokens_checks_the_same_shape(service: Service, request_body: Any, message: str):
    answer = service.send("POST", "/v1/messages/count_tokens", request_body, scenario=fresh())

    assert (answer.status_code, answer.json()["error"]["message"]) == (400, message)


@pytest.mark.parametrize(
    ("request_body", "message"),
    [
        ({}, "requests: Field required"),
        ([], "requests: Field required"),
        ({"requests": []}, "requests: List should have at least 1 item after validation, not 0"),
        ({"requests": [{}]}, "requests.0.custom_id: Field required"),
        ({"requests": [{"custom_id": "a"}]}, "requests.0.params: Field required"),
        ({"requests": [{"custom_id": 5, "params": {}}]}, "requests.0.custom_id: Input should be a valid string"),
        ({"requests": [{"custom_id": ["a"], "params": {}}]}, "requests.0.custom_id: Input should be a valid string"),
        ({"requests": [{"custom_id": "a", "params": {}}, {"params": {}}]}, "requests.1.custom_id: Field required"),
    ],
)
def test_the_frame_of_a_batch_is_checked_at_once(service: Service, request_body: Any, message: str):
    answer = service.send("POST", "/v1/messages/batches", request_body, scenario=fresh())

    assert (answer.status_code, answer.json()["error"]["message"]) == (400, message)


def test_the_rows_of_a_batch_are_checked_when_it_runs(service: Service):
    scenario = fresh()
    rows = [{"custom_id": "a", "params": {}}, {"custom_id": "b", "params": body(stream=True)}]
    created = service.send("POST", "/v1/messages/batches", {"requests": rows}, scenario=scenario)
    assert created.status_code == 200
    with service.client(scenario) as client:
        client.messages.batches.retrieve(created.json()["id"])
        results = list(client.messages.batches.results(created.json()["id"]))

    messages = [row.result.error.error.message for row in results if row.result.type == "errored"]
    assert messages == ["max_tokens: Field required", '"stream=True" is not supported in the Message Batches API']
