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
from snippet_runner.hosts import Hosts
from snippet_runner.run import Runner
from tests.snippets.programs import PAGE_PROGRAMS, PROGRAMS, title

#: Programs of the pages in `pages/`; that of the page about data is tested in `test_look_up`.
HUB_PROGRAMS = [program for program in PAGE_PROGRAMS if program[0] != snippets.API_FOLDER]
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
IMPORTS = re.compile(r"from anthropic|import anthropic|@anthropic-ai/sdk")


@pytest.fixture(scope="session")
def decoder(project: Project) -> Decoder:
    return Decoder(build(project))


@pytest.mark.parametrize("program", PROGRAMS, ids=title)
def test_the_program_ends_as_its_page_says(
    guides: dict[tuple[str, str, str], Block], runner: Runner, hosts: Hosts, decoder: Decoder, program: tuple[str, str]
):
    english = guides["en", *program]
    assert guides["ko", *program].text == english.text

    result = runner.run(english, hosts)

    assert not result.complaints, result.report()
    slug, name = program
    if name.startswith("trigger"):  # what a reader sees of it leads back to the page
        first = decoder.decode(result.outcome.output).slugs[:1]
        assert (first == (slug,)) == (program not in ANSWERED_ELSEWHERE), (first, result.outcome.output)


@pytest.mark.parametrize("program", HUB_PROGRAMS, ids=title)
def test_the_program_of_a_page_makes_the_mock_see_what_the_page_says(
    shown: list[Block], runner: Runner, hosts: Hosts, program: tuple[str, str]
):
    english, korean = (block for block in sorted(shown, key=lambda block: block.address) if (block.slug, block.name) == program)
    assert english.address.replace("/en/", "/ko/") == korean.address
    assert english.text == korean.text

    result = runner.run(english, hosts)

    assert not result.complaints, result.report()


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
            text = code.get_text().strip("\n")
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
    paths = {project.programs[slug].files[name].path for slug, name in PROGRAMS + PAGE_PROGRAMS}

    assert proof.proof(root).paths == paths, "snippets/report.json is not of these files and SDK versions: run `make snippets`"
