"""Serves the site to an author: a page is made when somebody asks for it, all others when nobody does.

Nothing that an author does ends the server: a mistake is shown where it is, in the terminal and in
place of every page, until it is mended. Must not know how a page is made.
"""

from __future__ import annotations

import html
import logging
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from generator.fast_build import Broken, FastBuild
from generator.lint.memory import Memory

log = logging.getLogger("mkdocs.plugins.claude_errors")

#: Seconds without a change after which the pages are made that nobody asked for.
QUIET = 0.5


class Live:
    """The site as it is now. What asks and what rebuilds may be different threads."""

    def __init__(self, build: FastBuild) -> None:
        self.build = build.for_serving()
        self.mistake = ""
        """HTML that says what is wrong; empty when nothing is."""
        self._memory = Memory()
        self._making = threading.RLock()
        self._changed = threading.Event()
        self._ended = False
        self._rest = threading.Thread(target=self._make_the_rest, daemon=True)
        self._rest.start()

    def take(self, build: FastBuild) -> None:
        """Go on with a site that was built anew."""
        with self._making:
            self.build, self.mistake = build.for_serving(), ""

    def reload(self) -> None:
        """Read what changed. Afterwards every page that is asked for is the new one, or says what is wrong."""
        try:
            build = self.build.again(self._memory)
        except Broken as broken:
            for problem in broken.problems:
                log.error("%s", problem)
            log.error("The pages come back when this is mended.")
            self.mistake = _page("This has to be mended", [str(problem) for problem in broken.problems])
            return
        except Exception as error:  # such as a file that went away while it was read
            self.mistake = self._told(error)
            return
        with self._making:
            self.build, self.mistake = build, ""
        self._changed.set()

    def page(self, address: str) -> str:
        """See to it that the page at `address`, a path below the site, is the newest; return what is wrong, as HTML, or nothing."""
        if self.mistake:
            return self.mistake
        try:
            with self._making:
                self.build.make_page(address)
        except Exception as error:  # a mistake in a template may be of any kind
            return self._told(error)
        return ""

    def end(self) -> None:
        """Make nothing any more."""
        self._ended = True
        self._changed.set()

    def _make_the_rest(self) -> None:
        while not self._ended:
            self._changed.wait()
            self._changed.clear()
            if self._changed.wait(QUIET):
                continue  # something else is being saved
            try:
                self._make_all(self.build)
            except Exception as error:  # it is shown on the page that it is about, when somebody asks for that
                self._told(error)

    def _make_all(self, build: FastBuild) -> None:
        for group in build.waiting():
            if self._changed.is_set() or self._ended:
                return  # what is made so far is taken over
            with self._making:
                build.make_group(group)
        with self._making:
            build.refresh()

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


def rebuilder(live: Live, settings: Path, build_anew: Callable[[], FastBuild | None]) -> Callable[[], None]:
    """Return what a server calls after a change: everything anew when the settings changed, else only what has to be.

    `build_anew` builds the whole site; what it raises is shown as a mistake.
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
            build = build_anew()
        except (Exception, SystemExit) as error:
            live.mistake = _page("The settings have to be mended", [f"{settings.name}: {error}"])
            log.error("%s: %s", settings.name, error)
        else:
            if build is not None:
                live.take(build)

    return rebuild
