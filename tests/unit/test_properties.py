"""What holds for every input, tried with many: nothing crashes, nothing is lost, nothing runs.

The same inputs in every run; a new idea belongs into a strategy, a found bug into
a test of its own.
"""

from __future__ import annotations

import datetime
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import check
from generator.content import project
from generator.content.document import Document
from generator.content.problems import Problem
from generator.content.validation import validate
from generator.content.yaml_reader import parse, read
from generator.schemas.entry import Entry
from generator.system import files
from generator.text import inline
from generator.text.message import SignatureError, compile_signature, fill, placeholders
from tests.unit.projects import FULL, SmallProject

SOURCE = (Path(__file__).parents[1] / "fixtures/small" / FULL).read_text(encoding="utf-8")
STEADY = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def tries(number: int) -> settings:
    return settings(STEADY, max_examples=number)


def assert_problems_are_placed(problems: tuple[Problem, ...] | list[Problem], text: str) -> None:
    lines = len(re.split(r"\r\n|\r|\n", text))
    for problem in problems:
        assert problem.message
        assert problem.hint
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert str(problem).encode()


def assert_read_or_reported(document: Document, text: str) -> None:
    assert (document.data is None) == bool(document.problems)
    _, problems = validate(document, Entry)
    assert_problems_are_placed(problems, text)


#: Characters that mean something to YAML or to the reader, often together.
YAML_TEXT = st.text(st.sampled_from("ab01-+:,.?!&*#|>%@`'\"[]{}<>~= \t\n\r\\\x00\x01\x85\u2028\ufeff가é😀"), max_size=60)


@tries(300)
@given(content=st.one_of(st.binary(max_size=80), st.text(max_size=60).map(str.encode), YAML_TEXT.map(str.encode)))
def test_any_bytes_are_read_or_reported(tmp_path: Path, content: bytes):
    file = tmp_path / "x.yml"
    file.write_bytes(content)
    document = read(file, "x.yml")

    assert_read_or_reported(document, content.decode("latin-1"))


@tries(400)
@given(text=st.one_of(st.text(max_size=60), YAML_TEXT))
def test_any_text_is_read_or_reported(text: str):
    assert_read_or_reported(parse(text, "x.yml"), text)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """Draw the text of a real entry with a few mistakes of the kind that people make."""
    lines = SOURCE.splitlines()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 7)):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                column = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:column] + draw(YAML_TEXT.map(lambda text: text[:5])) + lines[at][column:]
            case 4:
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case 5:
                lines[at] = " " * draw(st.integers(0, 6)) + lines[at].lstrip()
            case 6:
                lines = lines[: at + 1]
            case _:
                key = lines[at].split(":")[0]
                lines[at] = (
                    f"{key}: {draw(st.sampled_from(['', '~', '5', 'true', '2026-01-01', '[]', '{}', '[a, {b: c}]', 'x', '{{ a.b }}']))}"
                )
    return "\n".join(lines)


@tries(150)
@given(text=mutations())
def test_entry_with_any_mistake_is_read_or_reported(text: str):
    assert_read_or_reported(parse(text, "x.yml"), text)


@tries(40)
@given(text=mutations())
def test_project_with_any_mistake_in_an_entry_is_checked(small: SmallProject, text: str):
    small.write(FULL, text)
    problems = check.run(project.load(small.root))

    assert_problems_are_placed([problem for problem in problems if problem.path == FULL], text)


#: What a quoted text can hold as it stands.
PRINTABLE = st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\ufeff")
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 3)),
    st.text(PRINTABLE, max_size=20),
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(PRINTABLE, max_size=8), inner, max_size=4)),
    max_leaves=12,
)


@tries(200)
@given(data=DATA, indent=st.sampled_from([None, 2]))
def test_json_reads_back_as_it_was(data: object, indent: int | None):
    assume(data is not None)
    document = parse(json.dumps(data, ensure_ascii=False, indent=indent), "x.yml")

    assert document.problems == ()
    assert document.data == data


@tries(100)
@given(
    data=st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.one_of(st.text(PRINTABLE, max_size=30), st.dates()), min_size=1)
)
def test_yaml_of_another_writer_reads_back_as_it_was(data: dict[str, object]):
    # PyYAML quotes for YAML 1.1, which quotes more than 1.2 asks for.
    document = parse(yaml.safe_dump(data, allow_unicode=True), "x.yml")

    assert document.problems == ()
    assert isinstance(document.data, dict)
    assert document.data == dict(data.items())
    assert all(type(document.data[key]) is type(value) for key, value in data.items() if isinstance(value, datetime.date))


PATHS = st.lists(st.sampled_from("ab"), min_size=1, max_size=3).map("/".join)


def is_a_tree(files: dict[str, bytes]) -> bool:
    return not any(other.startswith(f"{path}/") for path in files for other in files)


TREES = st.dictionaries(PATHS, st.binary(max_size=3), max_size=5).filter(is_a_tree)


