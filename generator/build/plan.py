"""Writes the Markdown tree of both languages, changing no file whose content stays the same.

Must not know how a page is rendered or what builds HTML from it.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import os
from collections.abc import Callable, Container, Iterable, Iterator
from operator import attrgetter, methodcaller
from pathlib import Path
from typing import Any

from generator.content.project import Project
from generator.decode import index as decoder_index
from generator.render import Renderer, home_list, navigation
from generator.render.navigation import Link
from generator.schemas.entry import LANGUAGES, Entry
from generator.search import index as search_index

#: Below the project's folder; ignored by git.
DOCS = Path("build/docs")


@dataclasses.dataclass(frozen=True)
class Written:
    """What a run changed, as paths below the tree."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


@dataclasses.dataclass(frozen=True)
class Planned:
    """A page that is still to be rendered."""

    path: str
    """Place below the tree, such as `ko/errors/batch_error.md`."""
    make: Callable[[Renderer], str]
    """Returns the Markdown."""
    entry: Entry | None = None
    """The entry that the page is about. What else `make` needs it has from the renderer's project."""
    copy: Callable[[Renderer], str] | None = None
    """Returns the Markdown copy of a page that is no guide; a guide's is made with the other files of its entry."""

    @property
    def copy_path(self) -> str:
        """Place of the copy below the site."""
        return f"{self.path.removesuffix('.md')}/index.md"


def plan(project: Project, site_url: str | None = None) -> Iterator[Planned]:
    """Yield every page of the site, in a fixed order."""
    yield Planned("index.md", methodcaller("chooser"))
    for language in LANGUAGES:
        yield Planned(f"{language}/index.md", methodcaller("index", language))
        yield Planned(f"{language}/decode.md", methodcaller("decode", language))
        yield Planned(f"{language}/mock.md", methodcaller("mock", language))
        yield Planned(f"{language}/api.md", methodcaller("api", language, site_url or "/"))
        yield Planned(f"{language}/changes.md", methodcaller("changes", language))
        if project.facts.glossary.terms:
            yield Planned(f"{language}/glossary.md", methodcaller("glossary", language))
        for located in project.handbook.located:
            copy = methodcaller("page_copy", language, located, site_url or "/")
            yield Planned(f"{language}/{located.path}.md", methodcaller("page", language, located), copy=copy)
        yield Planned(f"{language}/calculators.md", methodcaller("calculators", language))
        for entry in project.catalogue.entries:
            yield from of_entry(language, entry)


def of_entry(language: str, entry: Entry) -> Iterator[Planned]:
    """Yield the pages that are about one entry in one language."""
    yield Planned(f"{language}/errors/{entry.slug}.md", methodcaller("guide", language, entry), entry)
    for old in entry.redirect_from:
        yield Planned(f"{language}/errors/{old}.md", methodcaller("redirect", language, entry), entry)


def links(project: Project) -> dict[str, dict[str, list[Link]]]:
    """Return, by language, the links of the foot, the home page and the header: see `navigation.links`."""
    paths = {page.path.removesuffix(".md") for page in plan(project)}
    there = {language: {path.removeprefix(f"{language}/") for path in paths if path.startswith(f"{language}/")} for language in LANGUAGES}
    return {language: navigation.links(project, language, there[language]) for language in LANGUAGES}


def pages(project: Project, site_url: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield every page of the site as (path below the tree, Markdown), in the order of `plan`."""
    renderer = Renderer(project)
    for page in plan(project, site_url):
        yield page.path, page.make(renderer)


def decoder_files(project: Project, parts: Iterable[dict[str, Any]] | None = None) -> dict[str, bytes]:
    """Return the index of the decoder in each language by path; `parts` are those of `decoder_index.part`, when they are at hand."""
    found = list(parts) if parts is not None else [decoder_index.part(project, entry) for entry in project.catalogue.entries]
    to_json = functools.partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    index = to_json(decoder_index.build(project, found))  # which both languages have
    return {
        f"{language}/decoder.json": f'{{"index":{index},{to_json(decoder_index.texts(project, language, found))[1:]}'.encode()
        for language in LANGUAGES
    }


def assets(project: Project) -> dict[str, bytes]:
    """Return the content of the assets by path."""
    folder = project.root / "templates" / "assets"
    files = sorted(folder.rglob("*")) if folder.is_dir() else []
    return {f"assets/{file.relative_to(folder).as_posix()}": file.read_bytes() for file in files if file.is_file()}


def write(project: Project, site_url: str | None = None) -> Written:
    """Write the tree to `build/docs`, assets and the index of the search included, and remove what no longer belongs there.

    All pages are rendered before the first is written, so an error while rendering leaves the tree as it was.
    """
    wanted = {path: text.encode() for path, text in pages(project, site_url)}
    wanted |= search_index.files(project) | home_list.files(project) | decoder_files(project) | assets(project)
    return write_tree(wanted, project.root / DOCS)


def write_tree(wanted: dict[str, bytes], root: Path) -> Written:
    """Make `root` hold exactly `wanted` (path to content), touching only files that differ."""
    removed = prune(root, wanted)  # first, since a page may stand where a folder stood, or the other way round
    changed = []
    for path, content in wanted.items():
        file = root / path
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            changed.append(path)
    return Written(tuple(changed), tuple(removed), len(wanted) - len(changed))


def prune(root: Path, wanted: Container[str]) -> list[str]:
    """Remove every file below `root` that is not wanted, and empty folders; return the paths of the files."""
    removed: list[str] = []
    if root.is_dir():
        _prune(str(root), "", wanted, removed)
    return removed


def _prune(folder: str, place: str, wanted: Container[str], removed: list[str]) -> bool:
    """Prune a folder, whose paths begin with `place`, and tell whether it is empty now; a Path for each file takes longer than all else."""
    with os.scandir(folder) as found:
        items = sorted(found, key=attrgetter("name"), reverse=True)
    left = len(items)
    for item in items:
        path = f"{place}{item.name}"
        if item.is_dir(follow_symlinks=False):
            if _prune(item.path, f"{path}/", wanted, removed):
                Path(item.path).rmdir()
                left -= 1
        elif path not in wanted:
            Path(item.path).unlink()
            removed.append(path)
            left -= 1
    return not left
