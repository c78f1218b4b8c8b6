"""Rules about the pages of `pages/`: their parts, their programs, what they cite and whom they concern."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rule import rule, sides_of
from generator.content.document import Location
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem, did_you_mean
from generator.content.project import Project
from generator.content.snippets import API_FOLDER, PAGE_FILES
from generator.schemas.entry import LANGUAGES
from generator.schemas.page import Program
from generator.text import inline


@rule("A part of a section is exactly one thing, and a row of a table has a cell for each column.")
def part_is_one_thing(project: Project) -> Iterator[Problem]:
    for located in project.handbook.located:
        for number, section in enumerate(located.page.sections):
            for index, part in enumerate(section.parts):
                place: Location = ("sections", number, "parts", index)
                names = [name for name in type(part).model_fields if getattr(part, name) is not None]
                if len(names) != 1:
                    found = " and ".join(f"`{name}`" for name in names) or "nothing"
                    yield located.document.problem(place, f"is {found}", "give each part exactly one of the fields")
                for row, cells in enumerate(part.table.rows if part.table else ()):
                    if part.table and len(cells) != len(part.table.head):
                        message = f"has {len(cells)} cells, the head has {len(part.table.head)}"
                        yield located.document.problem((*place, "table", "rows", row), message, "give each column a cell")


@rule("The ids of a page's sections are different.")
def section_ids_differ(project: Project) -> Iterator[Problem]:
    for located in project.handbook.located:
        seen: set[str] = set()
        for number, section in enumerate(located.page.sections):
            if section.id in seen or section.id in ("sources", "parts"):
                yield located.document.problem(("sections", number, "id"), f"`{section.id}` is taken", "choose another id")
            seen.add(section.id)


@rule("A program of a page has both of its files, and every folder of programs is shown.")
def programs_are_complete(project: Project) -> Iterator[Problem]:
    shown: dict[str, str] = {}
    for located in project.handbook.located:
        for place, program in _programs(located):
            folder = f"_{program.folder}"
            if folder in shown:
                yield located.document.problem(place, f"stands on {shown[folder]} too", "show each program once, and link to it")
            shown[folder] = located.document.path
            broken = {problem.path.rsplit("/", 1)[-1] for problem in project.page_snippets[folder].problems}
            for name in PAGE_FILES:
                if name not in project.page_snippets[folder].files and name not in broken:
                    yield located.document.problem(place, f"snippets/{folder}/{name} is missing", "write it")
    folder_of_all = project.root / "snippets"
    # One folder for each guide stands beside them.
    for path in sorted(folder_of_all.glob("_*")) if not project.handbook.problems else []:
        if path.is_dir() and path.name not in (API_FOLDER, "__pycache__", *shown):
            yield Problem(f"snippets/{path.name}", 1, 1, "", "is shown by no page", f"name `{path.name[1:]}` in a page, or remove it")


@rule("A caption is plain text, since it stands in an attribute.")
def program_title_is_plain(project: Project) -> Iterator[Problem]:
    for located in project.handbook.located:
        for place, program in _programs(located):
            for language in LANGUAGES:
                if re.search(r'["`\[\]{}\n]', getattr(program.title, language)):
                    hint = "write plain words"
                    yield located.document.problem((*place, "title", language), "holds a quote, code, link or line break", hint)


@rule("Every source that a page lists is known and cited, and every page cites one.")
def page_sources_exist(project: Project) -> Iterator[Problem]:
    for located in project.handbook.located:
        page, document = located.page, located.document
        known = {*project.facts.sources, *page.sources}
        cited: set[str] = set()
        stated = False
        for location, _, text in sides_of(located):
            stated |= bool(inline.references(text))
            for source in inline.citations(text):
                cited.add(source)
                if source not in known and "sources" not in project.facts.broken:
                    hint = did_you_mean(source, known, "add it to facts/sources.yml or to `sources:` of this page")
                    yield document.problem(location, f"`[^{source}]` is not a source", hint)
        for source in page.sources:
            if source in project.facts.sources:
                yield document.problem(("sources", source), "stands in facts/sources.yml too", "remove it here")
            elif source not in cited:
                yield document.problem(("sources", source), "is never cited", f"cite it as `[^{source}]`, or remove it")
        if page.kind != "AboutPage" and not cited and not stated:
            yield document.problem((), "cites no source", "add `[^source_id]` after the statements, in both languages", field="sections")


@rule("The guides that a section concerns exist.")
def concerned_guides_exist(project: Project) -> Iterator[Problem]:
    for located in project.handbook.located:
        for number, section in enumerate(located.page.sections):
            for index, slug in enumerate(section.guides):
                if slug not in project.catalogue.by_slug and slug not in project.catalogue.unreadable:
                    place = ("sections", number, "guides", index)
                    hint = did_you_mean(slug, project.catalogue.by_slug, "correct the slug")
                    yield located.document.problem(place, f"`{slug}` is no guide", hint)


@rule("The page that a part belongs to exists.")
def hub_exists(project: Project) -> Iterator[Problem]:
    unreadable = {problem.path for problem in project.handbook.problems}
    for located in project.handbook.located:
        hub = located.parent
        if hub and hub not in project.handbook.by_path and f"pages/{hub}.yml" not in unreadable:
            yield Problem(located.document.path, 1, 1, "", f"is a part of `{hub}`, which is not there", f"write pages/{hub}.yml")


def _programs(located: LocatedPage) -> Iterator[tuple[Location, Program]]:
    for number, section in enumerate(located.page.sections):
        for index, part in enumerate(section.parts):
            if part.program:
                yield ("sections", number, "parts", index, "program"), part.program


RULES = (
    part_is_one_thing,
    section_ids_differ,
    programs_are_complete,
    program_title_is_plain,
    page_sources_exist,
    concerned_guides_exist,
    hub_exists,
)
