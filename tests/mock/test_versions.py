"""Both versions of the API that are in use: only the newer one refuses sampling parameters."""

from __future__ import annotations

from typing import Any

import anthropic
import pytest

from tests.mock.service import MODEL, OLD_MODEL, Service, body, fresh

OLD, NEW = "2023-06-01", "2026-10-21"
#: As people send them, the defaults included.
SAMPLING = [("temperature", 1.0), ("temperature", 0), ("temperature", None), ("top_p", 0.99), ("top_k", 5)]


def test_the_newer_version_is_the_one_in_the_facts_and_in_the_sdk(service: Service):
    sent = []
    with service.client(fresh()) as client:
        client._client.event_hooks["request"].append(lambda request: sent.append(request.headers["anthropic-version"]))
        client.messages.create(**body())

    assert sent == [service.current_version] == [NEW]


@pytest.mark.parametrize("model", [MODEL, OLD_MODEL])
@pytest.mark.parametrize(("name", "value"), SAMPLING)
def test_sampling_parameters_are_refused_by_the_newer_version_only(service: Service, name: str, value: Any, model: str):
    request = {**body(model=model), name: value}
    new = service.send("POST", "/v1/messages", request, headers={"anthropic-version": NEW})
    old = service.send("POST", "/v1/messages", request, headers={"anthropic-version": OLD})

    assert (new.status_code, new.json()["error"]["message"]) == (400, f"{name}: Extra inputs are not permitted")
    assert old.status_code == 200


@pytest.mark.parametrize("version", [OLD, NEW])
@pytest.mark.parametrize(
    ("changes", "message"),
    [({"max_tokens": None}, "max_tokens: Field required"), ({"max_token": 5}, "max_token: Extra inputs are not permitted")],
)
def test_both_versions_check_the_same_shape(service: Service, version: str, changes: dict[str, Any], message: str):
    answer = service.send("POST", "/v1/messages", body(**changes), headers={"anthropic-version": version})

    assert (answer.status_code, answer.json()["error"]["message"]) == (400, message)


@pytest.mark.parametrize("version", [OLD, NEW])
def test_both_versions_answer_a_plain_request(service: Service, version: str):
    assert service.send("POST", "/v1/messages", body(), headers={"anthropic-version": version}).status_code == 200


def test_the_sdk_meets_the_refusal_when_it_sends_extra_fields(service: Service):
    scenario = fresh()
    with service.client(scenario) as client, pytest.raises(anthropic.BadRequestError, match="temperature: Extra inputs are not permitted"):
        client.messages.create(**body(), extra_body={"temperature": 1.0})

    assert service.log(scenario)[-1].slug == "api_version_2026_10_21"


@pytest.mark.parametrize("beta", ["files-api-2025-04-14", "output-300k-2026-03-24"])
def test_a_beta_header_changes_nothing(service: Service, beta: str):
    assert service.send("POST", "/v1/messages", body(), headers={"anthropic-beta": beta}).status_code == 200
