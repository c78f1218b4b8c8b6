"""A built site that an author looks at: a page is made when it is asked for, all others when nothing is asked or saved.

A mistake never ends the server: it is shown in the terminal and in place of every page until it is mended. Must not know
what asks, or what tells of a change.
"""

from __future__ import annotations

import gc
import html
import logging
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

from generator import check
from generator.build import site as sites
from generator.build.pieces import Piece
from generator.build.plan import PlannedPage, Unit, assets
from generator.build.site import Broken, Site, Target
from generator.build.theme import Theme
from generator.content.problems import Problem, in_order
from generator.render import Renderer
from generator.search.index import FOLDER
from generator.system import files
from generator.system.cache import Cache

log = logging.getLogger("mkdocs.plugins.claude_errors")

#: Seconds without a change after which the pages are made that were not asked for.
QUIET = 0.5
#: Seconds between two looks whether a request is answered.
TURN = 0.002


class Live:
    """The site as it is now. Requests, saves and the work on the rest come from different threads.

    Nothing is made for long while a request waits: the rest stops as soon as something is saved or asked for.
    """

    def __init__(self, site: Site, made: Mapping[str, Piece], theme: Theme, cache: Cache, tell: Callable[[], None]) -> None:
        """Serve what was built. `tell` is called when a mistake is found after `reload` has returned."""
        self.mistake = ""
        """HTML that says what is wrong; empty when nothing is."""
        self._cache, self._tell = cache, tell
        self._making = threading.RLock()
        self._changed = threading.Event()
        self._asking: set[int] = set()
        self._ended = False
        self.take(site, made, theme)
        threading.Thread(target=self._make_the_rest, daemon=True).start()

    def take(self, site: Site, made: Mapping[str, Piece], theme: Theme) -> None:
        """Go on with a site that was built as a whole."""
        with self._making:
            self._theme, self._target, self.mistake = theme, Path(theme.config.site_dir), ""
            theme.reads_templates_again()
            self.made = dict(made)
            """What was made of each unit, by its name."""
            # Keys of what is on disk, by unit and by address of a page, and keys of what the rules found nothing in.
            self._units = dict(site.keys)
            self._pages = {page.address: site.keys[unit.name] for unit in site.units for page in unit.pages}
            self._passed = set(site.keys.values())
            self._use(site)
        gc.collect()
        gc.freeze()  # what stays for as long as the server runs need not be looked at by every collection

    def reload(self) -> None:
        """Read what changed. Afterwards every page that is asked for is the new one, or says what is wrong."""
        self._changed.set()  # the rest waits
        try:
            site = self._loaded()
        except Broken as broken:
            self._show(broken.problems)
        except Exception as error:  # such as a file that went away while it was read
            self.mistake = self._told(error)
        else:
            with self._making:
                self._use(site)
                self.mistake = ""
            self._changed.set()

    def page(self, address: str) -> str:
        """Make the page at `address`, a path below the site, if it is not the newest; return what is wrong, as HTML, or nothing."""
        self._asking.add(threading.get_ident())
        try:
            with self._making:
                found = self._by_address.get(address)
                if found and not self.mistake:
                    self._make_page(address, *found)
        except Broken as broken:
            self._show(broken.problems)
        except Exception as error:  # a mistake in a template may be of any kind
            return self._told(error)
        finally:
            self._asking.discard(threading.get_ident())
        return self.mistake

    def end(self) -> None:
        """Make nothing any more."""
        self._ended = True
        self._changed.set()

    def _loaded(self) -> Site:
        """Return the site as it is now; raises `Broken` when the rules find something in an entry or page that changed itself."""
        before = self.site
        site = sites.load(before.project.root, before.settings, before.site_url, self._cache)
        problems: list[Problem] = []
        for unit in site.units:
            if site.own[unit.name] != before.own.get(unit.name):
                problems += self._problems(site, unit)
        if problems:
            raise Broken(in_order(problems))
        return site

    def _use(self, site: Site) -> None:
        self.site, self._renderer = site, Renderer(site.project, self._cache)
        self._by_address = {page.address: (unit, page) for unit in site.units for page in unit.pages}
        self._theme.config.extra |= {"strings": dict(site.project.strings), "navigation": site.links}
        files.write_all(self._target, assets(site.project))

    def _problems(self, site: Site, unit: Unit) -> list[Problem]:
        """Return what the rules find in a unit, if they have not been asked about it as it is."""
        key, located = site.keys[unit.name], site.located(unit)
        problems = check.of_one(site.project, located) if located and key not in self._passed else []
        if not problems:
            self._passed.add(key)
        return problems

    def _make_page(self, address: str, unit: Unit, page: PlannedPage) -> None:
        key = self.site.keys[unit.name]
        if self._pages.get(address) == key:
            return
        if problems := self._problems(self.site, unit):
            raise Broken(problems)
        files.write(self._target / address, self._theme.html(page.path, page.make(self._renderer)).encode())
        self._pages[address] = key

    def _make_the_rest(self) -> None:
        while not self._ended:
            self._changed.wait()
            self._changed.clear()
            if not self._changed.wait(QUIET):  # else something is being saved
                self.make_rest()

    def make_rest(self) -> None:
        """Make what was not asked for, and say what is wrong."""
        try:
            if not self.mistake:
                self._make_all(self.site)
        except Broken as broken:
            self._show(broken.problems)
            self._tell()
        except Exception as error:  # it is shown on the page that it is about, when that is asked for
            self._told(error)

    def _make_all(self, site: Site) -> None:
        """Make what was not asked for, and the files that hold something of every entry."""
        if self._loaded().keys != site.keys:  # the system does not tell of every change when there are too many at once
            self.reload()
            return
        with self._making:
            self._remove_what_is_gone(site)
        for unit in site.units:
            if not self._goes_on(site):
                return
            with self._making:
                self._make_unit(site, unit)
        if not self._goes_on(site):
            return
        with self._making:
            own = self._theme.own_files(self._renderer.tools.chooser())
            files.write_all(self._target, {name: content.encode() for name, content in own.items()})
        made = {unit.name: self.made[unit.name] for unit in site.units}
        written = sites.write_aggregates(site, made, Target(self._target))
        # The files of the search are named after their content.
        files.prune(self._target / FOLDER, {path.removeprefix(f"{FOLDER}/") for path in written})
        sites.write_headers(made, self._target, self._theme.own_names)

    def _make_unit(self, site: Site, unit: Unit) -> None:
        key = site.keys[unit.name]
        if self._units.get(unit.name) != key or any(self._pages.get(page.address) != key for page in unit.pages):
            if problems := self._problems(site, unit):
                raise Broken(problems)
            piece = sites.make_unit(site, unit, self._theme, self._cache, self._renderer)
            self.made[unit.name] = sites.write_unit(site.project.root, piece, Target(self._target))
            self._units[unit.name] = key
            self._pages |= {page.address: key for page in unit.pages}

    def _remove_what_is_gone(self, site: Site) -> None:
        for name in self._units.keys() - site.keys.keys():
            del self._units[name]
            for path in self.made.pop(name).paths:
                if path not in self._by_address:  # else it belongs to another unit now
                    (self._target / path).unlink(missing_ok=True)
                    self._pages.pop(path, None)

    def _goes_on(self, site: Site) -> bool:
        """Tell whether this is still the site to make, when no request waits for a page any more."""
        while self._asking:
            time.sleep(TURN)
        return site is self.site and not (self._changed.is_set() or self._ended or self.mistake)

    def _show(self, problems: list[Problem]) -> None:
        for problem in problems:
            log.error("%s", problem)
        log.error("The pages come back when this is mended.")
        self.mistake = mistake_page("This has to be mended", [str(problem) for problem in problems])

    def _told(self, error: Exception) -> str:
        """Log an exception with the place in a file of the project, and return the page that says so."""
        place = _place(error, self.site.project.root)
        message = f"{place}: {type(error).__name__}: {error}" if place else f"{type(error).__name__}: {error}"
        log.error("%s", message)
        return mistake_page("This page could not be made", [message])


def _place(error: Exception, root: Path) -> str:
    """Return file and line of the project in which an exception arose; empty when it was not in one of its files."""
    if (file := getattr(error, "filename", None)) and (line := getattr(error, "lineno", None)):
        return f"{_below(str(file), root)}:{line}"
    frames = traceback.extract_tb(error.__traceback__)
    found = [frame for frame in frames if Path(frame.filename).is_relative_to(root / "templates")]
    return f"{_below(found[-1].filename, root)}:{found[-1].lineno}" if found else ""


def _below(file: str, root: Path) -> str:
    return Path(file).relative_to(root).as_posix() if Path(file).is_relative_to(root) else file


def mistake_page(title: str, messages: list[str]) -> str:
    """Return the page that stands in place of every page while something is wrong."""
    items = "".join(f"<li><pre>{html.escape(message)}</pre></li>" for message in messages)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title><style>:root{{color-scheme:light dark}}body{{font:1rem/1.5 system-ui;margin:2rem;"
        "max-width:60rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0}li{margin:0 0 1rem}</style></head>"
        f'<body><h1>{html.escape(title)}</h1><ol role="alert">{items}</ol></body></html>'
    )
