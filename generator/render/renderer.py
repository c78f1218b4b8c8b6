"""All kinds of pages together.

A `Renderer` keeps nothing of an entry between two pages. Must not write files.
"""

from __future__ import annotations

from generator.content.project import Project
from generator.render.base import Base
from generator.render.guides import Guides
from generator.render.pages import Pages
from generator.render.tools import Tools


class Renderer:
    """Renders every kind of page from the templates of the project."""

    def __init__(self, project: Project) -> None:
        base = Base(project)
        guides, pages, tools = Guides(base), Pages(base), Tools(base)
        self.guide = guides.guide
        self.copy = guides.copy
        self.index = guides.index
        self.redirect = guides.redirect
        self.page = pages.page
        self.page_copy = pages.page_copy
        self.glossary = pages.glossary
        self.changes = pages.changes
        self.calculators = pages.calculators
        self.decode = tools.decode
        self.mock = tools.mock
        self.api = tools.api
        self.llms = tools.llms
        self.chooser = tools.chooser
