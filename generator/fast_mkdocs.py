"""Builds the pages of a site as MkDocs does, byte for byte, on all cores.

Besides the plugin the only module that imports mkdocs, and the only one that uses what MkDocs
1.6.1 does not promise to keep:

- `Page.render` makes a Markdown converter for every page. Here one converter does all; so its three
  processors of `mkdocs.structure.pages` are put into it once, and told which page comes next.
- Its `_RawHTMLPreprocessor` reads the whole HTML of every page for the ids in it, a sixth of the work
  on a page; only a link from another page's Markdown to one of them needs it, and then it is done.
- Nearly all pages hold nothing that `QuickMarkdown` does not convert; it does not even ask those processors.
- `_build_page` writes what `get_context` and the theme's template give. That is done here too, without
  its hooks, of which only those of this plugin exist: with another plugin MkDocs does its own work.

`plugins: [claude-errors: {fast: false}]` leaves everything to MkDocs; a test compares the two.
"""

from __future__ import annotations

import contextlib
import json
import logging
import posixpath
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import markdown  # type: ignore[import-untyped]
from mkdocs.commands import build as commands
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure import pages as internals
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import meta as front_matter
from watchdog import events, observers
from watchdog.observers import polling

from generator.quick_markdown import QuickMarkdown

__all__ = ["File", "Files", "MkDocsConfig", "Navigation", "PageMaker"]

log = logging.getLogger("mkdocs.plugins.claude_errors")

#: A line of the front matter that `render` writes: JSON, which is YAML too.
_FRONT_MATTER = re.compile(r"---\n((?:[a-z_]+: .*\n)*)---\n\n*")
#: Settings of this run, and objects that are told apart by what made them.
_OF_THE_RUN = {"config_file_path", "docs_dir", "hooks", "plugins", "site_dir", "strict", "theme", "watch"}


def settings(config: MkDocsConfig) -> str:
    """Return everything that the configuration says and a page may depend on, as text."""
    own = {name: value for name, value in config.items() if name not in _OF_THE_RUN}
    theme = {name: config.theme[name] for name in config.theme}
    return repr((sorted(own.items()), config.theme.name, sorted(theme.items())))


class PageMaker:
    """Makes the HTML of pages, one after the other."""

    def __init__(self, config: MkDocsConfig, files: Files, nav: Navigation, env: Any) -> None:
        self.config, self.files, self.nav, self.env = config, files, nav, env
        self._markdown = markdown.Markdown(
            extensions=config["markdown_extensions"],
            extension_configs=config["mdx_configs"] or {},
        )
        self._anchors = internals._ExtractAnchorsTreeprocessor(None, files, config)  # type: ignore[arg-type]
        self._links = internals._RelativePathTreeprocessor(None, files, config)  # type: ignore[arg-type]
        self._title = internals._ExtractTitleTreeprocessor()
        for extension in (self._anchors, self._links, self._title):
            extension._register(self._markdown)
        self._quick = QuickMarkdown(self._markdown)

    def make(self, file: File, text: str) -> Page:
        """Return the page of `file`, converted from the Markdown `text`; its HTML comes from `html`."""
        page = Page(None, file, self.config)
        page.markdown, page.meta = _read(text)
        self._anchors.present_anchor_ids = set()
        self._links.file, self._links.links_to_anchors = file, {}
        converted = self._quick.convert(page.markdown) if "title" in page.meta else None  # else its first heading would be one
        if converted is not None:
            page.content, page.toc, page.links_to_anchors = converted.html, get_toc(cast(Any, converted.tokens)), {}
            return page
        self._anchors.present_anchor_ids, self._links.links_to_anchors, self._title.title = set(), {}, None
        self._markdown.reset()
        page.content = self._markdown.convert(page.markdown)
        page.toc = get_toc(getattr(self._markdown, "toc_tokens", []))
        page._title_from_render = self._title.title
        page.links_to_anchors = self._links.links_to_anchors
        # The permalinks of a page's headings are the usual ones, and need no second look.
        if all(target is file and set(links) <= self._anchors.present_anchor_ids for target, links in page.links_to_anchors.items()):
            page.links_to_anchors = {}
        return page

    def html(self, page: Page) -> bytes:
        """Return the page as it stands in the site; empty when its template gives nothing."""
        page.active = True
        context = get_context(self.nav, [], self.config, page)
        template = self.env.get_template(page.meta.get("template", "main.html"))
        context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
        output = str(template.render(context))
        page.active = False
        return output.encode("utf-8", errors="xmlcharrefreplace") if output.strip() else b""


