"""Lets the server of MkDocs answer with the pages of `Live`, and learn at once of what changed.

One of the doors to MkDocs; uses only names that it does not hide.
"""

from __future__ import annotations

import logging
import posixpath
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

from mkdocs.livereload import LiveReloadServer
from watchdog import events, observers

from generator.serve.live import Live, mistake_page

log = logging.getLogger("mkdocs.plugins.claude_errors")

Respond = Callable[..., Any]

#: A page of the site that no address leads to: it holds the mistake that stands in place of every page.
MISTAKE = "_mistake.html"
#: Seconds without a further change after which a save is looked at.
DELAY = 0.02
#: Edits; reading a file also makes events.
_EDITS = [events.FileModifiedEvent, events.FileCreatedEvent, events.FileDeletedEvent, events.FileMovedEvent]


class Observer(observers.Observer):  # type: ignore[misc, valid-type] # what it is depends on the system
    """Tells of edits as soon as they happen; MkDocs' own looks twice a second."""

    def schedule(self, event_handler: Any, path: str, *, recursive: bool = False, event_filter: Any = None) -> Any:
        """Watch a folder; of a single file its folder, since an editor may put a new file in its place."""
        target = Path(path).parent if Path(path).is_file() else Path(path)
        return super().schedule(event_handler, str(target), recursive=recursive, event_filter=_EDITS)


class Signal:
    """Makes the server reload browsers though nothing of the project changed."""

    def __init__(self, server: LiveReloadServer) -> None:
        self._folder = tempfile.TemporaryDirectory()
        server.watch(self._folder.name)

    def __call__(self) -> None:
        """Let the browsers reload."""
        (Path(self._folder.name) / "changed").touch()

    def remove(self) -> None:
        """Remove what was made for it."""
        self._folder.cleanup()


def watch(server: LiveReloadServer, watched: Iterable[Path]) -> None:
    """Let the server learn of edits from the system; where that can watch no more files, it goes on looking twice a second."""
    folders = [str(path) for path in watched]
    trial = Observer()
    try:
        for folder in folders:
            trial.schedule(events.FileSystemEventHandler(), folder, recursive=True)
        trial.start()
        trial.stop()
    except OSError as error:  # the system sets a limit, which all programs of a user share
        log.warning("Changes are looked for twice a second, since the system does not tell of them: %s", error.strerror or error)
    else:
        server.observer = cast(Any, Observer())
    server.build_delay = DELAY
    for folder in folders:
        server.watch(folder)


def answer_with(server: LiveReloadServer, live: Live) -> None:
    """Let `live` make a page before the server answers with it, or the server show what is wrong instead."""
    stock = cast(Callable[..., Iterable[bytes]], server.get_app())
    root = Path(server.root)

    def app(environ: dict[str, Any], start_response: Respond) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/") or not path.startswith(server.mount_path):
            return stock(environ, start_response)
        address = posixpath.normpath("/" + path[len(server.mount_path) :] + ("index.html" if path.endswith("/") else "")).lstrip("/")
        mistake = live.page(address) if address.endswith(".html") else ""
        if not mistake:
            return stock(environ, start_response)
        (root / MISTAKE).write_text(mistake, encoding="utf-8")

        def respond(_: str, headers: list[tuple[str, str]]) -> Any:
            return start_response("500 Internal Server Error", headers)

        return stock({**environ, "PATH_INFO": f"{server.mount_path}{MISTAKE}"}, respond)

    server.set_app(app)


def rebuilder(live: Live, settings: Path, build_anew: Callable[[], None]) -> Callable[[], None]:
    """Return what a server calls after a change: everything anew when the file `settings` changed, else only what has to be.

    What `build_anew` raises is shown as a mistake.
    """
    known = settings.read_bytes()

    def rebuild() -> None:
        nonlocal known
        now = settings.read_bytes() if settings.is_file() else b""
        if now == known:
            live.reload()
            return
        known = now
        try:
            build_anew()
        except (Exception, SystemExit) as error:
            live.mistake = mistake_page("The settings have to be mended", [f"{settings.name}: {error}"])
            log.error("%s: %s", settings.name, error)

    return rebuild
