"""Serves a site with the server of MkDocs, which answers at any time and learns at once of what changed.

With `fast_mkdocs` the only module that uses what MkDocs 1.6.1 does not promise to keep: how its server makes an
answer, and how it tells browsers to load a page again. Apart from that one, since a build has no use for the server.
"""

from __future__ import annotations

import logging
import posixpath
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

from mkdocs.livereload import LiveReloadServer
from watchdog import events, observers
from watchdog.observers import polling

log = logging.getLogger("mkdocs.plugins.claude_errors")


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
