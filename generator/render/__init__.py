"""Renders the pages of one language as Markdown.

The only package that imports jinja2. A `Renderer` keeps nothing of an entry between two pages:
`tracking` notes what a page asks, and would miss what an earlier page had asked. Must not write files.
"""

from generator.render.base import identity_name
from generator.render.environment import breakable, front_matter, heading, message_html
from generator.render.guides import JUMP_LINKS
from generator.render.pages import Pages
from generator.render.tools import Tools


class Renderer(Tools, Pages):
    """Renders every kind of page from the templates of the project."""


__all__ = ["JUMP_LINKS", "Renderer", "breakable", "front_matter", "heading", "identity_name", "message_html"]
