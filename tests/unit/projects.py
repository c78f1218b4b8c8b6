"""The small project of `tests/fixtures/small`, in a folder of its own that a test may break."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

from generator import check
from generator.build import pieces, plan
from generator.content import project
from generator.content.catalogue import Located
from generator.content.problems import Problem
from generator.content.project import Project
from generator.exports import files
from generator.render import Renderer
from generator.render.html import RenderedPage
from generator.schemas.entry import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
#: Folders of the real project that the small one has too.
SHARED = ("templates", "schema")
#: The umbrella page, its member with nothing that may be left out, and the page with every section.
UMBRELLA, MINIMAL, FULL = "errors/busy_error.yml", "errors/busy_region.yml", "errors/stuck_image.yml"


@dataclasses.dataclass(frozen=True)
class SmallProject:
    """Three entries, a handful of facts and the real templates."""

    root: Path

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace the only occurrence of `old` in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file, and its folder where there is none."""
        self._own(path)
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def into_guide(self, text: str) -> None:
        """Put `text` into the template of guides, below the title."""
        path = "templates/guide.html.j2"
        template = (self.root / path).read_text(encoding="utf-8")
        mark = '<p class="ce-lead">'
        assert template.count(mark) == 1
        self.write(path, template.replace(mark, f"{text}\n{mark}"))

    def add_hub(self) -> SmallProject:
        """Add a hub of two pages with a program, from `tests/fixtures/hub`; return this project."""
        hub = FIXTURES / "hub"
        for file in sorted(hub.rglob("*.*")):
            self.write(file.relative_to(hub).as_posix(), file.read_bytes())
        return self

    def remove(self, path: str) -> None:
        """Remove a file or a folder."""
        self._own(path)
        target = self.root / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()

    def load(self) -> project.Project:
        """Return what a build reads."""
        return project.load(self.root)

    def problems(self) -> list[Problem]:
        """Return everything that a check finds."""
        return check.run(self.load())

    def located(self, slug: str) -> Located:
        """Return one entry with its document."""
        return self.load().catalogue.by_slug[slug]

    def line(self, path: str, text: str) -> int:
        """Return the number of the only line of a file that holds `text`."""
        lines = (self.root / path).read_text(encoding="utf-8").splitlines()
        numbers = [number for number, line in enumerate(lines, 1) if text in line]
        assert len(numbers) == 1, f"{text!r} stands in the lines {numbers} of {path}"
        return numbers[0]

    def _own(self, path: str) -> None:
        """Make a copy of a folder that is shared with other tests, before one changes it."""
        shared = self.root / path.split("/", maxsplit=1)[0]
        if shared.is_symlink():
            source = shared.resolve()
            shared.unlink()
            shutil.copytree(source, shared)


def published(project: Project, site: str | None) -> dict[str, str]:
    """Return every file that programs read of a site at the address `site`, by path."""
    renderer = Renderer(project)
    found: dict[str, str] = {}
    feed: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for unit in plan.units(project, site):
        piece = pieces.make(project, unit, site, renderer, None)
        found |= {path: content.decode() for path, content in piece.files.items()}
        for language, element in (json.loads(piece.entry["feed"]) if piece.entry else {}).items():
            feed[language][unit.name] = element
    made = files.of_all(project, site, found.__getitem__, feed.__getitem__, renderer)
    return found | {path: make() for path, make in made.items()}


def pages(project: Project) -> dict[str, RenderedPage]:
    """Return every page of a project by its name among the sources of MkDocs."""
    renderer = Renderer(project)
    return {page.path: page.make(renderer) for unit in plan.units(project) for page in unit.pages}


def shared_folders(target: Path) -> Path:
    """Copy what small projects take from the real one, so that no mistake in a test can reach it."""
    for name in SHARED:
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def small_project(target: Path, shared: Path, *, entries: bool = True) -> SmallProject:
    """Copy the small project into `target`, with or without its entries and their snippets."""
    shutil.copytree(FIXTURES / "small", target)
    for name in SHARED:
        (target / name).symlink_to(shared / name)
    shutil.copy(shared / "mkdocs.yml", target)
    if not entries:
        for name in ("errors", "snippets"):
            shutil.rmtree(target / name)
            (target / name).mkdir()
    return SmallProject(target)
