"""Renders the pages of one language as HTML, and their readable copies as Markdown.

The only package that imports jinja2. Must not write files.
"""

from generator.render.base import identity_name
from generator.render.environment import breakable, message_html
from generator.render.guides import JUMP_LINKS
from generator.render.html import Heading, RenderedPage
from generator.render.renderer import Renderer

__all__ = ["JUMP_LINKS", "Heading", "RenderedPage", "Renderer", "breakable", "identity_name", "message_html"]
