"""Tokens of programs, and those that Pygments finds by itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexer import RegexLexer
from pygments.lexers import get_lexer_by_name

from generator.build import lexing
from tests.unit.projects import ROOT

#: Those of the pages, and others with rules of other kinds.
LANGUAGES = ["python", "ts", "sh", "json", "text", "js", "yaml", "html", "ruby", "go", "sql", "c", "perl", "ini", "http", "pytb", "diff"]
PROGRAMS = sorted(path for path in (ROOT / "snippets").rglob("*") if path.suffix in (".py", ".ts") and "node_modules" not in path.parts)
PIECES = [
    *(
        "def f(a: int = 1) -> str:\n",
        "import os, sys\n",
        "from a.b import (c as d)\n",
        "class A(B):\n",
        "    return None\n",
        "async with x as y:\n",
    ),
    *(
        'f"{a!r:>{w}} {{}}"',
        "rb'\\x00'",
        '"""doc\nstring"""',
        "# comment 한국어\n",
        "0x_ff 1_000.5e-3j",
        "@wraps(f)\n",
        "lambda *a, **k: 0\n",
    ),
    *(
        "const a: Record<string, number> = {};\n",
        "`t ${a + `${b}`} é`",
        "// c\n",
        "/* a\n b */",
        "/re[/]x/gi.test(s)",
        "a?.b ?? c\n",
        "export default async function* () {}\n",
    ),
    *(
        '$(ls -la | grep "x$y")\n',
        "cat <<'EOF'\nx\nEOF\n",
        "export A=${B:-c}\n",
        '{"a": [1, -2.5e3, true, null, "\\u00e9"]}',
        "<p class='x'>&amp;</p>",
        "key: [a, b] # c\n",
    ),
    *("\n", "\r\n", " ", "\t", "\\", '"', "'", "{", "}", "(", ")", "\u212a\u017f\u0130", "match x:\n  case _:\n", "SELECT * FROM t;\n"),
]


def _both(language: str, text: str) -> tuple[list[Any], list[Any]]:
    return [list(make(get_lexer_by_name(language)).get_tokens(text)) for make in (lexing.quick, lambda lexer: lexer)]  # type: ignore[return-value]


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_tokens_of_any_text_are_those_of_pygments(language: str, data: st.DataObject):
    text = "".join(data.draw(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=12)))

    quick, stock = _both(language, text)

    assert quick == stock


def test_tokens_of_all_programs_are_those_of_pygments():
    assert PROGRAMS
    for path in PROGRAMS:
        quick, stock = _both("python" if path.suffix == ".py" else "ts", path.read_text(encoding="utf-8"))
        assert quick == stock, path


def test_lexers_of_the_pages_are_quick_and_others_stay_as_they_are():
    for language in ("python", "ts", "sh"):
        lexer = lexing.quick(get_lexer_by_name(language))
        assert "get_tokens_unprocessed" in vars(lexer)
    json = lexing.quick(get_lexer_by_name("json"))
    assert not isinstance(json, RegexLexer)
    assert "get_tokens_unprocessed" not in vars(json)


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("abc", "a"),
        ("a|b?c", "abc"),
        ("(?:a|b)+", "ab"),
        (r"\bword", "w"),
        (r"(?!x)y", "y"),
        (r"[^\x00-\x60\x7b-\x7f]q", "abcdefghijklmnopqrstuvwxyz"),
        (r"\d", "0123456789"),
        ("(?i)a", "aA"),
    ],
)
def test_first_characters(pattern: str, first: str):
    assert lexing._first(re.compile(pattern)) == set(first)


@pytest.mark.parametrize("pattern", ["a*", "", "(a)?\\1b", "(?i)\u212a", "(?i)[\u0100-\uffff]", "(?i:a)", "(?=a)", "$"])
def test_patterns_that_may_find_nothing_or_anything_are_always_asked(pattern: str):
    assert lexing._first(re.compile(pattern)) == lexing._ASCII
