"""What a reader copies is what ran: every program of every built page, in its frame, against the mock."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.content import proof, snippets
from generator.decode.decode import Decoder
from generator.decode.index import build
from generator.content.project import Project
from snippet_runner import blocks
from snippet_runner.blocks import Block
from snippet_runner.hosts import MORE
from snippet_runner.run import Result
from tests.snippets.programs import PAGE_PROGRAMS, PROGRAMS, SCALE

#: All programs run in the first test of this module.
pytestmark = pytest.mark.timeout(600)

#: Programs whose output, pasted whole, is answered by another page first, and why.
ANSWERED_ELSEWHERE = {
    ("batch_request_errored", "trigger.py"): "the program trips over a row by itself: its output holds no word of the API",
    ("batch_request_errored", "trigger.ts"): "the program trips over a row by itself: its output holds no word of the API",
    ("stop_reason_refusal", "trigger.py"): "the program trips over the empty content: its output holds no word of the API",
    ("stop_reason_refusal", "trigger.ts"): "the program trips over the empty content: its output holds no word of the API",
    ("rate_limit_error", "trigger.py"): "the mock answers with the words of a member, which is the nearer page",
    ("rate_limit_error", "trigger.ts"): "the mock answers with the words of a member, which is the nearer page",
    **{
        (slug, f"trigger.{suffix}"): "the API says the same of every body that is too large, and the page of that words links here"
        for slug in ("batch_too_large", "file_too_large")
        for suffix in ("py", "ts")
    },
    ("stream_interrupted", "trigger.ts"): "Node prints the closed socket, which is the same when no response came",
}
Results = dict[tuple[str, str, str], Result]
IMPORTS = re.compile(r"from anthropic|import anthropic|@anthropic-ai/sdk")


@pytest.fixture(scope="session")
def decoder(project: Project) -> Decoder:
    return Decoder(build(project))


def test_every_program_ends_as_its_page_says(results: Results, shown: list[Block]):
    assert results.keys() == {(block.slug, block.name, block.text) for block in shown}

    assert not (wrong := [result.report() for result in results.values() if result.complaints]), "\n".join(wrong)


def test_a_heavy_program_runs_small_with_other_sizes_and_nothing_else(guides: dict[tuple[str, str, str], Block]):
    heavy = [block for block in guides.values() if block.slug in MORE]
    number = re.compile(r"\b\d[\d_]*\b")

    assert len(heavy) == 2 * 4 * len(MORE)
    for block in heavy:
        small = blocks.scaled(block.text, SCALE)
        assert number.sub("", small) == number.sub("", block.text)
        for before, after in zip(map(int, number.findall(block.text)), map(int, number.findall(small)), strict=True):
            assert after == (before // SCALE if before >= 10_000 else before)


def test_what_a_failing_program_prints_leads_back_to_its_page(results: Results, decoder: Decoder):
    failing = {(slug, name): result.outcome.output for (slug, name, _), result in results.items() if name.startswith("trigger")}
    assert failing.keys() == {program for program in PROGRAMS if program[1].startswith("trigger")}
    elsewhere = {(slug, name) for (slug, name), output in failing.items() if decoder.decode(output).slugs[:1] != (slug,)}

    assert elsewhere == ANSWERED_ELSEWHERE.keys()


def test_both_languages_show_the_same_program(shown: list[Block]):
    texts: dict[str, dict[tuple[str, str, str], str]] = {"en": {}, "ko": {}}
    for block in shown:
        _, language, path = block.address.split("/", 2)
        texts[language][path, block.slug, block.name] = block.text

    assert texts["en"] == texts["ko"]


def test_every_guide_shows_every_program(guides: dict[tuple[str, str, str], Block]):
    assert guides.keys() == {(language, *program) for program in PROGRAMS for language in ("en", "ko")}


def test_no_page_shows_a_program_that_is_not_run(project: Project, shown: list[Block], guides: dict[tuple[str, str, str], Block]):
    assert blocks.unknown(shown, project.programs) == []
    assert [block for block in shown if (block.slug, block.name) not in PROGRAMS + PAGE_PROGRAMS] == []
    of_guides = [block for block in shown if (block.slug, block.name) in PROGRAMS]
    assert [block for block in of_guides if block.text != guides["en", block.slug, block.name].text] == []


def test_no_page_shows_a_program_where_the_runner_does_not_look(built_site: Path, shown: list[Block]):
    known = {(block.address, block.text) for block in shown}
    stray = []
    for file in sorted(built_site.rglob("*.html")):
        address = "/" + file.parent.relative_to(built_site).as_posix() + "/"
        for code in BeautifulSoup(file.read_text(encoding="utf-8"), "lxml").select("pre"):
            text = blocks.copied(code)
            if IMPORTS.search(text) and (address, text) not in known:
                stray.append(f"{address}: {text[:80]}")

    assert len(known) >= 2 * len(PROGRAMS)
    assert stray == []


def test_the_shown_text_is_the_region_of_the_file(project: Project, guides: dict[tuple[str, str, str], Block]):
    files = {program: project.snippets[program[0]].files[program[1]].shown.strip("\n") for program in PROGRAMS}

    assert {key: block.text for key, block in guides.items()} == {
        (language, *program): text for program, text in files.items() for language in ("en", "ko")
    }


def test_the_report_on_the_pages_is_fresh(root: Path, project: Project):
    versions = proof.sdk_versions(root)
    stale = sorted(folder for folder, code in project.programs.items() if code.files and not proof.day(code, versions))

    assert stale == [], "their report.json are not of these files and SDK versions: run `make snippets`"
