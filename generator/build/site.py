"""Builds all that is made of the entries: in pieces, on all cores, and only what is not there already.

What a piece asked of the catalogue is noted. It is taken over from the last site when all answers are
the same, the files and packages that every page depends on too, and each of its files has the bytes
that it had: no time or size of an earlier build is believed. Must not know how MkDocs makes a page, only that
`PageMaker` does.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator import check
from generator.build import colours, headers, pieces, plan, theme
from generator.build.aggregates import Known, WholeFiles, write_parts
from generator.build.last_site import LastSite
from generator.build.pieces import Group
from generator.build.theme import File, Files, MkDocsConfig, Navigation
from generator.build.tracking import Answers, Watched
from generator.content.catalogue import Located
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem
from generator.content.project import Project, load
from generator.exports import files as outputs
from generator.render import Renderer
from generator.schemas.entry import LANGUAGES
from generator.search import index
from generator.system import files, fingerprint, parallel

#: MkDocs builds this page itself: a site must have one in its navigation.
STOCK_PAGE = "index.md"


class Broken(Exception):  # noqa: N818 - it carries what is broken in the project
    """The project has problems; nothing of it was built."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class FastBuild:
    """One build of a project, step by step beside that of MkDocs."""

    def __init__(self, root: Path, config: MkDocsConfig) -> None:
        """Read the project in the folder `root`; the last site is where `config` wants the next one.

        Raises `Broken` when a file cannot be read, or when a rule that compares entries finds something.
        """
        self._settings = theme.settings(config)
        self._state = fingerprint.of_project(root, self._settings)  # before anything is read, and once more in `keep`
        self.docs = root / plan.DOCS
        self.last = LastSite(root, Path(config.site_dir), self.docs)
        project = load(root)
        if project.problems or check.together(project):
            raise Broken(check.run(project))
        self.config = config
        self.redone: list[str] = []
        """Names of the groups that were not taken over."""
        self._moved = False
        """Whether entries came, went or moved since the last site: then the rules may find something in those that stayed too."""
        self._made: dict[str, dict[str, Any]] = {}
        self._whole: dict[str, Known] = {}
        self._maker: theme.PageMaker
        self._files: dict[str, File] = {}
        self._stock: tuple[Files, Navigation, Any]
        self._newest = [self]
        self._use(project, Answers(project), self._planned(project))

    def _planned(self, project: Project) -> list[Group]:
        return [group for group in pieces.groups(project, self.config.site_url) if group.pages[0].path != STOCK_PAGE]

    def _use(self, project: Project, answers: Answers, planned: list[Group]) -> None:
        """Make the pages of this project from now on."""
        self.project, self.groups, self._answers = project, planned, answers
        self._watched = Watched(project, answers)
        self._renderer = Renderer(self._watched.project)

    def start(self) -> None:
        """Write what MkDocs wants to find before any page is made: its own page, and the assets."""
        self.links = plan.links(self.project)
        self.assets = plan.assets(self.project)
        chooser = next(page for page in plan.plan(self.project, self.config.site_url) if page.path == STOCK_PAGE)
        first = {STOCK_PAGE: chooser.make(self._renderer).encode(), **self.assets}
        files.write_all(self.docs, first)
        self._wanted = set(first)

    def leave_to_mkdocs(self, found: Files) -> Files:
        """Return the files that MkDocs itself builds and copies."""
        for file in list(found):
            if file.src_dir == self.config.docs_dir and file.src_uri not in self._wanted:
                found.remove(file)
        return found

    def make(self, found: Files, nav: Navigation, env: Any, processes: int | None = None) -> None:
        """Make every page and every part of one entry, or take it over; raises `Broken` when an entry is."""
        self._prepare(found, nav, env)
        same = self._same()
        if len(same) < len(self.groups) / 2:
            self._maker.get_ready()  # once here, not in each worker
            self._renderer.get_ready()
        with colours.shared():
            made = parallel.each(lambda group: self._tried(group, same.get(group.name)), self.groups, processes)
            if any(one.get("problems") for one in made):
                raise Broken(check.run(self.project))
            for group, one in zip(self.groups, made, strict=True):
                # What failed where nobody sees it raises here what it raised there.
                self._made[group.name] = same[group.name] if one.get("same") else self._group(group) if one.get("failed") else one
        self.redone = [group.name for group, one in zip(self.groups, made, strict=True) if not one.get("same")]
        for group in self.groups:
            theme.show_messages(self._made[group.name]["messages"])

    def _prepare(self, found: Files, nav: Navigation, env: Any) -> None:
        self._stock = (found, nav, env)
        paths = [page.path for group in self.groups for page in group.pages]
        everything = theme.files_with(found, [STOCK_PAGE, *paths], self.config)
        self._files = {file.src_uri: file for file in everything}
        self._maker = theme.PageMaker(self.config, everything, nav, env)

    def _same(self) -> dict[str, dict[str, Any]]:
        """Return what is known of the groups of the last site of which every answer is still the same."""
        kept = self.last.kept(self._version(), Path(self.config.site_dir))
        self._moved = bool(kept) and kept["families"] != self._answers.families
        known = kept.get("groups", {})
        self._whole = kept.get("whole", {})
        self._answers.remember(kept.get("entries", {}))
        return {
            group.name: known[group.name] for group in self.groups if group.name in known and self._answers.hold(known[group.name]["trace"])
        }

    def pages(self, own: Iterable[Any]) -> list[Any]:
        """Return the files of all pages, those that MkDocs builds itself among them, each with its front matter, for the sitemap."""
        newest = self._newest[0]
        if newest is not self:
            return newest.pages(own)
        for made in self._made.values():
            for path, meta in made["meta"].items():
                theme.set_front_matter(self._files[path], meta, self.config)
        stock = {file.src_uri: file for file in own}
        return [stock.get(path, file) for path, file in self._files.items() if file.is_documentation_page()]

    def finish(self) -> None:
        """Make the files that hold something of every entry, and forget what no longer belongs to the tree."""
        built = Path(self.config.site_dir)
        made = [(group, self._made[group.name]) for group in self.groups]
        whole = WholeFiles(self.project, self.config.site_url, (self.last, built), made, lambda group: self._of_entry(group)[1])
        # A server has threads, and so must not be forked.
        last, processes = (self._whole, None) if self._private else ({}, 1)
        self._whole = whole.make(last, self._answers.of("all"), processes)
        wanted = self._wanted | {path for known in self._whole.values() for path, _ in known["files"]["docs"]}
        if not self._private:  # there is that of the last save too
            plan.prune(built / index.FOLDER, {path.removeprefix(f"{index.FOLDER}/") for path in wanted})
        plan.prune(self.docs, wanted | {page.path for group in self.groups for page in group.pages})
        plan.prune(self.last.parts, {path for one in self._made.values() for path, _ in one["files"].get("parts", ())})
        own = [built / name for name in (*self.config.theme.static_templates, "index.html") if name.endswith(".html")]
        hashes = set(itertools.chain.from_iterable(self._made[group.name]["scripts"] for group in self.groups))
        hashes |= {digest for file in own for digest in headers.script_hashes(file.read_text(encoding="utf-8"))}
        headers.write_headers(built, hashes)

    @property
    def _private(self) -> bool:
        """Whether nobody looks at the site before it is whole."""
        return self.last.folder != Path(self.config.site_dir)

    def keep(self) -> None:
        """Note what this site was made of, for the next build; not when something changed meanwhile, since it may be of two minds."""
        if fingerprint.of_project(self.project.root, self._settings) == self._state:
            others = {"families": self._answers.families, "whole": self._whole, "entries": self._answers.known()}
            self.last.keep(self._version(), self._made, others)

    def _version(self) -> str:
        """Return the name of everything that all pages depend on."""
        # The links stand on every page and are made from more than the shared files.
        return f"{self._state} {self.links!r}"

    def _located(self, group: Group) -> Located | LocatedPage | None:
        """Return what a group is made of, if the rules look at it; a page with that of its language that is made first."""
        if group.entry:
            return self.project.catalogue.by_slug[group.name]
        language, _, path = group.name.removesuffix(".md").partition("/")
        return self.project.handbook.by_path.get(path) if language == LANGUAGES[0] else None

    def _has_problems(self, group: Group) -> bool:
        located = self._located(group)
        return located is not None and bool(check.of_one(self.project, located))

    def _tried(self, group: Group, last: dict[str, Any] | None) -> dict[str, Any]:
        """Return what a group gives, or that it is as in the last site, of which `last` is known; what is wrong with it can be sent too."""
        if (last is None or self._moved) and self._has_problems(group):
            return {"problems": True}
        if last is not None and self.last.take_over(last["files"], Path(self.config.site_dir)):
            return {"same": True}
        try:
            return self._group(group)
        except Exception:  # what it is can be seen when it is done again, where nothing hides it
            return {"failed": True}

    def _group(self, group: Group) -> dict[str, Any]:
        """Write the files of a group, and return what else the site needs of it."""
        self._watched.start(group.entry)
        docs: dict[str, bytes] = {}
        built: dict[str, bytes] = {}
        made: dict[str, Any] = {"meta": {}}
        parts: list[tuple[str, str]] = []
        scripts: set[str] = set()
        with theme.kept_messages() as messages:
            for planned in group.pages:
                text = planned.make(self._renderer)
                docs[planned.path] = text.encode()
                page = self._maker.make(self._files[planned.path], text)
                html = self._maker.html(page)
                if page.links_to_anchors:
                    theme.warn_of_anchors(self._maker, page, self._text_of)
                if html:
                    built[page.file.dest_uri] = html
                if planned.copy:
                    built[planned.copy_path] = planned.copy(self._renderer).encode()
                scripts |= headers.script_hashes(html.decode())
                # A page and its file hold each other until the next collection: of hundreds the texts would fill the memory.
                page.content = page.markdown = None
                made["meta"][planned.path] = {name: page.meta.get(name) for name in ("path", "checked")}
        if group.entry:
            own, part = self._of_entry(group)
            built |= {path: content.encode() for path, content in own.items()}
            parts = write_parts(self.last.parts, group.name, part)
        made |= {"scripts": sorted(scripts), "messages": messages, "trace": self._watched.trace()}
        pages = files.write_all(Path(self.config.site_dir), built, private=self._private)
        made["files"] = {"docs": files.write_all(self.docs, docs), "site": pages, "parts": parts}
        return made

    def _of_entry(self, group: Group) -> tuple[dict[str, str], dict[str, Any]]:
        """Return the files of an entry besides its pages, and what the files of the whole site hold of it."""
        assert group.entry
        made = outputs.of_entry(self._watched.project, group.entry, self.config.site_url, self._renderer)
        return outputs.entry_files(group.entry, made, self.config.site_url), pieces.parts(self._watched.project, group.entry, made)

    def _text_of(self, path: str) -> str:
        return next(page for page in plan.plan(self.project, self.config.site_url) if page.path == path).make(self._renderer)
