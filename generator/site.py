"""Writes the Markdown tree of both languages, changing no file whose content stays the same.

Must not know how a page is rendered or what builds HTML from it.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

from generator import guide_list, search_index
from generator.decoder.index import build, texts
from generator.project import Project
from generator.render import Renderer
from generator.schema import LANGUAGES

#: Below the project's folder; ignored by git.
DOCS = Path("build/docs")


@dataclasses.dataclass(frozen=True)
class Written:
    """What a run changed, as paths below the tree."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def pages(project: Project, site_url: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield every page of the site as (path below the tree, Markdown), in a fixed order."""
    renderer = Renderer(project)
    yield "index.md", renderer.chooser()
    for language in LANGUAGES:
        yield f"{language}/index.md", renderer.index(language)
        yield f"{language}/decode.md", renderer.decode(language)
        yield f"{language}/mock.md", renderer.mock(language)
        yield f"{language}/api.md", renderer.api(language, site_url or "/")
        yield f"{language}/changes.md", renderer.changes(language)
        if project.facts.glossary.terms:
            yield f"{language}/glossary.md", renderer.glossary(language)
        for located in project.handbook.located:
            yield f"{language}/{located.path}.md", renderer.page(language, located)
        yield f"{language}/calculators.md", renderer.calculators(language)
        for entry in project.catalogue.entries:
            yield f"{language}/errors/{entry.slug}.md", renderer.guide(language, entry)
            for old in entry.redirect_from:
                yield f"{language}/errors/{old}.md", renderer.redirect(language, entry)


def write(project: Project, site_url: str | None = None) -> Written:
    """Write the tree to `build/docs`, assets and the index of the search included, and remove what no longer belongs there.

    All pages are rendered before the first is written, so an error while rendering leaves the tree as it was.
    """
    wanted = {path: text.encode() for path, text in pages(project, site_url)} | search_index.files(project) | guide_list.files(project)
    index = build(project)
    for language in LANGUAGES:
        found = {"index": index, **texts(project, language)}
        wanted[f"{language}/decoder.json"] = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    assets = project.root / "templates" / "assets"
    for file in sorted(assets.rglob("*")) if assets.is_dir() else []:
        if file.is_file():
            wanted[f"assets/{file.relative_to(assets).as_posix()}"] = file.read_bytes()
    return write_tree(wanted, project.root / DOCS)


def write_tree(wanted: dict[str, bytes], root: Path) -> Written:
    """Make `root` hold exactly `wanted` (path to content), touching only files that differ."""
    removed = []
    # First, since a page may stand where a folder stood, or the other way round.
    for file in sorted(root.rglob("*"), reverse=True):
        path = file.relative_to(root).as_posix()
        if file.is_dir() and not file.is_symlink():
            if not any(file.iterdir()):
                file.rmdir()
        elif path not in wanted:
            file.unlink()
            removed.append(path)
    changed = []
    for path, content in wanted.items():
        file = root / path
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            changed.append(path)
    return Written(tuple(changed), tuple(removed), len(wanted) - len(changed))
