"""A built site that is served: made anew where somebody looks, from what changed.

After a change nothing is made. A new `LiveBuild` has in common with the one before what did not change;
what it takes to find that out grows with the change, and with the number of entries only by a look at each in memory.
Must not know who asks.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.build import colours, pieces, reread, theme
from generator.build.pieces import Group
from generator.build.site import STOCK_PAGE, Broken, FastBuild
from generator.build.tracking import Answers
from generator.check.memory import Memory
from generator.content.catalogue import Located
from generator.content.handbook import LocatedPage
from generator.content.project import Project, load
from generator.system import files, fingerprint


class LiveBuild(FastBuild):
    """A site as it is after a change; pages are made when they are asked for."""

    def __init__(self, build: FastBuild) -> None:
        """Go on with a site that was built as a whole; `build` then answers what this one answers."""
        vars(self).update(vars(build))
        theme.read_templates_again(self._stock[2])
        self._newest[0] = self
        self._gone: list[dict[str, Any]] = []
        """What was made of groups that are no more."""
        self._single: set[str] = set()
        """Pages that were made before the rest of their group."""

    def again(self, memory: Memory, paths: Iterable[Path] | None = None) -> LiveBuild:
        """Read the files at `paths` once more, or everything, and return the site as it is now, of which no page is made yet.

        Raises `Broken` when a file cannot be read, or the rules find something in what changed; `memory` has what
        they found before. The site that is served stays that of this build until `begin`.
        """
        root, listed = self.project.root, None if paths is None else list(paths)
        shared = listed is None or reread.shared(root, listed)
        state = fingerprint.of_project(root, self._settings) if shared else self._state
        project = None if listed is None else reread.again(self.project, listed)
        if project is None:
            project = load(root)
        if problems := memory.run(project):
            raise Broken(problems)
        new = copy.copy(self)
        new._single = set()
        answers = Answers(project, self._answers)
        same = self._same_groups(project, answers)
        new._use(project, answers, same or self._planned(project))
        new._state = state
        if shared:
            new.start()
        if same is None:
            new._prepare(*self._stock)
            vars(new).pop("_by_address", None)
        new._made = self._still_good(new)
        names = {group.name for group in new.groups}
        new._gone = [made for name, made in list(self._made.items()) if name not in names]
        return new

    def _same_groups(self, project: Project, answers: Answers) -> list[Group] | None:
        """Return the groups of a project with the same pages; None when there may be others."""
        before = self.project
        if project.handbook is not before.handbook or bool(project.facts.glossary.terms) != bool(before.facts.glossary.terms):
            return None
        return pieces.again(self.groups, project) if answers.families == self._answers.families else None

    def _still_good(self, new: LiveBuild) -> dict[str, dict[str, Any]]:
        """Return what is made of `new` already."""
        made = list(self._made.items())  # at once, for another thread may be adding to it
        if new._version() != self._version():
            return {}
        changed = new._answers.changed(self._answers)
        if changed is None:
            return {name: one for name, one in made if new._answers.hold(one["trace"])}
        return {name: one for name, one in made if not any(question in one["trace"] for question in changed)}

    def begin(self) -> None:
        """Be the site that is served. No page may be made meanwhile."""
        self._newest[0] = self
        self.config.extra["strings"] = self.project.strings
        self.config.extra["navigation"] = self.links
        built = Path(self.config.site_dir)
        files.write_all(built, self.assets)
        for made in self._gone:
            for address, _ in made["files"]["site"]:
                (built / address).unlink(missing_ok=True)
        self._gone = []

    def is_current(self) -> bool:
        """Tell whether the files of the project are those that this site is of, by a look at all of them."""
        root = self.project.root
        if fingerprint.of_project(root, self._settings) != self._state:
            return False
        project = load(root)
        return not project.problems and Answers(project, self._answers).changed(self._answers) == set()

    def waiting(self) -> list[Group]:
        """Return the groups that are still to be made."""
        return [group for group in self.groups if group.name not in self._made]

    def make_group(self, group: Group) -> None:
        """Make one group that is waiting."""
        with colours.shared():
            self._made[group.name] = self._group(group)
        theme.show_messages(self._made[group.name]["messages"])

    def located_at(self, address: str) -> Located | LocatedPage | None:
        """Return what the page with this path below the site is made of, if the rules look at it."""
        found = self._by_address.get(address)
        return self._located(self.groups[found[0]]) if found else None

    def make_page(self, address: str) -> bool:
        """Make the page with this path below the site, if it waits to be made; tell whether it is one of these pages."""
        found = self._by_address.get(address)
        if found is None:
            return False
        group = self.groups[found[0]]
        planned = group.pages[found[1]]
        if group.name not in self._made and address not in self._single:
            self._watched.start(group.entry)
            with colours.shared():
                page = self._maker.make(self._files[planned.path], planned.make(self._renderer))
            files.write(Path(self.config.site_dir) / address, self._maker.html(page))
            self._single.add(address)
        return True

    @functools.cached_property
    def _by_address(self) -> dict[str, tuple[int, int]]:
        """Group and page, by number, of every path below the site."""
        return {
            self._files[page.path].dest_uri: (number, index)
            for number, group in enumerate(self.groups)
            for index, page in enumerate(group.pages)
        }

    def refresh(self) -> None:
        """Make again what MkDocs made itself. No page may be made meanwhile."""
        found, nav, env = self._stock
        theme.build_templates(self.config, env, found, nav, STOCK_PAGE)
