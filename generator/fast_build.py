"""Builds all that is made of the entries: in pieces, on all cores.

Must not know how MkDocs makes a page, only that `PageMaker` does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator import fast_mkdocs, groups, lint, publish, site, workers
from generator.groups import Group
from generator.problems import Problem
from generator.project import Project
from generator.render import Renderer

log = logging.getLogger("mkdocs.plugins.claude_errors")

#: MkDocs builds this page itself: a site must have one in its navigation.
STOCK_PAGE = "index.md"


class Broken(Exception):
    """The project has problems; nothing of it was built."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class FastBuild:
    """One build of a project, step by step beside that of MkDocs."""

    def __init__(self, project: Project, config: MkDocsConfig) -> None:
        """Take a project whose files could be read; raises `Broken` when rules that compare entries find something."""
        if project.problems or lint.together(project) or any(lint.of_one(project, page) for page in project.handbook.located):
            raise Broken(lint.run(project))
        self.project, self.config = project, config
        self.docs = project.root / site.DOCS
        self.groups = [group for group in groups.groups(project, config.site_url) if group.pages[0].path != STOCK_PAGE]
        self._located = {located.entry.slug: located for located in project.catalogue.located}
        self._renderer = Renderer(project)
        self._made: list[dict[str, Any]] = []
        self._maker: fast_mkdocs.PageMaker
        self._files: dict[str, File] = {}

    def start(self) -> None:
        """Write what MkDocs wants to find before any page is made: its own page, and the assets."""
        chooser = next(page for page in site.plan(self.project, self.config.site_url) if page.path == STOCK_PAGE)
        first = {STOCK_PAGE: chooser.make(self._renderer).encode(), **site.assets(self.project)}
        for path, content in first.items():
            _write(self.docs / path, content)
        self._wanted = set(first)

    def leave_to_mkdocs(self, files: Files) -> Files:
        """Return the files that MkDocs itself builds and copies."""
        for file in list(files):
            if file.src_dir == self.config.docs_dir and file.src_uri not in self._wanted:
                files.remove(file)
        return files

    def make(self, files: Files, nav: Navigation, env: Any) -> None:
        """Make every page and every part of one entry; raises `Broken` when an entry is."""
        paths = [page.path for group in self.groups for page in group.pages]
        everything = fast_mkdocs.files_with(files, [STOCK_PAGE, *paths], self.config)
        self._files = {file.src_uri: file for file in everything}
        self._maker = fast_mkdocs.PageMaker(self.config, everything, nav, env)
        with fast_mkdocs.shared_colours():
            self._made = workers.each(self._tried, self.groups)
            if any(made.get("problems") for made in self._made):
                raise Broken(lint.run(self.project))
            for number, made in enumerate(self._made):
                if made.get("failed"):
                    self._made[number] = self._group(self.groups[number])  # raises what was raised there
        for made in self._made:
            fast_mkdocs.show_messages(made["messages"])

    def pages(self, own: Iterable[Any]) -> list[Any]:
        """Return the files of all pages, those that MkDocs builds itself among them, each with its front matter, for the sitemap."""
        for made in self._made:
            for path, meta in made["meta"].items():
                page = Page(None, self._files[path], self.config)
                page.meta = meta
        stock = {file.src_uri: file for file in own}
        return [stock.get(path, file) for path, file in self._files.items() if file.is_documentation_page()]

    def finish(self) -> None:
        """Make the files that hold something of every entry, and forget what no longer belongs to the tree."""
        built = Path(self.config.site_dir)
        parts = [made["part"] for group, made in zip(self.groups, self._made, strict=True) if group.entry]
        for path, content in groups.tree_files(self.project, parts).items():
            _write(self.docs / path, content)
            _write(built / path, content)
            self._wanted.add(path)
        self._wanted |= {page.path for group in self.groups for page in group.pages}
        site.prune(self.docs, self._wanted)
        for part in parts:
            part["copies"] = _Copies(built, part["copies"])
        publish.add(built, groups.site_files(self.project, parts, self.config.site_url))
        own = [built / name for name in (*self.config.theme.static_templates, "index.html") if name.endswith(".html")]
        hashes = {digest for made in self._made for digest in made["scripts"]}
        hashes |= {digest for file in own for digest in publish.script_hashes(file.read_text(encoding="utf-8"))}
        publish.write_headers(built, hashes)

    def _tried(self, group: Group) -> dict[str, Any]:
        """Return what a group gives; what is wrong with it is said in a way that a worker can send."""
        if group.entry and lint.of_one(self.project, self._located[group.entry.slug]):
            return {"problems": True}
        try:
            return self._group(group)
        except Exception:  # what it is can be seen when it is done again, where nothing hides it
            return {"failed": True}

    def _group(self, group: Group) -> dict[str, Any]:
        """Write the files of a group, and return what else the site needs of it."""
        built, entry = Path(self.config.site_dir), group.entry
        made: dict[str, Any] = {"meta": {}, "scripts": [], "part": None}
        with fast_mkdocs.kept_messages() as messages:
            for planned in group.pages:
                text = planned.make(self._renderer)
                _write(self.docs / planned.path, text.encode())
                page = self._maker.make(self._files[planned.path], text)
                html = self._maker.html(page)
                if page.links_to_anchors:
                    fast_mkdocs.warn_of_anchors(self._maker, page, self._text_of)
                if html:
                    _write(built / page.file.dest_uri, html)
                made["scripts"] += fast_mkdocs.scripts_of(html)
                made["meta"][planned.path] = {name: page.meta.get(name) for name in ("path", "checked")}
        if entry:
            part = groups.parts(self.project, entry, self.config.site_url, self._renderer)
            for path, content in groups.entry_files(entry, part, self.config.site_url).items():
                _write(built / path, content.encode())
            # The whole copies would be sent and kept twice: they stand in files.
            part["copies"] = {language: f"{language}/errors/{entry.slug}/index.md" for language in part["copies"]}
            made["part"] = part
        made["scripts"] = sorted(set(made["scripts"]))
        made["messages"] = messages
        return made

    def _text_of(self, path: str) -> str:
        return next(page for page in site.plan(self.project, self.config.site_url) if page.path == path).make(self._renderer)


class _Copies(dict[str, str]):
    """Copies by language, read from the built site when they are asked for."""

    def __init__(self, built: Path, paths: dict[str, str]) -> None:
        super().__init__(paths)
        self._built = built

    def __getitem__(self, language: str) -> str:
        return (self._built / super().__getitem__(language)).read_bytes().decode()


def _write(file: Path, content: bytes) -> None:
    """Write a file unless it holds just that."""
    try:
        if file.stat().st_size == len(content) and file.read_bytes() == content:
            return
        file.write_bytes(content)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
