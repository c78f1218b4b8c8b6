"""Which pages the foot of every page, the home page and the header lead to: only those that are there.

Must not draw; the theme does.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Container

from generator.content.project import Project
from generator.text.writer import Writer

#: Groups of links by the key of their heading, in the order of a reader who has an error: what to do, tools, this site.
GROUPS: dict[str, tuple[str, ...]] = {
    "do": ("handling", "cost", "calculators", "decode"),
    "build": ("mock", "api"),
    "site": ("glossary", "changes", "about"),
}
#: Pages that the home page leads to beside its list of errors.
HOME = ("handling", "cost", "calculators")
#: The page that the header leads to.
HUB = "handling"


@dataclasses.dataclass(frozen=True)
class Link:
    """A page with its name in one language."""

    path: str
    """Address below the language, without slashes at the ends."""
    name: str
    text: str
    """What it is about, in a sentence; empty when that is not said."""


def links(project: Project, language: str, there: Container[str]) -> dict[str, list[Link]]:
    """Return the links of each group in one language, those of the home page as `home` and that of the header as `hub`.

    `there` has the paths of the pages that exist.
    """
    groups = {**GROUPS, "home": HOME, "hub": (HUB,)}
    return {group: [_link(project, language, path) for path in paths if path in there] for group, paths in groups.items()}


def _link(project: Project, language: str, path: str) -> Link:
    writer = Writer(project, language)
    located = project.handbook.by_path.get(path)
    if located:
        return Link(path, writer.plain(located.page.name), writer.plain(located.page.lead))
    # A page without a file in pages/ has its words among those of the interface.
    return Link(path, writer.t(f"nav.name.{path}"), writer.t.words.get(f"{path}.lead", ""))