def warn_of_anchors(maker: PageMaker, page: Page, text_of: Callable[[str], str]) -> None:
    """Warn, as MkDocs does, of links of `page` to anchors that are not there; `text_of` gives the Markdown of a page by its path."""
    for target in page.links_to_anchors or {}:
        with kept_messages():  # what is wrong with that page is told when its own turn comes
            stock = Page(None, target, maker.config)
            stock.markdown, stock.meta = _read(text_of(target.src_uri))
            stock.render(maker.config, maker.files)
    page.validate_anchor_links(files=maker.files, log_level=maker.config.validation.links.anchors)


def files_with(files: Files, paths: Iterable[str], config: MkDocsConfig) -> Files:
    """Return `files` and the pages at `paths`, in the order in which MkDocs finds them in a folder."""
    pages = [
        File(path, config.docs_dir, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
        for path in sorted(paths, key=_place)
    ]
    return Files([*pages, *(file for file in files if not file.is_documentation_page())])


def build_templates(config: MkDocsConfig, env: Any, files: Files, nav: Navigation, page: str) -> None:
    """Build again the templates of the theme that are no page, such as 404.html, and the page that MkDocs builds itself."""
    for name in config.theme.static_templates:
        commands._build_theme_template(name, env, files, config, nav)
    file = files.get_file_from_path(page)
    if file is not None and file.page is not None:
        file.page = None
        file.page = Page(None, file, config)
        commands._populate_page(file.page, config, files)
        commands._build_page(file.page, config, files.documentation_pages(), nav, env)


def set_front_matter(file: File, meta: dict[str, Any], config: MkDocsConfig) -> None:
    """Give a file the page that a template of the site asks for its front matter."""
    Page(None, file, config).meta = meta


def _place(path: str) -> list[tuple[int, str | bool, str]]:
    *folders, name = path.split("/")
    return [*((1, folder, "") for folder in folders), (0, name.split(".")[0] not in ("index", "README"), name)]


def _read(text: str) -> tuple[str, dict[str, Any]]:
    """Return body and front matter, as MkDocs reads them."""
    if match := _FRONT_MATTER.match(text):
        with contextlib.suppress(ValueError):
            lines = (line.split(": ", 1) for line in match.group(1).splitlines())
            return text[match.end() :], {key: json.loads(value) for key, value in lines}
    body, found = front_matter.get_data(text)
    return body, found


@contextlib.contextmanager
def kept_messages() -> Iterator[list[list[Any]]]:
    """Keep what MkDocs logs, as lists of (logger, level, message), instead of showing it: a worker has nowhere to show it."""
    kept: list[list[Any]] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append([record.name, record.levelno, record.getMessage()])

    logger, keeper = logging.getLogger("mkdocs"), Keeper()
    handlers, propagates = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [keeper], False
    try:
        yield kept
    finally:
        logger.handlers, logger.propagate = handlers, propagates


def show_messages(kept: list[list[Any]]) -> None:
    """Log what was kept."""
    for name, level, message in kept:
        logging.getLogger(name).log(level, "%s", message)


def answer_from(server: LiveReloadServer, folder: Path, page: Callable[[str], str]) -> None:
    """Let the server answer at any time, a rebuild or not, with the files of `folder`.

    `page` is asked before a page is served, with its path below the folder; what it returns is shown in place
    of the page. MkDocs' own answer waits until a rebuild has ended; unknown addresses and the request that
    waits for the next change are left to it.
    """
    stock = cast(Callable[..., Iterable[bytes]], server.get_app())

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/") or not path.startswith(server.mount_path):
            return stock(environ, start_response)
        address = posixpath.normpath("/" + path[len(server.mount_path) :] + ("index.html" if path.endswith("/") else "")).lstrip("/")
        epoch = server._visible_epoch  # asked first: a page that changes while it is made is loaded once more
        content = page(address).encode() if address.endswith(".html") else b""
        code = "500 Internal Server Error" if content else "200 OK"
        try:
            content = content or (folder / address).read_bytes()
        except OSError:
            return stock(environ, start_response)
        kind = server._guess_type(address)  # type: ignore[no-untyped-call]
        if kind == "text/html":
            content = server._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        start_response(code, [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]

    server.set_app(app)


def read_templates_again(env: Any) -> None:
    """Let a template whose file changed be read again; MkDocs makes a new environment for every build instead."""
    env.auto_reload = True


def reload_browsers(server: LiveReloadServer) -> None:
    """Let browsers load their page again though nothing was rebuilt."""
    with server._epoch_cond:
        server._wanted_epoch = server._visible_epoch = max(server._wanted_epoch, server._visible_epoch) + 1
        server._epoch_cond.notify_all()


def watch_at_once(server: LiveReloadServer, watched: Iterable[Path]) -> Callable[[], set[Path] | None]:
    """Let the server learn of a change from the system instead of looking twice a second, and build soon after it.

    Returns what tells which files changed since it was called last; None when they are too many to be told.
    """
    observer = Observer()
    server.observer = cast(Any, observer)
    server.build_delay = 0.02
    for path in watched:
        server.watch(str(path))
    return observer.changed


class Observer:
    """Tells of files that changed; a build opens and closes many that did not.

    Stands in for an observer of watchdog. Where the system can watch no more files it looks at all of them twice a second.
    """

    _CHANGES = (events.FileModifiedEvent, events.FileCreatedEvent, events.FileDeletedEvent, events.FileMovedEvent)
    #: Of more files at once nothing is known but that they are many.
    MOST = 100

    def __init__(self) -> None:
        self._observer: Any = observers.Observer()
        self._scheduled: list[tuple[Any, str, bool]] = []
        self._paths: set[Path] = set()
        self._lock = threading.Lock()

    def schedule(self, event_handler: Any, path: str, *, recursive: bool = False) -> Any:
        """Watch a folder; of a single file the folder, since an editor may put a new file in its place."""
        target = Path(path)
        if target.is_file():
            edits, path, recursive = _Edits(event_handler, self._note, target.name), str(target.parent), False
        else:
            edits = _Edits(event_handler, self._note)
        self._scheduled.append((edits, path, recursive))
        return self._watch(edits, path, recursive)

    def unschedule(self, watch: Any) -> None:
        """Watch a folder no more."""
        self._observer.unschedule(watch)

    def start(self) -> None:
        """Begin to watch."""
        try:
            self._observer.start()
        except OSError as error:  # the system sets a limit, which all programs of a user share
            log.warning("Changes are looked for twice a second, since the system does not tell of them: %s", error.strerror or error)
            self._observer.unschedule_all()
            self._observer = polling.PollingObserver(timeout=0.5)
            for scheduled in self._scheduled:
                self._watch(*scheduled)
            self._observer.start()

    def stop(self) -> None:
        """End."""
        self._observer.stop()

    def join(self) -> None:
        """Wait for the end."""
        self._observer.join()

    def changed(self) -> set[Path] | None:
        """Return the files that changed since the last call; None when they are too many."""
        with self._lock:
            found, self._paths = self._paths, set()
        return found if len(found) <= self.MOST else None

    def _note(self, paths: Iterable[str]) -> None:
        with self._lock:
            self._paths.update(Path(path).absolute() for path in paths)

    def _watch(self, edits: _Edits, path: str, recursive: bool) -> Any:
        return self._observer.schedule(edits, path, recursive=recursive, event_filter=list(self._CHANGES))


class _Edits:
    """Hands on the events of what an author edits: not those of an editor's own files."""

    def __init__(self, handler: Any, note: Callable[[Iterable[str]], None], name: str | None = None) -> None:
        self._handler, self._note, self._name = handler, note, name

    def dispatch(self, event: Any) -> None:
        if paths := [str(path) for path in (event.src_path, event.dest_path) if path and self._is_edited(posixpath.basename(str(path)))]:
            if not self._name:  # who watches one file looks at it
                self._note(paths)
            self._handler.dispatch(event)

    def _is_edited(self, name: str) -> bool:
        return name == self._name if self._name else not name.startswith((".", "#", "4913")) and not name.endswith("~")
