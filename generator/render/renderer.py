"""All kinds of pages together."""

from __future__ import annotations

from generator.content.project import Project
from generator.render.base import base
from generator.render.guides import Guides
from generator.render.pages import Pages
from generator.render.tools import Tools
from generator.system.cache import Cache, project_cache


class Renderer:
    """Renders every kind of page from the templates of a project."""

    def __init__(self, project: Project, cache: Cache | None = None) -> None:
        """`cache` is that of the project, if not given."""
        common = base(project.shared, cache or project_cache(project.root))
        self.guides = Guides(common, project.snippets)
        self.pages = Pages(common, project)
        self.tools = Tools(common, project, self.guides)
