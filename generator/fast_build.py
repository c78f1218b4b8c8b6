"""Builds all that is made of the entries: in pieces, on all cores, and only what is not there already.

What a piece asked of the catalogue is noted. It is taken over from the last site when all answers are
the same, the files and packages that every page depends on too, and each of its files has the bytes
that it had: nothing is believed of a time or a size. Must not know how MkDocs makes a page, only that
`PageMaker` does.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator import fast_mkdocs, fingerprint, groups, lint, publish, search_index, site, store, workers
from generator.catalogue import Located
from generator.fast_mkdocs import File, Files, MkDocsConfig, Navigation
from generator.groups import Group
from generator.handbook import LocatedPage
from generator.lint.memory import Memory
from generator.problems import Problem
from generator.project import load
from generator.render import Renderer
from generator.schema import LANGUAGES
from generator.site import Planned
from generator.tracking import Answers, Watched

#: MkDocs builds this page itself: a site must have one in its navigation.
STOCK_PAGE = "index.md"
#: What is known of the last site, below the project's folder; ignored by git.
KEPT = Path("build/last-site.json")


class Broken(Exception):  # noqa: N818 - it carries what is broken in the project
    """The project has problems; nothing of it was built."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class FastBuild:
    """One build of a project, step by step beside that of MkDocs."""

    def __init__(self, root: Path, config: MkDocsConfig, memory: Memory | None = None, settings: str | None = None) -> None:
        """Read the project in the folder `root`; the last site is where `config` wants the next one.

        Raises `Broken` when a file cannot be read, or when a rule that compares entries finds something; with a
        `memory` of the rules, when any of them does.
        """
        self._settings = fast_mkdocs.settings(config) if settings is None else settings
        self._state = fingerprint.of_project(root, self._settings)  # before anything is read, and once more in `keep`
        project = load(root)
        # What stands on every page and is made from more than the shared files.
        self._everywhere = repr(site.links(project)) if not project.problems else ""
        if memory is not None:
            if problems := memory.run(project):
                raise Broken(problems)
        elif project.problems or lint.together(project):
            raise Broken(lint.run(project))
        self.project, self.config, self.last_site = project, config, Path(config.site_dir)
        self.docs = project.root / site.DOCS
        self.groups = [group for group in groups.groups(project, config.site_url) if group.pages[0].path != STOCK_PAGE]
        self.redone: list[str] = []
        """Names of the groups that were not taken over."""
        self._located: dict[str, Located | LocatedPage] = {located.entry.slug: located for located in project.catalogue.located}
        # A page is looked at once, with that of its language that is made first.
        self._located |= {f"{LANGUAGES[0]}/{located.path}.md": located for located in project.handbook.located}
        self._watched = Watched(project)
        self._answers = Answers(project)
        self._renderer = Renderer(self._watched.project)
        self._made: dict[str, dict[str, Any]] = {}
        self._maker: fast_mkdocs.PageMaker
        self._files: dict[str, File] = {}
        self._stock: tuple[Files, Navigation, Any]
        self._newest = [self]

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

    def make(self, files: Files, nav: Navigation, env: Any, processes: int | None = None) -> None:
        """Make every page and every part of one entry, or take it over; raises `Broken` when an entry is."""
        self._prepare(files, nav, env)
        self._take_over(store.load(self.project.root / KEPT, self._version()) or {})
        todo = [group for group in self.groups if group.name not in self._made]
        self.redone = [group.name for group in todo]
        with fast_mkdocs.shared_colours():
            made = workers.each(self._tried, todo, processes)
            if any(one.get("problems") for one in made):
                raise Broken(lint.run(self.project))
            for group, one in zip(todo, made, strict=True):
                # What failed where nobody sees it raises here what it raised there.
                self._made[group.name] = self._group(group) if one.get("failed") else one
        for group in self.groups:
            fast_mkdocs.show_messages(self._made[group.name]["messages"])

    def _prepare(self, files: Files, nav: Navigation, env: Any) -> None:
        self._stock = (files, nav, env)
        paths = [page.path for group in self.groups for page in group.pages]
        everything = fast_mkdocs.files_with(files, [STOCK_PAGE, *paths], self.config)
        self._files = {file.src_uri: file for file in everything}
        self._maker = fast_mkdocs.PageMaker(self.config, everything, nav, env)

    def for_serving(self) -> FastBuild:
        """Return this build, ready for `again`."""
        fast_mkdocs.read_templates_again(self._stock[2])
        return self

    def again(self, memory: Memory) -> FastBuild:
        """Read the project once more, for the same site; raises `Broken` as before. Pages are made when they are asked for."""
        new = FastBuild(self.project.root, self.config, memory, self._settings)
        new.start()
        if new._version() == self._version():
            new._made = {name: made for name, made in self._made.items() if new._answers.hold(made["trace"])}
        if [group.name for group in new.groups] == [group.name for group in self.groups]:
            new._stock, new._files, new._maker = self._stock, self._files, self._maker
        else:
            new._prepare(*self._stock)
        self._newest[0], new._newest = new, self._newest
        self.config.extra["strings"] = new.project.strings
        self.config.extra["navigation"] = site.links(new.project)
        self.config.extra["navigation"] = site.links(new.project)
        built = Path(self.config.site_dir)
        for path, content in site.assets(new.project).items():
            _write(built / path, content)
        for name in self._made.keys() - {group.name for group in new.groups}:
            for address, _ in self._made[name]["files"]["site"]:
                (built / address).unlink(missing_ok=True)
        return new

    def waiting(self) -> list[Group]:
        """Return the groups that are still to be made."""
        return [group for group in self.groups if group.name not in self._made]

    def make_group(self, group: Group) -> None:
        """Make one group that is waiting."""
        self._made[group.name] = self._group(group)
        fast_mkdocs.show_messages(self._made[group.name]["messages"])

    def make_page(self, address: str) -> bool:
        """Make the page with this path below the site, if it waits to be made; tell whether it is one of these pages."""
        found = self._by_address.get(address)
        if found is None:
            return False
        group, planned = found
        if group.name not in self._made and address not in self._single:
            self._watched.start(group.entry)
            with fast_mkdocs.shared_colours():
                page = self._maker.make(self._files[planned.path], planned.make(self._renderer))
            _write(Path(self.config.site_dir) / address, self._maker.html(page))
            self._single.add(address)
        return True

    @functools.cached_property
    def _by_address(self) -> dict[str, tuple[Group, Planned]]:
        return {self._files[page.path].dest_uri: (group, page) for group in self.groups for page in group.pages}

    @functools.cached_property
    def _single(self) -> set[str]:
        """Pages that were made before the rest of their group."""
        return set()

    def refresh(self) -> None:
        """Make again what MkDocs made itself, and what holds something of every entry."""
        files, nav, env = self._stock
        fast_mkdocs.build_templates(self.config, env, files, nav, STOCK_PAGE)
        self.finish()

    def pages(self, own: Iterable[Any]) -> list[Any]:
        """Return the files of all pages, those that MkDocs builds itself among them, each with its front matter, for the sitemap."""
        newest = self._newest[0]
        if newest is not self:
            return newest.pages(own)
        for made in self._made.values():
            for path, meta in made["meta"].items():
                fast_mkdocs.set_front_matter(self._files[path], meta, self.config)
        stock = {file.src_uri: file for file in own}
        return [stock.get(path, file) for path, file in self._files.items() if file.is_documentation_page()]

    def finish(self) -> None:
        """Make the files that hold something of every entry, and forget what no longer belongs to the tree."""
        built = Path(self.config.site_dir)
        parts = [self._made[group.name]["part"] for group in self.groups if group.entry]
        for path, content in groups.tree_files(self.project, parts).items():
            _write(self.docs / path, content)
            _write(built / path, content)
            self._wanted.add(path)
        kept = {path.removeprefix(f"{search_index.FOLDER}/") for path in self._wanted}
        site.prune(built / search_index.FOLDER, kept)  # a server has that of the last save too
        self._wanted |= {page.path for group in self.groups for page in group.pages}
        site.prune(self.docs, self._wanted)
        with_copies = [{**part, "copies": _Copies(built, part["copies"])} for part in parts]
        page_copies = _Copies(built, {page.copy_path: page.copy_path for group in self.groups for page in group.pages if page.copy})
        for path, texts in groups.site_files(self.project, with_copies, self.config.site_url, page_copies):
            _write(built / path, b"".join(text.encode() for text in texts))
        own = [built / name for name in (*self.config.theme.static_templates, "index.html") if name.endswith(".html")]
        hashes = {digest for made in self._made.values() for digest in made["scripts"]}
        hashes |= {digest for file in own for digest in publish.script_hashes(file.read_text(encoding="utf-8"))}
        publish.write_headers(built, hashes)

    def keep(self) -> None:
        """Note what this site was made of, for the next build; not when something changed meanwhile, since it may be of two minds."""
        if fingerprint.of_project(self.project.root, self._settings) != self._state:
            return
        kept = {name: made for name, made in self._made.items() if not made["messages"]}
        store.save(self.project.root / KEPT, self._version(), {"families": self._answers.families, "groups": kept})

    def _version(self) -> str:
        """Return the name of everything that all pages depend on."""
        return f"{self._state} {self._everywhere}"

    def _take_over(self, kept: dict[str, Any]) -> None:
        """Take over the groups that are the same as in the last site."""
        if not kept or self.last_site == Path(self.config.site_dir):
            return
        for group in self.groups:
            made = kept["groups"].get(group.name)
            if made is None or not self._answers.hold(made["trace"]):
                continue
            if kept["families"] != self._answers.families and self._has_problems(group):
                raise Broken(lint.run(self.project))
            if self._linked(made["files"]):
                self._made[group.name] = made

    def _linked(self, files: dict[str, list[tuple[str, str]]]) -> bool:
        """Put files of the last site into the new one, if they are what was written; tell whether they all are."""
        built = Path(self.config.site_dir)
        if not all(_digest(self.docs / path) == digest for path, digest in files["docs"]):
            return False
        for path, digest in files["site"]:
            if _digest(self.last_site / path) != digest:
                return False
        for path, _ in files["site"]:
            _link(self.last_site / path, built / path)
        return True

    def _has_problems(self, group: Group) -> bool:
        return group.name in self._located and bool(lint.of_one(self.project, self._located[group.name]))

    def _tried(self, group: Group) -> dict[str, Any]:
        """Return what a group gives; what is wrong with it is said in a way that a worker can send."""
        if self._has_problems(group):
            return {"problems": True}
        try:
            return self._group(group)
        except Exception:  # what it is can be seen when it is done again, where nothing hides it
            return {"failed": True}

    def _group(self, group: Group) -> dict[str, Any]:
        """Write the files of a group, and return what else the site needs of it."""
        self._watched.start(group.entry)
        docs: dict[str, bytes] = {}
        built: dict[str, bytes] = {}
        made: dict[str, Any] = {"meta": {}, "part": None}
        scripts: set[str] = set()
        with fast_mkdocs.kept_messages() as messages:
            for planned in group.pages:
                text = planned.make(self._renderer)
                docs[planned.path] = text.encode()
                page = self._maker.make(self._files[planned.path], text)
                html = self._maker.html(page)
                if page.links_to_anchors:
                    fast_mkdocs.warn_of_anchors(self._maker, page, self._text_of)
                if html:
                    built[page.file.dest_uri] = html
                if planned.copy:
                    built[planned.copy_path] = planned.copy(self._renderer).encode()
                scripts |= publish.script_hashes(html.decode())
                made["meta"][planned.path] = {name: page.meta.get(name) for name in ("path", "checked")}
        if group.entry:
            part = groups.parts(self._watched.project, group.entry, self.config.site_url, self._renderer)
            files = groups.entry_files(group.entry, part, self.config.site_url)
            built |= {path: content.encode() for path, content in files.items()}
            # The whole copies would be sent and kept twice: they stand in files.
            part["copies"] = {language: f"{language}/errors/{group.entry.slug}/index.md" for language in part["copies"]}
            made["part"] = part
        made |= {"scripts": sorted(scripts), "messages": messages, "trace": self._watched.trace()}
        made["files"] = {"docs": _written(self.docs, docs), "site": _written(Path(self.config.site_dir), built)}
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


def _written(folder: Path, files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Write files, and return their paths and digests."""
    for path, content in files.items():
        _write(folder / path, content)
    return [(path, hashlib.sha256(content).hexdigest()) for path, content in files.items()]


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _write(file: Path, content: bytes) -> None:
    """Write a file unless it holds just that. It is replaced as a whole: the last site may share it, and somebody may be reading it."""
    try:
        if file.stat().st_size == len(content) and file.read_bytes() == content:
            return
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(file)


def _link(source: Path, target: Path) -> None:
    """Let two names stand for one file, where the file system can, since the older one goes away after the build."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        target.write_bytes(source.read_bytes())