@tries(60)
@given(trees=st.lists(TREES, min_size=1, max_size=3))
def test_tree_is_made_exactly_whatever_stood_there(tmp_path: Path, trees: list[dict[str, bytes]]):
    root = tmp_path / "tree"
    for wanted in trees:
        files.prune(root, wanted)  # first, since a file may stand where a folder stood, or the other way round
        files.write_all(root, wanted)

        assert {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()} == wanted
        assert {folder for folder in root.rglob("*") if folder.is_dir()} == {root / path for path in folders(wanted)}


def folders(files: dict[str, bytes]) -> set[str]:
    return {parent.as_posix() for path in files for parent in Path(path).parents} - {"."}


TEMPLATES = st.lists(
    st.one_of(st.text(max_size=12), st.sampled_from(["<n>", "<a_1>", " of ", "Error: ", "<", ">", "\n", "  "])), max_size=6
).map("".join)


@tries(300)
@given(template=TEMPLATES, value=st.text(max_size=10), before=st.text(max_size=8), after=st.text(max_size=8))
def test_filled_message_is_recognised_by_its_own_template(template: str, value: str, before: str, after: str):
    try:
        signature = compile_signature(template)
    except SignatureError:
        return
    message = fill(template, dict.fromkeys(placeholders(template), value))

    assert signature.recognises(message)
    assert signature.recognises(f"{before} {message} {after}")
    assert signature.recognises(re.sub(r"\s+", "\n   ", message))


class Tags(HTMLParser):
    """Collects the tags and attributes of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.closed_in_order = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.closed_in_order = self.closed_in_order and self.open[-1:] == [tag]
        self.open = self.open[:-1]

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", {}))


MARKUP = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "<script>",
                "</script>",
                "<img src=x onerror=",
                "](",
                "[x](javascript:",
                "[x](https://a.example/",
                "guide:x",
                ")",
                "`",
                "**",
                "_",
                "[^a]",
                "<!--",
                "-->",
                "&lt;",
                "&#60;",
                "\\",
                '"',
                " 'on",
                "<a href=",
                "![",
                "{{ a.b }}",
                "\n",
                "<",
                ">",
                "data:text/html,",
                "<https://x>",
            ]
        ),
    ),
    max_size=8,
).map("".join)


@tries(400)
@given(text=MARKUP)
def test_no_text_becomes_html_of_its_own(text: str):
    tags = Tags()
    tags.feed(inline.to_html(text, link=lambda slug: f"../{slug}/", cite=lambda source: f"<sup>{source}</sup>"))
    tags.close()

    assert tags.closed_in_order
    assert tags.open == []
    for tag, attributes in tags.found:
        assert tag in {"a", "code", "strong", "sup"}
        assert attributes.keys() <= {"href"}
        assert not re.match(r"\s*(javascript|data|vbscript):", attributes.get("href") or "", re.IGNORECASE)


@tries(300)
@given(text=MARKUP.map(lambda text: " ".join(text.split())))
def test_markdown_of_any_text_holds_no_html_no_image_and_no_link_of_its_own(text: str):
    written = inline.to_markdown(text, link=lambda slug: f"https://a.example/{slug}", cite=lambda source: "[1]")
    inside = [child for token in MarkdownIt("commonmark").parse(written) for child in token.children or []]

    assert not [token for token in inside if token.type in ("html_inline", "image")], written
    assert len([token for token in inside if token.type == "link_open"]) <= len(inline.links(text)), written


@tries(150)
@given(text=st.text(st.one_of(st.sampled_from("\\`*_{}[]()#+-.!~|<>&:\"' "), PRINTABLE), max_size=20))
def test_any_plain_text_in_markdown_is_shown_as_it_is(text: str):
    title = " ".join(text.split())
    assume(title)

    assert html.unescape(MarkdownIt("commonmark").render(f"x {inline.escaped(title)} x")) == f"<p>x {title} x</p>\n"


#: Marks and what may stand between them.
SCRAPS = [
    "\n",
    " ",
    "a",
    "한",
    "1",
    "_",
    "`",
    "`x`",
    "[^a]",
    "[^A]",
    "[",
    "]",
    "[b](https://a)",
    "[`b`](https://a)",
    "[` `](https://a)",
    "[` b ",
    "](guide:x_y)",
    "](",
    "(",
    ")",
    "*",
    "**",
    "**b**",
    "&",
    ";",
    "!",
    "\\",
    "<",
    "^",
    "%41",
    "#",
    ".",
    "“",
    "` x `",
    "` `",
]


@tries(1500)
@given(text=st.lists(st.sampled_from(SCRAPS), max_size=7).map("".join))
def test_text_with_no_stray_mark_is_read_as_other_readers_of_markdown_read_it(text: str):
    """So an author who knows Markdown is never surprised."""
    wanted = " ".join(text.split(" ")).strip()
    assume(not inline.stray_mark(wanted) and "[^" not in wanted and all(link.startswith("https:") for link in inline.links(wanted)))
    reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "autolink", "html_inline"])

    assert inline.to_html(wanted, link=str, cite=str) == reader.renderInline(wanted).strip()


@tries(150)
@given(text=st.one_of(MARKUP, st.text(PRINTABLE)))
def test_plain_text_of_any_markup_can_be_made(text: str):
    assert isinstance(inline.plain(text), str)
    assert isinstance(inline.prose(text), str)
