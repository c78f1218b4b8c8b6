"""The runner turns red when anything that a page says is not so: each test makes one statement false."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from generator.content.project import Project
from generator.schemas.entry import Entry
from mock_api import batches, files, rules
from mock_api.answers import Failure
from mock_api.rules import Rule
from snippet_runner import blocks, judge
from snippet_runner.blocks import Block
from snippet_runner.hosts import Hosts
from snippet_runner.run import Result, Runner, never_run
from tests.snippets.programs import SLUGS, title

Ran = Callable[[str, str], Result]
Guides = dict[tuple[str, str, str], Block]

#: Quick, and of three kinds: a rule, an error_code, the weather.
CHEAP = [slug for slug in ("batch_custom_id_invalid", "file_not_downloadable", "overloaded_error") if slug in SLUGS]
LANGUAGES = ["py", "ts"]
TRIGGERS = [(slug, f"trigger.{suffix}") for slug in CHEAP for suffix in LANGUAGES]
FIXES = [(slug, f"fix.{suffix}") for slug in CHEAP for suffix in LANGUAGES]


def entry_of(project: Project, slug: str) -> Entry:
    return project.catalogue.by_slug[slug].entry


def other(name: str) -> str:
    role, suffix = name.split(".")
    return f"{'fix' if role == 'trigger' else 'trigger'}.{suffix}"


@pytest.mark.parametrize("program", [*TRIGGERS, *FIXES], ids=title)
def test_as_it_stands_the_program_is_right(ran: Ran, program: tuple[str, str]):
    assert ran(*program).complaints == ()


@pytest.mark.parametrize("program", [*TRIGGERS, *FIXES], ids=title)
def test_a_program_in_the_role_of_the_other_is_wrong(project: Project, ran: Ran, program: tuple[str, str]):
    slug, name = program
    result = ran(slug, name)

    assert judge.complaints(entry_of(project, slug), other(name), result.outcome, result.log)


#: While an overload lasts, the fixed program fails with the same error, as it should.
SWAPPED = [program for program in (*TRIGGERS, *FIXES) if not (program[0] == "overloaded_error" and program[1].startswith("trigger"))]


@pytest.mark.parametrize("program", SWAPPED, ids=title)
def test_a_page_with_the_code_of_the_other_is_wrong(guides: Guides, runner: Runner, hosts: Hosts, program: tuple[str, str]):
    slug, name = program
    swapped = dataclasses.replace(guides["en", slug, name], text=guides["en", slug, other(name)].text)

    assert runner.run(swapped, hosts).complaints


def identities(entry: Entry, **changes: object) -> Entry:
    return entry.model_copy(update={"identities": tuple(item.model_copy(update=changes) for item in entry.identities)})


def classes(entry: Entry, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Entry:
    changed = {"python": change(entry.exceptions.python), "typescript": change(entry.exceptions.typescript)}
    return entry.model_copy(update={"exceptions": entry.exceptions.model_copy(update=changed)})


def templates(entry: Entry, change: Callable[[str], str]) -> Entry:
    changed = tuple(message.model_copy(update={"template": change(message.template)}) for message in entry.messages)
    return entry.model_copy(update={"messages": changed})


WRONG: dict[str, Callable[[Entry], Entry]] = {
    "another class": lambda entry: classes(entry, lambda names: ("ConflictError", *names)),
    "no class": lambda entry: classes(entry, lambda names: ()),
    "the class of the status before its own": lambda entry: classes(entry, lambda names: ("APIStatusError", *names)),
    "another status": lambda entry: identities(entry, status=418),
    "no status": lambda entry: identities(entry, status=None),
    "another type": lambda entry: identities(entry, type="teapot_error"),
    "another error_code": lambda entry: identities(entry, error_code="short_and_stout"),
    "another message": lambda entry: templates(entry, lambda template: "Something else went wrong"),
    "one more word in the message": lambda entry: templates(entry, lambda template: f"{template} twice"),
    "one more letter in the message": lambda entry: templates(entry, lambda template: f"x{template}"),
    "no message": lambda entry: entry.model_copy(update={"messages": ()}),
    "another slug": lambda entry: entry.model_copy(update={"slug": "other_error"}),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("program", TRIGGERS, ids=title)
def test_a_wrong_statement_of_the_entry_is_found(project: Project, ran: Ran, program: tuple[str, str], wrong: str):
    slug, name = program
    result = ran(slug, name)

    assert judge.complaints(WRONG[wrong](entry_of(project, slug)), name, result.outcome, result.log)


@pytest.mark.parametrize("program", [*TRIGGERS, *FIXES], ids=title)
def test_a_program_that_was_stopped_is_wrong(project: Project, ran: Ran, program: tuple[str, str]):
    slug, name = program
    stopped = dataclasses.replace(ran(slug, name).outcome, stopped="took longer than 10 s")

    assert judge.complaints(entry_of(project, slug), name, stopped, ran(slug, name).log) == ["was stopped: took longer than 10 s"]


@pytest.mark.parametrize("program", TRIGGERS, ids=title)
def test_an_error_that_the_mock_did_not_answer_is_wrong(project: Project, ran: Ran, program: tuple[str, str]):
    slug, name = program

    assert judge.complaints(entry_of(project, slug), name, ran(slug, name).outcome, ())


@pytest.mark.parametrize("program", FIXES, ids=title)
def test_a_fix_that_asked_for_nothing_is_wrong(project: Project, ran: Ran, program: tuple[str, str]):
    slug, name = program

    assert judge.complaints(entry_of(project, slug), name, ran(slug, name).outcome, ()) == ["got no good answer"]


#: Rule of a message and a guide that rests on it.
RULES = {
    "model_exists": "model_not_found",
    "sampling_parameters": "api_version_2026_10_21",
    "tool_results_follow": "tool_use_without_tool_result",
    "no_prefill": "prefill_not_supported",
    "thinking_unchanged": "thinking_block_modified",
    "breakpoints": "cache_control_too_many_breakpoints",
    "image_sizes": "image_dimensions_too_large",
    "files_fit_blocks": "file_upload_error",
    "prompt_fits": "prompt_too_long",
}
RESTING = [(rule, slug) for rule, slug in RULES.items() if slug in SLUGS]


def test_every_rule_but_the_shape_carries_a_guide():
    assert {rule.name for rule in rules.MESSAGE_RULES} - {"shape"} == RULES.keys()
    assert RESTING


@pytest.mark.parametrize(("rule", "slug"), RESTING)
def test_without_its_rule_a_guide_is_wrong(
    guides: Guides, runner: Runner, hosts: Hosts, monkeypatch: pytest.MonkeyPatch, rule: str, slug: str
):
    monkeypatch.setattr(rules, "MESSAGE_RULES", tuple(each for each in rules.MESSAGE_RULES if each.name != rule))

    assert runner.run(guides["en", slug, "trigger.py"], hosts).complaints


@pytest.mark.parametrize(("rule", "slug"), RESTING[:3])
def test_with_a_rule_that_never_refuses_a_guide_is_wrong(
    guides: Guides, runner: Runner, hosts: Hosts, monkeypatch: pytest.MonkeyPatch, rule: str, slug: str
):
    weak = tuple(Rule(rule, lambda call, known: None) if each.name == rule else each for each in rules.MESSAGE_RULES)
    monkeypatch.setattr(rules, "MESSAGE_RULES", weak)

    assert runner.run(guides["en", slug, "trigger.py"], hosts).complaints


@pytest.mark.parametrize("name", ["trigger.py", "trigger.ts"])
def test_without_the_rules_of_a_batch_its_guide_is_wrong(
    guides: Guides, runner: Runner, hosts: Hosts, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.setattr(batches, "batch_failure", lambda body, known: None)

    assert runner.run(guides["en", "batch_custom_id_invalid", name], hosts).complaints == ("ended well, but it must fail",)


@pytest.mark.parametrize("name", ["trigger.py", "trigger.ts"])
def test_with_every_file_downloadable_its_guide_is_wrong(
    guides: Guides, runner: Runner, hosts: Hosts, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.setattr(files.Files, "_content", lambda self, stored: files._json(stored.metadata))

    assert runner.run(guides["en", "file_not_downloadable", name], hosts).complaints == ("ended well, but it must fail",)


@pytest.mark.parametrize("name", ["fix.py", "fix.ts"])
def test_a_fix_that_is_refused_is_wrong(guides: Guides, runner: Runner, hosts: Hosts, monkeypatch: pytest.MonkeyPatch, name: str):
    strict = Rule("strict", lambda call, known: Failure(400, "invalid_request_error", "Not today"))
    monkeypatch.setattr(rules, "MESSAGE_RULES", (*rules.MESSAGE_RULES, strict))
    complaints = runner.run(guides["en", "overloaded_error", name], hosts).complaints

    assert any("Not today" in complaint for complaint in complaints)
    assert any(complaint.startswith("was refused: ") for complaint in complaints)
    assert "got no good answer" in complaints


SLUG = "batch_custom_id_invalid"


@pytest.fixture
def pages(built_site: Path, tmp_path: Path) -> Path:
    """The built pages of one guide in both languages, in a site of their own."""
    for language in ("en", "ko"):
        shutil.copytree(built_site / language / "errors" / SLUG, tmp_path / language / "errors" / SLUG)
    return tmp_path


def edit(pages: Path, change: Callable[[BeautifulSoup], None], language: str = "en") -> None:
    file = pages / language / "errors" / SLUG / "index.html"
    soup = BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")
    change(soup)
    file.write_text(str(soup), encoding="utf-8")


def rewritten(selector: str, before: str, after: str) -> Callable[[BeautifulSoup], None]:
    """Return a change of the text of the first block that `selector` finds."""

    def change(soup: BeautifulSoup) -> None:
        code = soup.select_one(f"{selector} code")
        assert code is not None
        text = blocks.copied(code)
        assert before in text
        code.string = text.replace(before, after)

    return change


def wrong_among(runner: Runner, hosts: Hosts, pages: Path, name: str) -> list[Result]:
    """Run the program `name` of every page and return the results that are not as they must be."""
    results = [runner.run(block, hosts) for block in blocks.of_site(pages) if block.name == name]
    return [result for result in results if result.complaints]


def test_an_untouched_copy_of_the_pages_is_right(project: Project, runner: Runner, hosts: Hosts, pages: Path):
    found = blocks.of_site(pages)
    results = runner.run_all(found, hosts, lambda result: None)

    assert [result.complaints for result in results] == [()] * 4
    assert {result.addresses for result in results} == {(f"/en/errors/{SLUG}/", f"/ko/errors/{SLUG}/")}
    assert blocks.unknown(found, project.snippets) == []
    assert never_run(found, results) == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_edited_fix_in_either_language_fails(runner: Runner, hosts: Hosts, pages: Path, language: str):
    edit(pages, rewritten(".ce-diff", "report-{n}", "report {n}"), language)
    wrong = wrong_among(runner, hosts, pages, "fix.py")

    assert [result.addresses for result in wrong] == [(f"/{language}/errors/{SLUG}/",)]
    assert f"snippets/{SLUG}/fix.py:" in wrong[0].report()
    assert "String should match pattern" in wrong[0].report()


def test_an_edited_trigger_fails(runner: Runner, hosts: Hosts, pages: Path):
    edit(pages, rewritten(".ce-fail", 'file["name"]', 'str(len(file["text"]) + files.index(file))'))
    wrong = wrong_among(runner, hosts, pages, "trigger.py")

    assert [(result.addresses, result.complaints) for result in wrong] == [((f"/en/errors/{SLUG}/",), ("ended well, but it must fail",))]


@pytest.mark.parametrize("before", ["client = Anthropic()\n", "import"])
def test_a_block_that_lost_something_fails(guides: Guides, runner: Runner, hosts: Hosts, before: str):
    block = guides["en", SLUG, "fix.py"]
    assert before in block.text

    assert runner.run(dataclasses.replace(block, text=block.text.replace(before, "", 1)), hosts).complaints


def test_a_block_in_an_unknown_language_is_reported(project: Project, pages: Path):
    def change(soup: BeautifulSoup) -> None:
        label = soup.select_one(".tabbed-labels > label")
        assert label is not None
        label.string = "Ruby"

    edit(pages, change)

    assert {block.address for block in blocks.unknown(blocks.of_site(pages), project.snippets)} == {f"/en/errors/{SLUG}/"}


def test_a_block_that_lost_its_role_is_reported(project: Project, pages: Path):
    def change(soup: BeautifulSoup) -> None:
        block = soup.select_one(".ce-diff")
        assert isinstance(block, Tag)
        block["class"] = "highlight"

    edit(pages, change)

    assert [block.name for block in blocks.unknown(blocks.of_site(pages), project.snippets)] == ["repair.py"]


def test_a_page_without_an_entry_is_reported(project: Project, pages: Path):
    (pages / "en" / "errors" / SLUG).rename(pages / "en" / "errors" / "other_error")

    assert len(blocks.unknown(blocks.of_site(pages), project.snippets)) == 4


def test_a_block_that_nothing_ran_is_reported(runner: Runner, hosts: Hosts, pages: Path):
    edit(pages, rewritten(".ce-diff", "Unique and allowed", "Allowed and unique"))
    found = [block for block in blocks.of_site(pages) if block.name == "fix.py"]
    english, korean = found
    results = [runner.run(korean, hosts)]

    assert results[0].complaints == ()
    assert never_run(found, results) == [english]
    assert never_run(found, []) == found
