"""Serves the site to an author: a page is made when somebody asks for it, all others when nobody does.

Nothing that an author does ends the server: a mistake is shown where it is, in the terminal and in
place of every page, until it is mended. Must not know how a page is made.
"""

from __future__ import annotations

import gc
import html
import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.build.site import Broken, FastBuild
from generator.check.memory import Memory
from generator.content.problems import Problem
from generator.serve.live import LiveBuild

log = logging.getLogger("mkdocs.plugins.claude_errors")

#: Seconds without a change after which the pages are made that nobody asked for.
QUIET = 0.5
#: Seconds between two looks whether a page that somebody waits for is made.
TURN = 0.002


class Live:
    """The site as it is now. What asks, what rebuilds and what makes the rest are different threads.

    Nothing is made for long while somebody waits: the rest stops as soon as something is saved or asked for.
    """

    def __init__(self, build: FastBuild, tell: Callable[[], None] = lambda: None) -> None:
        """Serve what was built. `tell` is called when a mistake is found after `reload` has returned."""
        self.mistake = ""
        """HTML that says what is wrong; empty when nothing is."""
        self._tell = tell
        self._making = threading.RLock()
        self._changed = threading.Event()
        self._asking: set[int] = set()
        self._unread: set[Path] | None = set()
        self._ended = False
        self.take(build)
        self._rest = threading.Thread(target=self._make_the_rest, daemon=True)
        self._rest.start()

    def take(self, build: FastBuild) -> None:
        """Go on with a site that was built anew."""
        with self._making:
            self.build, self.mistake = LiveBuild(build), ""
            self._memory = Memory(build.project)
        gc.collect()
        gc.freeze()  # what stays for as long as the server runs need not be looked at by every collection

    def reload(self, paths: Iterable[Path] | None = None) -> None:
        """Read what changed: the files at `paths`, or all.

        Afterwards every page that is asked for is the new one, or says what is wrong.
        """
        self._changed.set()  # the rest waits
        # What was saved while something was wrong is still to be read.
        self._unread = None if paths is None or self._unread is None else self._unread.union(paths)
        try:
            build = self.build.again(self._memory, self._unread)
        except Broken as broken:
            self._show(broken.problems)
            return
        except Exception as error:  # such as a file that went away while it was read
            self._unread = None
            self.mistake = self._told(error)
            return
        with self._making:
            build.begin()
            self.build, self.mistake, self._unread = build, "", set()
        self._changed.set()

    def page(self, address: str) -> str:
        """See to it that the page at `address`, a path below the site, is the newest; return what is wrong, as HTML, or nothing."""
        self._asking.add(threading.get_ident())
        try:
            with self._making:
                if not self.mistake:
                    self._look_at(self.build, address)
                if not self.mistake:
                    self.build.make_page(address)
        except Exception as error:  # a mistake in a template may be of any kind
            return self._told(error)
        finally:
            self._asking.discard(threading.get_ident())
        return self.mistake

    def end(self) -> None:
        """Make nothing any more."""
        self._ended = True
        self._changed.set()

    def _look_at(self, build: LiveBuild, address: str) -> None:
        """Ask the rules about a page, if something changed that it is held against."""
        located = build.located_at(address)
        if located and (problems := self._memory.late(build.project, located)):
            self._show(problems)

    def _show(self, problems: list[Problem]) -> None:
        for problem in problems:
            log.error("%s", problem)
        log.error("The pages come back when this is mended.")
        self.mistake = _page("This has to be mended", [str(problem) for problem in problems])

    def _make_the_rest(self) -> None:
        while not self._ended:
            self._changed.wait()
            self._changed.clear()
            if self._changed.wait(QUIET):
                continue  # something else is being saved
            build = self.build
            try:
                if not self.mistake:
                    self._make_all(build)
            except Exception as error:  # it is shown on the page that it is about, when somebody asks for that
                if self._goes_on(build):
                    self._told(error)

    def _goes_on(self, build: LiveBuild) -> bool:
        """Tell whether this is still the site to make, when nobody waits for a page any more."""
        while self._asking:
            time.sleep(TURN)
        return build is self.build and not (self._changed.is_set() or self._ended or self.mistake)

    def _make_all(self, build: LiveBuild) -> None:
        """Make what nobody asked for; what is made when something changes is taken over."""
        if not build.is_current():  # the system does not tell of every change when there are too many at once
            self.reload()
            return
        for one in self._memory.due(build.project):
            if not self._goes_on(build):
                return
            if problems := self._memory.late(build.project, one):
                self._show(problems)
                self._tell()
                return
        for group in build.waiting():
            if not self._goes_on(build):
                return
            with self._making:
                if build is self.build:
                    build.make_group(group)
        if self._goes_on(build):
            with self._making:
                build.refresh()
            build.finish()

    def _told(self, error: Exception) -> str:
        """Log an exception with the place in a file of the project, and return the page that says so."""
        place = _place(error, self.build.project.root)
        message = f"{place}: {type(error).__name__}: {error}" if place else f"{type(error).__name__}: {error}"
        log.error("%s", message)
        return _page("This page could not be made", [message])


def _place(error: Exception, root: Path) -> str:
    """Return file and line of the project in which an exception arose; empty when it was not in one of its files."""
    if (file := getattr(error, "filename", None)) and (line := getattr(error, "lineno", None)):
        return f"{_below(str(file), root)}:{line}"
    frames = traceback.extract_tb(error.__traceback__)
    found = [frame for frame in frames if Path(frame.filename).is_relative_to(root / "templates")]
    return f"{_below(found[-1].filename, root)}:{found[-1].lineno}" if found else ""


def _below(file: str, root: Path) -> str:
    return Path(file).relative_to(root).as_posix() if Path(file).is_relative_to(root) else file


def _page(title: str, messages: list[str]) -> str:
    items = "".join(f"<li><pre>{html.escape(message)}</pre></li>" for message in messages)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title><style>:root{{color-scheme:light dark}}body{{font:1rem/1.5 system-ui;margin:2rem;"
        "max-width:60rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0}li{margin:0 0 1rem}</style></head>"
        f'<body><h1>{html.escape(title)}</h1><ol role="alert">{items}</ol></body></html>'
    )


def rebuilder(
    live: Live, settings: Path, build_anew: Callable[[], FastBuild | None], changed: Callable[[], Iterable[Path] | None]
) -> Callable[[], None]:
    """Return what a server calls after a change: everything anew when the settings changed, else only what has to be.

    `build_anew` builds the whole site; what it raises is shown as a mistake. `changed` returns the files that changed
    since it was called last, or None when that is not known.
    """
    known = settings.read_bytes()

    def rebuild() -> None:
        nonlocal known
        paths = changed()
        now = settings.read_bytes() if settings.is_file() else b""
        if now == known:
            live.reload(paths)
            return
        known = now
        try:
            build = build_anew()
        except (Exception, SystemExit) as error:
            live.mistake = _page("The settings have to be mended", [f"{settings.name}: {error}"])
            log.error("%s: %s", settings.name, error)
        else:
            if build is not None:
                live.take(build)

    return rebuild
