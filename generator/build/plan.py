"""Which pages a site has, cut into units: pieces of work that can be done in any order and on any core.

A unit is one entry, with all that is made of it, or one other page. Its key names everything that it is made of. Must not
know how a page is rendered or what builds HTML from it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from generator.content.handbook import LocatedPage
from generator.content.project import Project
from generator.content.reading import EXCEPTIONS
from generator.content.snippets import SnippetSet
from generator.render import Renderer, navigation
from generator.render.html import RenderedPage
from generator.render.navigation import Link
from generator.schemas.entry import LANGUAGES, Entry
from generator.system.cache import digest

#: Files and folders, below the project, that any page may show something of.
SHARED = (
    *("facts", "pages", "templates", EXCEPTIONS),  # of the last they show nothing, but a unit in the cache is not checked again
    *("requirements/test.txt", "snippets/package-lock.json"),
)

_CSS_COMMENT = re.compile(rb"/\*.*?\*/\n?", re.DOTALL)

Make = Callable[[Renderer], RenderedPage]


@dataclasses.dataclass(frozen=True)
class PlannedPage:
    """A page that is still to be rendered."""

    path: str
    """Name among the sources of MkDocs, such as `ko/errors/batch_error.md`."""
    make: Make
    copy: Callable[[Renderer], str] | None = None
    """Returns the Markdown copy of a page that is no guide; a guide's is made with the other files of its entry."""

    @property
    def address(self) -> str:
        """Path of the HTML file below the site."""
        stem = self.path.removesuffix(".md")
        return f"{stem}.html" if stem.rpartition("/")[2] == "index" else f"{stem}/index.html"

    @property
    def copy_path(self) -> str:
        """Path of the copy below the site."""
        return f"{self.path.removesuffix('.md')}/index.md"


@dataclasses.dataclass(frozen=True)
class Unit:
    """Pages that are made together."""

    name: str
    """A slug, or the path of a page."""
    pages: tuple[PlannedPage, ...]
    entry: Entry | None = None
    sees: Literal["cards", "entries"] = "cards"
    """What of other entries it may show: their cards, or all of them."""


def units(project: Project, site_url: str | None = None) -> list[Unit]:
    """Return all units; those of other pages first, of which some are large."""
    others = [Unit(page.path, (page,), sees=sees) for language in LANGUAGES for page, sees in _other_pages(project, language, site_url)]
    return [*others, *(_of_entry(entry) for entry in project.catalogue.entries)]


def _of_entry(entry: Entry) -> Unit:
    pages = []
    for language in LANGUAGES:
        pages.append(PlannedPage(f"{language}/errors/{entry.slug}.md", _guide(language, entry)))
        pages += [PlannedPage(f"{language}/errors/{old}.md", _redirect(language, entry)) for old in entry.redirect_from]
    return Unit(entry.slug, tuple(pages), entry)


def _guide(language: str, entry: Entry) -> Make:
    return lambda renderer: renderer.guides.guide(language, entry)


def _redirect(language: str, entry: Entry) -> Make:
    return lambda renderer: renderer.guides.redirect(language, entry)


def _other_pages(project: Project, language: str, site_url: str | None) -> Iterator[tuple[PlannedPage, Literal["cards", "entries"]]]:
    site = site_url or "/"
    yield PlannedPage(f"{language}/index.md", lambda renderer: renderer.tools.index(language)), "entries"
    yield PlannedPage(f"{language}/decode.md", lambda renderer: renderer.tools.decode(language)), "cards"
    yield PlannedPage(f"{language}/mock.md", lambda renderer: renderer.tools.mock(language)), "entries"
    yield PlannedPage(f"{language}/api.md", lambda renderer: renderer.tools.api(language, site)), "entries"
    yield PlannedPage(f"{language}/changes.md", lambda renderer: renderer.pages.changes(language)), "entries"
    if project.facts.glossary.terms:
        yield PlannedPage(f"{language}/glossary.md", lambda renderer: renderer.pages.glossary(language)), "cards"
    yield PlannedPage(f"{language}/calculators.md", lambda renderer: renderer.pages.calculators(language)), "cards"
    for located in project.handbook.located:
        drawn = any(part.figure == "decision" for section in located.page.sections for part in section.parts)
        yield _page(language, located, site), "entries" if drawn else "cards"


def _page(language: str, located: LocatedPage, site: str) -> PlannedPage:
    return PlannedPage(
        f"{language}/{located.path}.md",
        lambda renderer: renderer.pages.page(language, located),
        lambda renderer: renderer.pages.page_copy(language, located, site),
    )


def own_digests(project: Project, planned: list[Unit]) -> dict[str, str]:
    """Return, by the name of each unit, the digest of the file and the programs that it alone is made of; empty for a computed page."""
    found = {
        slug: digest(located.document.digest, *_digests(project.snippets[slug])) for slug, located in project.catalogue.by_slug.items()
    }
    for page in project.handbook.located:
        programs = [project.page_snippets[f"_{program.folder}"] for program in page.page.programs]
        found[page.path] = digest(page.document.digest, *(part for code in programs for part in _digests(code)))
    return {unit.name: found.get(unit.name if unit.entry else unit.name.partition("/")[2].removesuffix(".md"), "") for unit in planned}


def keys(project: Project, planned: list[Unit], shared: str, own: Mapping[str, str]) -> dict[str, str]:
    """Return the key of each unit by its name: the digest of all that it is made of. `shared` stands for what all have in common."""
    cards = digest(shared, *map(repr, (*project.cards.values(), *project.shorts.values())))
    entries = digest(cards, *(own[slug] for slug in project.cards))
    return {unit.name: digest(unit.name, cards if unit.sees == "cards" else entries, own[unit.name]) for unit in planned}


def _digests(code: SnippetSet) -> list[str]:
    return [repr(code.report), *(part for snippet in code.files.values() for part in (snippet.path, snippet.digest))]


def shared_digest(root: Path) -> str:
    """Return the digest of every file that any page may show something of, the programs of other pages among them."""
    folders = sorted(path.relative_to(root).as_posix() for path in (root / "snippets").glob("_*"))
    parts: list[str | bytes] = []
    for name in (*SHARED, *folders):
        path = root / name
        found = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
        for file in found:
            parts += (file.relative_to(root).as_posix(), file.read_bytes())
    return digest(*parts)


def links(project: Project, planned: list[Unit]) -> dict[str, dict[str, list[Link]]]:
    """Return, by language, the links of the foot, the home page and the header: see `navigation.links`."""
    paths = {page.path.removesuffix(".md") for unit in planned for page in unit.pages}
    there = {language: {path.removeprefix(f"{language}/") for path in paths if path.startswith(f"{language}/")} for language in LANGUAGES}
    return {language: navigation.links(project, language, there[language]) for language in LANGUAGES}


def assets(project: Project) -> dict[str, bytes]:
    """Return the contents of the assets by their path below the site; style sheets without comments, a tenth of their weight."""
    folder = project.root / "templates" / "assets"
    found = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    return {f"assets/{path}": _served(file) for path, file in found.items()}


def _served(file: Path) -> bytes:
    content = file.read_bytes()
    return _CSS_COMMENT.sub(b"", content) if file.suffix == ".css" else content
