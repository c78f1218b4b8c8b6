"""Blocks of HTML that are taken out at once, and what Python-Markdown gives without that."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.preprocessors import Preprocessor

from generator import raw_html

CHUNKS = [
    "Words of a paragraph.",
    "Words with <b>HTML</b> in them,\nand a second line.",
    "- a list\n- of two",
    "## A heading",
    "<p>One &amp; two</p>",
    "<p>One &copy two</p>",
    "<p class='a'>One <br> <code>&lt;x&gt;</code></p>",
    "<p>One</p> and a tail",
    "<p>One</p>\n<p>Two</p>",
    "<table><tbody>\n<tr><td>1</td>\n<td>2</td></tr>\n</tbody></table>",
    "<div><div>in</div></div>",
    "<div><div>in</div>",
    "<div>open",
    "closed</div>",
    "</div>",
    "<details><summary>More</summary>",
    "<p>inside or outside</p>",
    "</details>",
    "<details><summary>Whole</summary>\n<p>x</p></details>",
    "    <p>indented, so code</p>",
    "  <p>two spaces</p>",
    "\n<p>one more line before</p>",
    "<span>inline</span>",
    "<p>a comment <!-- here --></p>",
    "<p>a `<` and 1 < 2</p>",
    "<pre>a\n  b</pre>",
    "<hr>",
    '<nav aria-label="a > b"><ul>\n<li>x</li>\n</ul></nav>',
]


class Whole(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return raw_html.stashed("\n".join(lines), self.md.htmlStash.store, self.md.is_block_level).split("\n")


def converted(source: str, *, at_once: bool) -> str:
    reader = markdown.Markdown()
    if at_once:
        reader.preprocessors.register(Whole(reader), "whole", 20.5)
    return str(reader.convert(source))


@given(st.lists(st.sampled_from(CHUNKS), max_size=9), st.sampled_from(["", "\n", "\n\n"]))
def test_result_is_that_of_python_markdown(chunks: list[str], end: str):
    source = "\n\n".join(chunks) + end

    assert converted(source, at_once=True) == converted(source, at_once=False)


@pytest.mark.parametrize("chunk", CHUNKS)
def test_each_chunk_alone_and_between_others(chunk: str):
    for source in (chunk, f"a\n\n{chunk}\n\nb", f"{chunk}\n\n{chunk}\n\n{chunk}\n"):
        assert converted(source, at_once=True) == converted(source, at_once=False)


def test_whole_block_is_taken_out_and_what_stays_is_left_alone():
    taken: list[str] = []

    def store(text: str) -> str:
        taken.append(text)
        return f"<{len(taken)}>"

    source = "a\n\n<p>b</p>\n\n<div>\n\n<p>c</p>\n\n</div>\n\n<ul>\n<li>d</li>\n</ul>\n\ne"
    left = raw_html.stashed(source, store, lambda tag: tag != "b")

    assert taken == ["<p>b</p>\n", "<ul>\n<li>d</li>\n</ul>\n"]
    assert "<div>\n\n<p>c</p>\n\n</div>" in left
