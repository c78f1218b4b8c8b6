"""Rules about the snippets of an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.check.rule import Rule, each_rule, entry_rule, rule
from generator.content.catalogue import Located
from generator.content.document import Location
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem
from generator.content.project import Project
from generator.content.snippets import REQUIRED
from generator.schemas.entry import LANGUAGES


@entry_rule("An entry has its four snippets, or says why one is impossible.", "snippets")
def snippets_are_complete(located: Located, project: Project) -> Iterator[Problem]:
    slug = located.entry.slug
    if project.catalogue.by_slug.get(slug, located) is not located:
        return  # the programs are those of the first; that there is a second is another rule's
    found, impossible = project.snippets[slug].files, located.entry.snippets.impossible
    broken = {problem.path.rsplit("/", 1)[-1] for problem in project.snippets[slug].problems}
    for name in REQUIRED:
        if name not in found and name not in impossible and name not in broken:
            message = f"snippets/{slug}/{name} is missing"
            yield located.document.problem(("snippets",), message, "write it, or give the reason under `impossible:`")
        if name in found and name in impossible:
            place = ("snippets", "impossible", name)
            yield located.document.problem(place, "is said to be impossible, but the file exists", "remove one of the two")


@entry_rule("A repair snippet belongs to a sticky error.", "verdict")
def repair_is_for_sticky(located: Located, project: Project) -> Iterator[Problem]:
    found = project.snippets[located.entry.slug]
    for name in ("repair.py", "repair.ts"):
        if name in found.files and not located.entry.verdict.sticky:
            yield Problem(found.files[name].path, 1, 1, "", "repairs an error that is not sticky", "remove it, or set `sticky: true`")


@rule("Every snippet folder belongs to an entry.")
def folder_has_entry(project: Project) -> Iterator[Problem]:
    folder = project.root / "snippets"
    stems = {located.file_stem for located in project.catalogue.located}
    # An entry with a mistake of shape is not in the catalogue; its folder is no orphan.
    stems |= {path.stem for path in (project.root / "errors").glob("*.yml")}
    # Of thousands of folders only those are looked at that have another name than an entry.
    names = sorted({path.name for path in folder.iterdir()} - stems) if folder.is_dir() else []
    for name in names:
        if not name.startswith((".", "_")) and name != "node_modules" and (folder / name).is_dir():
            yield Problem(f"snippets/{name}", 1, 1, "", "belongs to no entry", f"write errors/{name}.yml, or remove it")


@entry_rule("A caption is plain text, since it stands in an attribute.")
def caption_is_plain(located: Located, project: Project) -> Iterator[Problem]:
    for role in ("trigger", "fix"):
        for language in LANGUAGES:
            text = getattr(getattr(located.entry.snippets, role), language)
            if any(mark in text for mark in '"`[]{}\n'):
                place = ("snippets", role, language)
                yield located.document.problem(place, "holds a quote, code, link or line break", "write plain words")


def weather_is_known(parse: Callable[[str, Project], object]) -> Rule:
    """Return the rule about scenarios. The mock knows what one is, and the rules do not know the mock: `parse` raises ValueError."""

    @each_rule("The weather of a program is a scenario of the mock.")
    def weather_is_known(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
        for place, weather in _weathers(located):
            try:
                parse(weather, project)
            except ValueError as error:
                message, _, hint = str(error).partition("; ")
                yield located.document.problem(place, message, hint or "see `claude-errors mock --list`")

    return weather_is_known


def _weathers(located: Located | LocatedPage) -> Iterator[tuple[Location, str]]:
    if isinstance(located, Located):
        for role, weather in located.entry.snippets.weather.items():
            yield ("snippets", "weather", role), weather
        return
    for number, section in enumerate(located.page.sections):
        for index, part in enumerate(section.parts):
            if part.program and part.program.weather:
                yield ("sections", number, "parts", index, "program", "weather"), part.program.weather


RULES = (snippets_are_complete, repair_is_for_sticky, folder_has_entry, caption_is_plain)
