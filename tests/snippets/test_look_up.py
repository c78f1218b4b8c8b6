"""The function that the page about the data shows finds the guide of every exception, and the same in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.content import snippets
from generator.content.project import Project
from generator.schemas.entry import Entry
from generator.text.message import compile_signature, fill
from snippet_runner import blocks
from snippet_runner.blocks import Block
from snippet_runner.hosts import Hosts
from snippet_runner.run import Result, Runner
from tests.snippets.programs import PAGE_PROGRAMS

#: The programs of the page about what programs read.
API_PROGRAMS = [program for program in PAGE_PROGRAMS if program[0] == snippets.API_FOLDER]

#: Makes the exceptions that the SDK makes of such answers, and prints what the function says of each.
TAIL_PY = """
import httpx2
from anthropic import APIConnectionError

CLIENT = Anthropic()


def made(case):
    request = httpx2.Request("POST", "https://api.example/v1/messages")
    if case["status"] is None:
        return APIConnectionError(message=case["message"], request=request)
    details = {"error_code": case["error_code"]} if case["error_code"] else None
    error = {"type": case["type"], "message": case["message"], "details": details}
    response = httpx2.Response(case["status"], request=request)
    return CLIENT._make_status_error("x", body={"type": "error", "error": error}, response=response)


print("RESULT" + json.dumps([look_up(made(case)) for case in json.loads(CASES)]))
"""
TAIL_TS = """
const made = (it: any) => {
  const details = it.error_code ? { error_code: it.error_code } : null;
  const error = { type: it.type, message: it.message, details };
  if (it.status === null) return new Anthropic.APIConnectionError({ message: it.message });
  return Anthropic.APIError.generate(it.status, { type: "error", error }, undefined, new Headers());
};
console.log("RESULT" + JSON.stringify(JSON.parse(CASES).map((it: any) => lookUp(made(it)))));
"""
NOWHERE = "http://127.0.0.1:9"
Case = dict[str, Any]
Answer = tuple[str, str] | None
Ask = Callable[..., list[Answer]]


def case(status: int | None, kind: str | None, error_code: str | None = None, message: str = "Nothing that was ever seen") -> Case:
    return {"status": status, "type": kind, "error_code": error_code, "message": message}


@pytest.fixture(scope="session")
def pages(shown: list[Block]) -> dict[tuple[str, str], Block]:
    return {(block.address.split("/")[1], block.name): block for block in shown if (block.slug, block.name) in API_PROGRAMS}


@pytest.fixture(scope="session")
def ask(pages: dict[tuple[str, str], Block], page_runner: Runner, hosts: Hosts) -> Ask:
    """Return a function that gives the answers of the shown functions, which must be the same in both languages.

    It takes the exceptions, and a file of all errors where it is not that of the site.
    """
    project = page_runner.project

    def told(name: str, cases: list[Case], errors: bytes | None) -> list[Answer]:
        snippet = project.page_snippets["_api"].files[name]
        # The call at the end of the program fails without a server; what it prints does not matter here.
        source = blocks.framed(snippet, pages["en", name].text.replace("Anthropic()", "Anthropic(QUICK)"), project.root)
        source = source.replace("QUICK", "max_retries=0" if name.endswith(".py") else "{ maxRetries: 0 }")
        cases_line = json.dumps(json.dumps(cases))
        tail = TAIL_PY if name.endswith(".py") else TAIL_TS
        beside = page_runner.beside() if errors is None else {"errors.json": errors}
        outcome = hosts.run(name, source + tail.replace("CASES", cases_line), NOWHERE, beside=beside)
        assert outcome.well, outcome.output
        line = next(line for line in outcome.output.splitlines() if line.startswith("RESULT"))
        return [tuple(answer) if answer else None for answer in json.loads(line.removeprefix("RESULT"))]

    def both(cases: list[Case], errors: bytes | None = None) -> list[Answer]:
        python, typescript = told("program.py", cases, errors), told("program.ts", cases, errors)
        assert python == typescript
        return python

    return both


@pytest.fixture(scope="session")
def catalogue(built_site: Path) -> dict[str, Any]:
    return {error["slug"]: error for error in json.loads((built_site / "api/v1/errors.json").read_text(encoding="utf-8"))["errors"]}


def answer_of(catalogue: dict[str, Any], slug: str) -> Answer:
    return catalogue[slug]["urls"]["en"], catalogue[slug]["verdict"]["retry"]


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("look_up(err))", "None)", "did not print the address"),
        ('["retry"]\n\n\ntry', '["fault"]\n\n\ntry', "did not print its verdict"),
        ('{"role": "assistant"', '{"role": "user"', "met no error of a guide"),
        ('"errors.json"', '"other.json"', "raised FileNotFoundError"),
    ],
)
def test_a_program_that_says_something_else_is_wrong(
    pages: dict[tuple[str, str], Block], page_runner: Runner, hosts: Hosts, before: str, after: str, complaint: str
):
    block = pages["en", "program.py"]
    assert before in block.text
    result: Result = page_runner.run(Block(block.address, block.slug, block.name, block.text.replace(before, after)), hosts)

    assert any(complaint in each for each in result.complaints), result.complaints


def test_a_code_leads_to_the_error_that_it_names(project: Project, ask: Ask, catalogue: dict[str, Any]):
    entries = project.catalogue.entries
    # A code of the guide that has a record of its own there leads to that one: the next test.
    pending = {code for entry in entries for each in project.pending(entry) for code in each.error_codes}
    named = [(identity, entry.slug) for entry in entries for identity in entry.identities if identity.error_code]
    own = [(identity, slug) for identity, slug in named if identity.error_code not in pending]
    cases = [case(identity.status, identity.type, identity.error_code) for identity, _ in own]

    assert cases
    assert ask(cases) == [answer_of(catalogue, slug) for _, slug in own]


def test_a_code_without_a_guide_leads_to_its_place_on_the_page_of_the_family(ask: Ask, catalogue: dict[str, Any]):
    record: dict[str, Any] = {"status": 400, "type": "invalid_request_error", "error_codes": ["other", "no_guide_yet"], "retry": "never"}
    record["urls"] = {"en": "https://errors.test/en/errors/api_error/#no_guide_yet"}
    changed = {**catalogue, "api_error": {**catalogue["api_error"], "pending": [record, *catalogue["api_error"]["pending"]]}}
    records = [each for error in changed.values() for each in error["pending"] if each["error_codes"]]
    cases = [case(each["status"], each["type"], each["error_codes"][-1]) for each in records]

    answers = ask(cases, json.dumps({"errors": list(changed.values())}).encode())
    assert answers == [(each["urls"]["en"], each["retry"]) for each in records]
    assert (record["urls"]["en"], "never") in answers


def test_a_new_code_counts_as_none(ask: Ask):
    with_code, without = ask([case(529, "overloaded_error", "brand_new", "Overloaded"), case(529, "overloaded_error", None, "Overloaded")])

    assert with_code == without is not None


def wordings(entry: Entry) -> list[Case]:
    """Return an exception for each wording of an entry that comes with a status and has no code."""
    found = []
    for message in entry.messages:
        for identity in entry.identities:
            if identity.status is not None and identity.type is not None and identity.error_code is None:
                if message.status in (None, identity.status) and message.error_code is None:
                    found.append(case(identity.status, identity.type, None, fill(message.template, message.fill)))
    return found


def test_a_message_leads_to_its_guide_its_family_or_a_guide_that_has_it_too(project: Project, ask: Ask, catalogue: dict[str, Any]):
    entries = [entry for entry in project.catalogue.entries if entry.origin not in ("sdk", "subscription")]
    cases = [(each, entry) for entry in entries for each in wordings(entry)]
    answers = ask([each for each, _ in cases])

    found = 0
    for (each, entry), answer in zip(cases, answers, strict=True):
        good = {entry.slug, entry.family or entry.slug, each["type"], *(member.slug for member in project.members(entry.slug))}
        good |= {other.slug for other in entries if any(twin["message"] == each["message"] for twin in wordings(other))}
        slugs = {slug for slug in catalogue if answer == answer_of(catalogue, slug)}
        assert answer is None or slugs & good, (each, answer)
        found += entry.slug in slugs
    assert found > 0.7 * len(cases)


def test_a_status_and_type_of_one_entry_lead_there_whatever_the_message(project: Project, ask: Ask, catalogue: dict[str, Any]):
    owners: dict[tuple[Any, Any], set[str]] = {}
    for entry in project.catalogue.entries:
        for identity in entry.identities:
            if identity.error_code is None and identity.type is not None:
                owners.setdefault((identity.status, identity.type), set()).add(entry.slug)
    alone = {name: slugs.pop() for name, slugs in owners.items() if len(slugs) == 1}

    assert len(alone) > 4
    assert ask([case(*name) for name in alone]) == [answer_of(catalogue, slug) for slug in alone.values()]


def test_where_members_of_a_family_share_them_the_family_answers(ask: Ask, catalogue: dict[str, Any]):
    assert ask([case(429, "rate_limit_error")]) == [answer_of(catalogue, "rate_limit_error")]


def test_a_message_that_the_family_has_too_leads_to_the_member(project: Project, ask: Ask, catalogue: dict[str, Any]):
    member = project.catalogue.by_slug["rate_limit_input_tokens"].entry
    told = wordings(member)[0]
    umbrella = project.catalogue.by_slug["rate_limit_error"].entry
    assert any(compile_signature(message.template).recognises(told["message"]) for message in umbrella.messages)

    assert ask([told]) == [answer_of(catalogue, "rate_limit_input_tokens")]


def test_a_status_that_a_proxy_changed_still_leads_to_the_type(ask: Ask, catalogue: dict[str, Any]):
    assert ask([case(502, "api_error"), case(403, "overloaded_error")]) == [
        answer_of(catalogue, "api_error"),
        answer_of(catalogue, "overloaded_error"),
    ]


def test_what_no_guide_is_about_gives_nothing(ask: Ask):
    assert ask([case(418, "teapot_error"), case(None, None, None, "short and stout")]) == [None, None]
