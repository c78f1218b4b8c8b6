"""What is converted block by block, and what Python-Markdown gives for it."""

from __future__ import annotations

import functools
from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config

from generator.build import colours
from generator.build.quick_markdown import QuickMarkdown
from tests.unit.projects import ROOT

FENCE = '```{ .python .ce-fail title="Fails: \'a\' & <b>" hl_lines="1 3" }\nimport x\n\n\n# <p>`_*\nprint("&amp;")\n```'
KNOWN = [
    "# A title with \\_marks\\_ and 2 \\* 3",
    "# 한국어 제목",
    "## Parts, 3 of them (50%): the first; it's one/two { #parts-3 }",
    "#### Probe { #probe }",
    "## Words { #words }",
    "### Third level { #third-level_3 }",
    "<p>One &amp; two</p>",
    "<p class='a'>One <br> <code>&lt;x&gt;</code> * _ ** [a](b)</p>",
    "<p>One</p>\n<p>Two</p>\n<div>Three</div>",
    "<div>\n<p>a</p>\n\n<p>b</p>\n\n</div>",
    "<table><tbody>\n<tr><td>1</td>\n<td>2</td></tr>\n</tbody></table>",
    "<div><div>in</div></div>",
    "<details><summary>More</summary>\n\n<p>x</p>\n</details>\n<p>end</p>",
    '<nav aria-label="x"><ul>\n<li>x</li>\n</ul></nav>',
    "<pre>a\n  b</pre>",
    FENCE,
    '````{ .json title="x" }\n```\n````',
    "```sh\nls\n```",
    "```\nplain\n```",
    '=== "Python"\n\n' + "\n".join(f"    {line}" if line else "" for line in FENCE.split("\n")),
    '=== "Python"\n\n    ```{ .python }\n    a = 1\n    ```\n\n    ```{ .py title="second" }\n      b\n    ```\n\n=== "Type Script"\n\n'
    "    ```{ .ts }\n    c\n    ```",
    '=== "A"\n\n    Words with <code>code</code>.\n    { .ce-note }\n\n    ```{ .ts }\n    c\n    ```',
]
OTHER = [
    "Words of a paragraph.",
    "- a list\n- of two",
    "## A heading",
    "## With `code` and **bold**",
    "## With [a link](https://example.org/)",
    "## Twice { #words }",
    "## Words",
    "# ",
    "#No heading",
    "## Words { #words .class }",
    "Title\n=====",
    "<p>One &copy two</p>",
    "<p>One</p> and a tail",
    "<div><div>in</div>",
    "<div>open",
    "closed</div>",
    "</div>",
    "    <p>indented, so code</p>",
    "  <p>two spaces</p>",
    "<span>inline</span>",
    "<p>a comment <!-- here --></p>",
    "<p>a `<` and 1 < 2</p>",
    "<div>\n```\ninside\n```\n</div>",
    "<hr>",
    "<p\nclass='a'>x</p>",
    "<p>a\tb</p>",
    '<nav aria-label="a > b">x</nav>',
    "```{ .python\nx\n```",
    "```{ .python }\nno end",
    "```{ .python }\nx\n``` ",
    '=== "A"',
    '=== "A"\n    close',
    '=== "A"\n\n    ```{ .ts }\n  c\n    ```',
    '=== "A"\n\n    words\n\n    - a list',
    '=== "A"\n\n    [link](index.md)\n    { .ce-note }',
    '=== "A"\n\n        ```{ .ts }\n        c\n        ```',
    "!!! note\n\n    x",
    "    ```{ .ts }\n    c\n    ```",
    "<p>__tabbed_1_1</p>",
]


@functools.cache
def _readers() -> tuple[Any, Any, QuickMarkdown]:
    config = load_config(str(ROOT / "mkdocs.yml"))
    stock, own = (markdown.Markdown(extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"]) for _ in range(2))
    return stock, own, QuickMarkdown(own)


def _compare(source: str) -> bool:
    """Compare both ways; return whether the quick one converted the text."""
    stock, _, quick = _readers()
    found = quick.convert(source)
    if found is None:
        return False
    stock.reset()
    assert found.html == stock.convert(source)
    assert found.tokens == stock.toc_tokens
    return True


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(KNOWN + OTHER), max_size=7),
    st.lists(st.sampled_from(["\n", "\n\n", "\n\n\n", "\n  \n"]), min_size=7, max_size=7),
)
def test_what_is_converted_is_that_of_python_markdown(chunks: list[str], between: list[str]):
    _compare("".join(chunk + gap for chunk, gap in zip(chunks, between, strict=False)))


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1, 6),
    st.text("aB9 한é²,.:;'()/%-_*&\\`\"[]{}#!<>~^|$@+=", min_size=1, max_size=12),
    st.sampled_from(["", " { #id }", " { #i_d-2 }"]),
)
def test_headings_of_any_words_are_those_of_python_markdown(level: int, words: str, id_: str):
    _compare(f"{'#' * level} {words}{id_}\n\n<p>x</p>")


@pytest.mark.parametrize("chunk", KNOWN + OTHER)
def test_each_block_alone_and_between_others(chunk: str):
    for source in (chunk, f"\n\n{chunk}\n\n", f"<p>a</p>\n\n{chunk}\n\n<p>b</p>", f"{chunk}\n<p>b</p>", f"<p>a</p>\n{chunk}"):
        _compare(source)


def test_a_page_of_all_that_the_templates_write_is_converted():
    assert _compare("\n\n".join(chunk for chunk in KNOWN if not chunk.startswith("# 한국어")))
    for chunk in KNOWN:
        assert _compare(chunk), chunk


@pytest.mark.parametrize(
    "chunk", ["Words of a paragraph.", "- a list", "<span>inline</span>", "<p>never closed", "## With [a](b.md)", "<p>&copy x</p>"]
)
def test_the_rest_is_left_to_python_markdown(chunk: str):
    assert not _compare(f"<p>a</p>\n\n{chunk}\n\n<p>b</p>")


def test_colours_are_the_same_when_they_are_shared():
    stock, _, quick = _readers()
    pages = [FENCE, FENCE.replace("Fails", "실패"), FENCE.replace("1 3", "2"), FENCE.replace("python", "json")]
    alone = [stock.reset().convert(page) for page in pages]

    with colours.shared():
        shared = [quick.convert(page) for page in pages * 2]

    assert [found.html for found in shared if found] == alone * 2
    assert stock.reset().convert(FENCE) == alone[0]
