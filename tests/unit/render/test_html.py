"""Headings, programs and tabs as HTML."""

from __future__ import annotations

import re
from html import unescape

import pytest

from generator.render import diff
from generator.render.html import Builder, Heading, Words, coloured, toc_tokens


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_heading_leads_to_itself_and_is_remembered():
    builder = Builder()

    assert builder.h2("What it <code>means</code>", "meaning") == (
        '<h2 id="meaning">What it <code>means</code><a class="headerlink" href="#meaning" aria-label="What it means">#</a></h2>'
    )
    assert builder.headings == [Heading(2, "meaning", "What it <code>means</code>")]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Batch body is too large", "batch-body-is-too-large"),
        ("API 과부하", "api"),
        ("비용 계산기", "_1"),
        ("A &amp; <b>B</b>: c-d_e", "a-b-c-d_e"),
        ("Café", "cafe"),
    ],
)
def test_heading_without_an_id_gets_one_of_its_words(text: str, id_: str):
    builder = Builder()
    builder.heading(1, text)

    assert builder.headings[0].id == id_


def test_no_two_headings_have_one_id():
    builder = Builder()
    for text in ("Same", "Same", "같음", "다름", "same"):
        builder.heading(3, text)

    assert len({heading.id for heading in builder.headings}) == 5


@pytest.mark.parametrize("source", ["print(1)", "a = 1\n\n\nb = '<&>\"'", '"""a\n\nb\n"""', "# \u2028 가 \x0c x"])
@pytest.mark.parametrize("language", ["python", "ts", "json", "sh"])
def test_program_is_shown_as_it_is(source: str, language: str):
    html = Builder().code(source, language)

    assert words(html) == source + "\n"


def test_marked_lines_are_those_that_were_asked_for():
    html = Builder().code("a\nb = '''x\ny'''\nc", "python", lines=[2, 3])

    assert [words(row) for row in re.findall(r'<span class="hll">(.*?)\n</span>', html, re.DOTALL)] == ["b = '''x", "y'''"]
    assert words(html) == "a\nb = '''x\ny'''\nc\n"


def test_title_of_a_program_is_text():
    html = Builder().code("x", "python", "ce-fix", 'a <b> & "c"')

    assert html.startswith('<div class="ce-fix highlight"><span class="filename">a &lt;b&gt; &amp; &quot;c&quot;</span><pre>')


def test_program_of_one_language_is_not_coloured_as_another():
    assert coloured("const a = 1", "ts") != coloured("const a = 1", "python")


def test_first_tab_is_open_and_sets_have_names_of_their_own():
    builder = Builder()
    one, two = (builder.tabs([("Python", "<p>a</p>"), ("TypeScript", "<p>b</p>")]) for _ in range(2))

    assert one.count("checked") == 2
    assert '<input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio" />' in one
    assert one.index("<p>a</p>") < one.index("<p>b</p>")
    assert set(re.findall(r'id="([^"]*)"', one)).isdisjoint(re.findall(r'id="([^"]*)"', two))


def test_table_of_contents_has_sections_below_the_title_and_no_deeper():
    headings = [Heading(1, "a", "A"), Heading(2, "b", "B"), Heading(3, "c", "C"), Heading(2, "d", "D")]
    (title,) = toc_tokens(headings)

    assert [child["id"] for child in title["children"]] == ["b", "d"]
    assert [token["id"] for token in toc_tokens(headings[1:])] == ["b", "d"]


BEFORE = ["import a", "", "x = 1", "y = 2", "z = 3", "call(x)", "print(1)", "print(2)", "print(3)", "print(4)"]
AFTER = [*BEFORE[:5], "if y:", "    call(x)", *BEFORE[6:]]


def test_lines_that_differ_stand_among_those_that_do_not() -> None:
    rows = diff.compared(BEFORE, AFTER, BEFORE, AFTER)

    assert [row.html for row in rows if row.kind != "del"] == AFTER
    assert [(row.kind, row.html) for row in rows if row.kind != "same"] == [("ins", "if y:")]  # indentation alone is no difference


def test_what_is_far_from_a_change_is_folded_and_blank_edges_with_it() -> None:
    rows = diff.compared(BEFORE, AFTER, BEFORE, AFTER)
    html, is_folded = diff.folded(rows, diff.shown(rows), lambda n: f"{n} lines")

    assert is_folded
    assert html.startswith('<span class="ce-gap" data-n="3 lines"></span><span class="ce-same">import a\n\nx = 1\n</span>y = 2\n')
    assert html.endswith('<span class="ce-gap" data-n="3 lines"></span><span class="ce-same">print(2)\nprint(3)\nprint(4)\n</span>')
    assert re.sub(r"<[^>]*>", "", html) == "\n".join(AFTER) + "\n"


def test_few_lines_are_not_folded() -> None:
    rows = [diff.Row("same", str(number), False) for number in range(diff.LEAST + 3)]

    assert "ce-gap" in diff.folded(rows, {0, 1, 2}, str)[0]
    assert "ce-gap" not in diff.folded(rows, {0, 1, 2, 3}, str)[0]


def test_function_is_shown_by_its_beginning() -> None:
    source = "import a\nimport b\nimport c\n\ndef f(x):\n    1\n    2\n    3\n    4\n    5\n    6\n"
    html = Builder().beginning(source, "python", "f.py", Words(lambda n: f"{n}", lambda n: f"all {n}", "fold"))
    kept = re.sub(r'<span class="ce-same">.*?\n</span>(?=<|$)', "", html, flags=re.DOTALL)

    assert "all 11" in html
    assert "f" in kept
    assert "import" not in re.sub(r"<[^>]*>", "", kept)
