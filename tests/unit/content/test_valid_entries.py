"""Every case of `fixtures/valid`: an entry that may look wrong and is not."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.content.reading import EXCEPTIONS
from tests.unit.projects import FIXTURES, SmallProject, pages

FOLDER = FIXTURES / "valid"
CASES = sorted(path.stem for path in FOLDER.glob("*.yml"))
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def one(request: pytest.FixtureRequest, empty: SmallProject) -> SmallProject:
    """The project with the entry that the test is parametrised with."""
    shutil.copy(FOLDER / f"{request.param}.yml", empty.root / "errors")
    if request.param == "html_in_text":  # which is longer than what fits
        empty.write(EXCEPTIONS, "cells_fit:\n  errors/html_in_text.yml: {ko: 2, en: 1}\n")
    return empty


@pytest.mark.parametrize("one", CASES, indirect=True)
def test_check_finds_nothing_wrong(one: SmallProject):
    result = CliRunner().invoke(main, ["check", "--project", str(one.root)])

    assert (result.output, result.exit_code) == ("", 0)


@pytest.mark.parametrize("one", CASES, indirect=True)
def test_pages_can_be_written(one: SmallProject):
    assert len(pages(one.load())) > len(CASES)


@pytest.mark.parametrize("one", ["crlf"], indirect=True)
def test_crlf_reads_as_if_it_were_lf(one: SmallProject):
    crlf = one.located("crlf").entry
    path = "errors/crlf.yml"
    content = (one.root / path).read_bytes()
    one.write(path, content.replace(b"\r\n", b"\n"))

    assert content.count(b"\r\n") > 20
    assert one.located("crlf").entry == crlf


@pytest.mark.parametrize("one", ["yaml_1_2_no"], indirect=True)
def test_words_that_yaml_1_1_would_convert_stay_words(one: SmallProject):
    aliases = ("no", "yes", "on", "off", "1:30", "0x1F", "1_000", "n", "y", "=", "2026-10")

    assert one.located("yaml_1_2_no").entry.aliases == aliases
    assert one.located("yaml_1_2_no").entry.verdict.billed == "no"


@pytest.mark.parametrize("one", ["html_in_text"], indirect=True)
def test_html_in_a_text_is_shown_on_the_page_and_never_runs(one: SmallProject):
    result = CliRunner().invoke(main, ["build", "--project", str(one.root)])
    assert result.exit_code == 0, result.output

    for language in ("ko", "en"):
        page = (one.root / f"site/{language}/errors/html_in_text/index.html").read_text(encoding="utf-8")
        body = page.split("<h1")[1]

        assert SCRIPT not in page
        assert "<img src=x" not in page
        # Title, summary and meaning; the structured data of the head escapes in its own way.
        assert body.count("&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt; &lt;/p&gt;") >= 3
        assert "its &lt;b&gt;size&lt;/b&gt;" in body
        assert SCRIPT not in (one.root / f"site/{language}/index.html").read_text(encoding="utf-8")
