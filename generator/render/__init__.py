"""Renders pages as HTML, and their Markdown copies. Must not write files."""

from generator.render.renderer import Renderer

__all__ = ["Renderer"]
