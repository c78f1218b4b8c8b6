"""The command `claude-errors`. What prints and exits is here, save for that of `build`.

Exit codes: 0 all is well, 1 problems were found, 2 wrong use.
"""

from __future__ import annotations

import enum
import functools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.content.problems import Problem

# What a command needs it imports itself: the models of all entries take long to make, and `build` needs none here.
if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from generator.decode.explain import Explainer

app = typer.Typer(
    name="claude-errors",
    help="Bilingual error guides for the Claude API: check the entries, start new ones, build the site.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@functools.cache
def _console(stderr: bool) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def _out() -> Console:
    return _console(False)


def _err() -> Console:
    return _console(True)


class Format(enum.StrEnum):
    """How problems are printed."""

    text = "text"
    json = "json"


class ExplainFormat(enum.StrEnum):
    """How an answer of `explain` is printed."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


class Lang(enum.StrEnum):
    """A language of the site."""

    ko = "ko"
    en = "en"


ProjectFolder = Annotated[
    Path,
    typer.Option("--project", help="Folder that holds errors/, facts/ and templates/.", exists=True, file_okay=False, resolve_path=True),
]


@app.callback()
def _main() -> None:
    """Say nothing when all is well; colour only on a terminal."""


@app.command()
def check(
    folder: ProjectFolder = Path(),
    output: Annotated[Format, typer.Option("--format", help="Text for people, JSON for machines.")] = Format.text,
) -> None:
    """Report every problem of every entry, fact and snippet in one run."""
    from generator import check as lint
    from generator.content import project
    from generator.schemas import json_schemas

    problems = lint.run(project.load(folder))
    problems += [
        Problem(f"{json_schemas.FOLDER}/{name}", 1, 1, "", "is not what the models say", "run `claude-errors schema`")
        for name in json_schemas.stale(folder)
    ]
    if output is Format.json:
        typer.echo(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            _out().print(_in_colour(problem))
        if problems:
            _err().print(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'} found.")
    raise typer.Exit(1 if problems else 0)


@app.command()
def build(
    context: typer.Context,
    folder: ProjectFolder = Path(),
    strict: Annotated[bool, typer.Option(help="Take warnings, such as a broken link, as failures.")] = True,
) -> None:
    """Build both languages into site/; a failed build leaves the last good one."""
    from generator import build_command
    from generator.building import Builder, Order

    builder = context.obj or Builder()
    builder.start(Order(folder, strict))
    raise typer.Exit(build_command.run(builder))


@app.command()
def new(
    slug: Annotated[str, typer.Argument(help="Name of the error: an error_code of the API, or a name of ours.")],
    folder: ProjectFolder = Path(),
) -> None:
    """Start an entry and its four snippets; `check` then says what is left to write."""
    from generator import scaffold
    from generator.content import project

    try:
        written = scaffold.new(project.load(folder), slug)
    except scaffold.ScaffoldError as error:
        _err().print(f"claude-errors new: {error}", markup=False)
        raise typer.Exit(2) from None
    for file in written:
        _out().print(file.relative_to(folder).as_posix(), markup=False)


@app.command()
def schema(folder: ProjectFolder = Path()) -> None:
    """Write the JSON Schemas that editors use, from the models."""
    from generator.schemas import json_schemas

    for name in json_schemas.write(folder):
        _out().print(f"{json_schemas.FOLDER}/{name}", markup=False)


@app.command()
def coverage(folder: ProjectFolder = Path()) -> None:
    """Compare the catalogue with the error codes of the installed SDK and name those without a page."""
    from generator.check.coverage import compare
    from generator.content import project

    found = compare(project.load(folder))
    if not found.total:
        _err().print("No SDK with error codes is installed: pip install anthropic")
        raise typer.Exit(2)
    _out().print(f"{len(found.covered)} of {found.total} error codes of the SDK have a page; {len(found.gaps)} are known gaps.")
    for reason in dict.fromkeys(found.gaps.values()):
        _out().print(f"  {sum(value == reason for value in found.gaps.values()):3}  {reason}", markup=False)
    for error in found.missing:
        _out().print(f"no page and no reason: {error.status} {error.error_code} ({error.class_name})", markup=False)
    for problem in found.problems:
        _out().print(_in_colour(problem))
    raise typer.Exit(1 if found.missing or found.problems else 0)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(help="File with the error, or - for standard input.")] = "-",
    folder: ProjectFolder = Path(),
    language: Annotated[Lang, typer.Option("--lang", help="Language of the answer.")] = Lang.en,
    output: Annotated[
        ExplainFormat, typer.Option("--format", help="jsonl reads lines {id, text} and writes a line for each.")
    ] = ExplainFormat.text,
) -> None:
    """Say which guide answers a pasted error: whether to retry, who is at fault, what it was recognised by."""
    from generator.content import address, project
    from generator.decode.explain import Explainer

    try:
        text = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        _err().print(f"claude-errors explain: {file}: {error.strerror}", markup=False)
        raise typer.Exit(2) from None
    paste = text.decode("utf-8", errors="replace")
    explainer = Explainer(project.load(folder), language.value, address.site_url(folder))
    if output is ExplainFormat.jsonl:
        raise typer.Exit(_explain_lines(explainer, paste))
    if output is ExplainFormat.json:
        typer.echo(json.dumps(explainer.data(paste), ensure_ascii=False, indent=2))
    else:
        from rich.text import Text

        for label, words in explainer.lines(paste):
            line = Text(f"{label}: " if label else "", style="dim")
            _out().print(line.append(words, style="not dim"))
    raise typer.Exit(0 if explainer.answer(paste).slugs else 1)


def _explain_lines(explainer: Explainer, lines: str) -> int:
    wrong = 0
    for number, line in enumerate(lines.split("\n"), 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            identifier, text = asked["id"], asked["text"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            wrong += 1
            _err().print(f"line {number}: is not {{id, text}} as JSON", markup=False)
            continue
        record = explainer.record(explainer.answer(text))
        typer.echo(json.dumps({"id": identifier, **record}, ensure_ascii=False))
    return 2 if wrong else 0


@app.command()
def mock(
    folder: ProjectFolder = Path(),
    scenario: Annotated[str, typer.Option(help='What goes wrong, such as "overloaded_error;times=2"; nothing when left out.')] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1.")] = 8787,
    names: Annotated[bool, typer.Option("--list", help="Name every scenario and end.")] = False,
) -> None:
    """Serve a mock of the Claude API on loopback: point ANTHROPIC_BASE_URL of your program at it."""
    from generator.content import project

    try:
        from mock_api.scenario import ScenarioError, known
        from mock_api.server import serve
    except ImportError as error:
        _err().print(f"The mock needs {error.name}: pip install 'claude-errors[mock]', or run `make test` once.", markup=False)
        raise typer.Exit(2) from None
    loaded = project.load(folder)
    if names:
        for name, what in known({slug: located.entry for slug, located in loaded.catalogue.by_slug.items()}).items():
            _out().print(f"{name:32} {what}", markup=False)
        return
    _err().print(f"ANTHROPIC_BASE_URL=http://127.0.0.1:{port}   (any key will do; Ctrl+C ends it)", markup=False)
    try:
        serve(folder, port, scenario)
    except (ScenarioError, OSError) as error:
        _err().print(f"claude-errors mock: {error}", markup=False)
        raise typer.Exit(2) from None


def _in_colour(problem: Problem) -> Text:
    from rich.text import Text

    first, *hint = str(problem).split("\n")
    place = f"{problem.path}:{problem.line}:{problem.column}:"
    text = Text(place, style="bold")
    text.append(first.removeprefix(place), style="not bold")
    for line in hint:
        text.append(f"\n{line}", style="cyan not bold")
    return text


if __name__ == "__main__":
    app()
