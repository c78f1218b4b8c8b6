"""Everything that a build reads, loaded once.

Must not judge or write.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from generator.content import catalogue, facts, handbook, readings, snippets, strings, synonyms
from generator.content.catalogue import Catalogue, Located
from generator.content.facts import Facts
from generator.content.handbook import Handbook, LocatedPage
from generator.content.problems import Problem
from generator.content.snippets import SnippetSet
from generator.content.strings import Strings
from generator.content.synonyms import Synonyms


@dataclasses.dataclass(frozen=True)
class Project:
    """The inputs of a build. `problems` holds what could not be read; `check.run` finds the rest."""

    root: Path
    catalogue: Catalogue
    facts: Facts
    strings: dict[str, Strings]
    synonyms: Synonyms
    snippets: dict[str, SnippetSet]
    """Programs of the guides, by slug."""
    page_snippets: dict[str, SnippetSet]
    """Programs of other pages, by the name of their folder."""
    handbook: Handbook
    """Pages that are no guides."""
    problems: tuple[Problem, ...]

    @property
    def programs(self) -> dict[str, SnippetSet]:
        """All programs that pages show, by the name of their folder."""
        return {**self.snippets, **self.page_snippets}

    def alone(self, one: Located | LocatedPage) -> Project:
        """Return the project as it is for a rule that looks at `one` only, and looks others up by their names."""
        catalogue = Catalogue((one,) if isinstance(one, Located) else (), self.catalogue.problems)
        handbook = Handbook((one,) if isinstance(one, LocatedPage) else (), self.handbook.problems)
        # What is found by name stays as it is; both are computed once from all.
        vars(catalogue)["by_slug"] = self.catalogue.by_slug
        vars(catalogue)["unreadable"] = self.catalogue.unreadable
        vars(handbook)["by_path"] = self.handbook.by_path
        return dataclasses.replace(self, catalogue=catalogue, handbook=handbook, problems=())


def load(root: Path) -> Project:
    """Return the project in the folder `root`; nothing in it makes this raise."""
    with readings.at_hand(root):
        return _load(root)


def _load(root: Path) -> Project:
    entries = catalogue.load(root)
    known = facts.load(root)
    words, wrong_words = strings.load(root)
    same, wrong_synonyms = synonyms.load(root)
    code = {slug: snippets.load(root, slug) for slug in entries.by_slug}
    pages = handbook.load(root)
    page_code = {name: snippets.load(root, name) for name in (snippets.API_FOLDER, *pages.programs)}
    problems = [
        *entries.problems,
        *known.problems,
        *pages.problems,
        *wrong_words,
        *wrong_synonyms,
        *(problem for found in (*code.values(), *page_code.values()) for problem in found.problems),
    ]
    return Project(root, entries, known, words, same, code, page_code, pages, tuple(problems))
