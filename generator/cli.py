"""The command `claude-errors`. What prints and exits is here.

Exit codes: 0 all is well, 1 problems were found, 2 wrong use.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator.content.problems import Problem

# What a command needs it imports itself: the models of all entries take long to make.
if TYPE_CHECKING:
    from generator.decode.explain import Explainer

in_project: Callable[[Any], Any] = click.option(
    "--project",
    "folder",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    default=Path(),
    help="Folder that holds errors/, facts/ and templates/.",
)


@click.group(context_settings={"help_option_names": ["--help"]})
def main() -> None:
    """Bilingual error guides for the Claude API: check the entries, start new ones, build the site."""


@main.command()
@in_project
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="Text for people, JSON for machines.")
def check(folder: Path, output: str) -> None:
    """Report every problem of every entry, fact and snippet in one run."""
    from generator import check as rules
    from generator.check.programs import weather_is_known
    from generator.content import project
    from generator.schemas import json_schemas
    from mock_api import scenario

    def parse(weather: str, known: project.Project) -> None:
        entries = {one.entry.slug: one.entry for one in (*known.catalogue.mended, *known.catalogue.located)}
        scenario.parse(weather, entries, known.facts.models.models)

    problems = rules.run(project.load(folder), (*rules.RULES, weather_is_known(parse)))
    problems += [
        Problem(f"{json_schemas.FOLDER}/{name}", 1, 1, "", "is not what the models say", "run `claude-errors schema`")
        for name in json_schemas.stale(folder)
    ]
    if output == "json":
        click.echo(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(_in_colour(problem))
        if problems:
            _tell(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'} found.")
    sys.exit(1 if problems else 0)


@main.command()
@in_project
@click.option("--strict/--no-strict", default=True, show_default=True, help="Take warnings, such as a broken link, as failures.")
def build(folder: Path, strict: bool) -> None:
    """Build both languages into site/; a failed build leaves the last good one."""
    gc.set_threshold(20_000, 10, 10)  # what is loaded leaves little to collect, and looking for it as often as usual takes a tenth
    # Material prints a notice about its future at every start; a quiet build is worth more here.
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    log = logging.getLogger("mkdocs")
    log.setLevel(logging.WARNING)
    shown = logging.StreamHandler()
    shown.setFormatter(logging.Formatter("%(levelname)s - %(message)s"))
    log.addHandler(shown)
    if sys.stderr.isatty():
        _tell("Building the Korean and the English site.")
    try:
        config = load_config(str(folder / "mkdocs.yml"), strict=strict or None)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build_site(config)
        finally:
            config.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        _tell(str(error))
        sys.exit(1)
    finally:
        log.removeHandler(shown)


@main.command()
@click.argument("slug")
@in_project
def new(slug: str, folder: Path) -> None:
    """Start the entry SLUG and its four snippets; `check` then says what is left to write.

    SLUG is an error_code of the API, or a name of ours.
    """
    from generator import scaffold
    from generator.content import project

    try:
        written = scaffold.new(project.load(folder), slug)
    except scaffold.ScaffoldError as error:
        _fail(f"claude-errors new: {error}")
    for file in written:
        click.echo(file.relative_to(folder).as_posix())


@main.command()
@in_project
@click.option("--rule", "new", multiple=True, help="A new rule, of which all breaches of today are excused.")
def exceptions(folder: Path, new: tuple[str, ...]) -> None:
    """Write lint-exceptions.yml anew, without what was mended; only a project without that file gets all there is."""
    from generator import check as rules
    from generator.content import project

    click.echo(rules.shrink(project.load(folder), new).relative_to(folder).as_posix())


@main.command()
@in_project
def schema(folder: Path) -> None:
    """Write the JSON Schemas that editors use, from the models."""
    from generator.schemas import json_schemas

    for name in json_schemas.write(folder):
        click.echo(f"{json_schemas.FOLDER}/{name}")


@main.command()
@in_project
def coverage(folder: Path) -> None:
    """Compare the catalogue with the error codes of the installed SDK and name those without a page."""
    from generator.check.coverage import compare
    from generator.content import project

    found = compare(project.load(folder))
    if not found.total:
        _fail("No SDK with error codes is installed: pip install anthropic")
    click.echo(f"{len(found.covered)} of {found.total} error codes of the SDK have a page; {len(found.gaps)} are known gaps.")
    for reason in dict.fromkeys(found.gaps.values()):
        click.echo(f"  {sum(value == reason for value in found.gaps.values()):3}  {reason}")
    for error in found.missing:
        click.echo(f"no page and no reason: {error.status} {error.error_code} ({error.class_name})")
    for problem in found.problems:
        click.echo(_in_colour(problem))
    sys.exit(1 if found.missing or found.problems else 0)


@main.command()
@click.argument("pasted", default="-", metavar="[TEXT|FILE]")
@in_project
@click.option("--lang", "language", type=click.Choice(["ko", "en"]), default="en", show_default=True, help="Language of the answer.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    help="jsonl reads lines {id, text} and writes a line for each.",
)
def explain(pasted: str, folder: Path, language: str, output: str) -> None:
    """Say which guide answers a pasted error: whether to retry, who is at fault, what it was recognised by.

    Give the text itself, in quotes, or the name of a file that holds it; without either it is read from standard input.
    """
    from generator.content import address, project
    from generator.decode.explain import Explainer

    try:
        if pasted == "-":
            text = sys.stdin.buffer.read()
        elif _is_path(pasted):
            text = Path(pasted).read_bytes()
        else:
            text = pasted.encode(errors="replace")
    except OSError as error:
        _fail(f"claude-errors explain: {pasted}: {error.strerror}")
    paste = text.decode("utf-8", errors="replace")
    explainer = Explainer(project.load(folder), language, address.site_url(folder))
    if output == "jsonl":
        sys.exit(_explain_lines(explainer, paste))
    if output == "json":
        click.echo(json.dumps(explainer.data(paste), ensure_ascii=False, indent=2))
    else:
        for label, words in explainer.lines(paste):
            click.echo((click.style(f"{label}: ", dim=True) if label else "") + words)
    sys.exit(0 if explainer.answer(paste).slugs else 1)


def _is_path(pasted: str) -> bool:
    """Return whether an argument names a file: one that is there, or what looks like a name more than like an error."""
    return bool(re.fullmatch(r"\S*/[^\s:]*|\S+\.(txt|log|jsonl?)", pasted)) or (len(pasted) < 256 and Path(pasted).is_file())


def _explain_lines(explainer: Explainer, lines: str) -> int:
    """Answer each line of JSON with one; return the exit code."""
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
            _tell(f"line {number}: is not {{id, text}} as JSON")
            continue
        record = explainer.record(explainer.answer(text))
        click.echo(json.dumps({"id": identifier, **record}, ensure_ascii=False))
    return 2 if wrong else 0


@main.command()
@in_project
@click.option("--scenario", default="", help='What goes wrong, such as "overloaded_error;times=2"; nothing when left out.')
@click.option("--port", type=click.IntRange(0, 65535), default=8787, show_default=True, help="Port on 127.0.0.1.")
@click.option("--list", "names", is_flag=True, help="Name every scenario and end.")
def mock(folder: Path, scenario: str, port: int, names: bool) -> None:
    """Serve a mock of the Claude API on loopback: point ANTHROPIC_BASE_URL of your program at it."""
    from generator.content import project

    try:
        from mock_api.scenario import ScenarioError, known
        from mock_api.server import serve
    except ImportError as error:
        _fail(f"The mock needs {error.name}: pip install 'claude-errors[mock]', or run `make test` once.")
    loaded = project.load(folder)
    if names:
        for name, what in known({slug: located.entry for slug, located in loaded.catalogue.by_slug.items()}).items():
            click.echo(f"{name:32} {what}")
        return
    _tell(f"ANTHROPIC_BASE_URL=http://127.0.0.1:{port}   (any key will do; Ctrl+C ends it)")
    try:
        serve(folder, port, scenario)
    except (ScenarioError, OSError) as error:
        _fail(f"claude-errors mock: {error}")


def _in_colour(problem: Problem) -> str:
    """Return a problem as text with colours, which `click.echo` leaves out where no terminal is."""
    first, *hint = str(problem).split("\n")
    place = f"{problem.path}:{problem.line}:{problem.column}:"
    return "\n".join((click.style(place, bold=True) + first.removeprefix(place), *(click.style(line, fg="cyan") for line in hint)))


def _tell(message: str) -> None:
    click.echo(message, err=True)


def _fail(message: str) -> NoReturn:
    """Say why nothing could be done, and end."""
    _tell(message)
    sys.exit(2)


if __name__ == "__main__":
    main()
