"""Texts of an entry: safe HTML, and what they refer to."""

from __future__ import annotations

from html import unescape

import pytest

from generator.text import inline


def html(text: str) -> str:
    return inline.to_html(text, link=lambda slug: f"../{slug}/", cite=lambda source: f'<sup class="ce-cite">{source}</sup>')


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("{{ limits.batch.max_requests }}", ["limits.batch.max_requests"]),
        ("{{limits.a}} and {{ limits.a }}", ["limits.a", "limits.a"]),
        ("`{{ limits.a.pattern_2 }}`", ["limits.a.pattern_2"]),
        ("{{ limits }}", []),
        ("{{ 7*7 }}", []),
        ("{{ limits.a | upper }}", []),
        ("{{ Limits.A }}", []),
        ("{% limits.a %}", []),
        ("{ limits.a }", []),
        ("{{  limits.a  }}", []),
    ],
)
def test_reference_is_a_known_form_and_nothing_else(text, paths):
    assert inline.references(text) == paths


def test_reference_is_looked_up_and_never_evaluated():
    asked = []
    text = inline.with_facts("{{ limits.a }} {{ 7*7 }} {{ x.__class__ }}", lambda path: asked.append(path) or "{{ 1+1 }}")

    assert asked == ["limits.a", "x.__class__"]
    assert text == "{{ 1+1 }} {{ 7*7 }} {{ 1+1 }}"


def test_citations_are_found_in_order():
    assert inline.citations("A.[^docs] B.[^sdk_python][^docs] [^Not]") == ["docs", "sdk_python", "docs"]


def test_code_spans_are_found_in_order():
    assert inline.code_spans("`a` and ``b ` c`` and **d `e`**") == ["a", "b ` c", "e"]


def test_links_are_found_in_order():
    assert inline.links("[a](https://a.example) [b](guide:slug) https://c.example") == ["https://a.example", "guide:slug"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a **b** `c` [d](https://x.example)", "a b c d"),
        ("one.[^docs] two", "one. two"),
        ("a\nb   c", "a b c"),
        ("<b>x</b> & y", "<b>x</b> & y"),
        ("[^docs]", ""),
    ],
)
def test_plain_text_has_no_markup(text, shown):
    assert inline.plain(text) == shown


def test_prose_leaves_out_code_facts_and_citations():
    assert inline.prose("글 `code` {{ limits.a }} 글[^docs] [링크](https://x.example)").split() == ["글", "글", "링크"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("</p><!-- x -->", "&lt;/p&gt;&lt;!-- x --&gt;"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("a & b", "a &amp; b"),
        ("<https://x.example>", "&lt;https://x.example&gt;"),
    ],
)
def test_html_is_shown_as_text(text, expected):
    assert html(text) == expected


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html;base64,xx", "vbscript:x", "JAVASCRIPT:alert(1)", "&#106;avascript:x"]
)
def test_link_that_would_run_code_is_no_link(address):
    assert "<a" not in html(f"[x]({address})")


@pytest.mark.parametrize("text", ["*", "a `b", "[x]", "[x](y", "**a", "\\", "&lt;", "_a_", "a_", "](", "``` a", "[^Not]", "**a *b* c**"])
def test_sign_that_belongs_to_no_mark_is_found_and_shown_as_it_stands(text):
    assert inline.stray_mark(text)
    assert unescape(html(text)) == text


@pytest.mark.parametrize(
    "text", ["a_b", "a & b", "2 < 3", "`*`", "`[x]`", "[a_b](guide:x)", "**a_b**", "a[^docs]", "``a ` b``", "{{ a.b_c }}", "!"]
)
def test_text_with_the_known_marks_only_has_no_stray_sign(text):
    assert inline.stray_mark(text) == ""


def test_image_is_no_image():
    assert "<img" not in html("![x](https://a.example/x.png)")


def test_link_to_a_guide_leads_to_its_page():
    assert html("see [this](guide:busy_error)") == 'see <a href="../busy_error/">this</a>'


def test_attributes_are_escaped():
    assert html('[x](https://a.example/?a=1&b="2")') == '<a href="https://a.example/?a=1&amp;b=&quot;2&quot;">x</a>'


def test_citation_becomes_its_mark():
    assert html("A.[^docs]") == 'A.<sup class="ce-cite">docs</sup>'


def test_same_mark_twice_side_by_side_stands_once():
    assert html("A.[^docs][^docs][^sdk]") == 'A.<sup class="ce-cite">docs</sup><sup class="ce-cite">sdk</sup>'


def test_citation_in_code_stays_code():
    assert html("`[^docs]`") == "<code>[^docs]</code>"
    assert "citation" not in inline.plain("`[^docs]`")


def markdown(text: str) -> str:
    return inline.to_markdown(text, link=lambda slug: f"/{slug}", cite=lambda source: "[1]" if source == "a" else "[2]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **c** `d`", "a **c** `d`"),
        ("a max_tokens", "a max_tokens"),
        ("`` a`b ``", "``a`b``"),
        ("[a](guide:x) [b](https://b.example)", "[a](/x) [b](https://b.example)"),
        ("one.[^a][^a] two.[^a][^b]", "one.[1] two.[1][2]"),
        ("one[^a](two)", "one[1]\\(two)"),
        ("`[^a]`", "`[^a]`"),
        ("<b>x</b> a < b", r"\<b>x\</b> a < b"),
        ("a & b; c", "a & b; c"),
        ("![a](https://b.example)", r"\![a](https://b.example)"),
        ("[`a` b_c](guide:x)", "[`a` b_c](/x)"),
        ("a\nb", "a b"),
        ("- a", r"\- a"),
        ("# a", r"\# a"),
        ("> a", r"\> a"),
        ("1. a", r"1\. a"),
        ("1.5 a - b", "1.5 a - b"),
    ],
)
def test_markdown_is_written_so_that_every_reader_takes_it_as_it_is_meant(text, expected):
    assert markdown(text) == expected
