"""All kinds of pages together.

A `Renderer` keeps nothing of an entry between two pages: `tracking` notes what a page asks, and would miss
what an earlier page had asked. Must not write files.
"""

from __future__ import annotations

from generator.render.pages import Pages
from generator.render.tools import Tools


class Renderer(Tools, Pages):
    """Renders every kind of page from the templates of the project."""

    @staticmethod
    def get_ready() -> None:
        """Import now what only some kinds of pages need."""
        from generator.render import changes, decision, timeline  # noqa: F401
