"""Renders the pages of one language as Markdown.

The only package that imports jinja2. Must not write files.

Names are looked up when somebody asks for them: the environments alone, which the plugin wants first to compile
templates with, need none of the models, and those take longest to make.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.render.base import identity_name
    from generator.render.environment import breakable, front_matter, heading, message_html
    from generator.render.guides import JUMP_LINKS
    from generator.render.renderer import Renderer

_HOMES = {
    "JUMP_LINKS": "guides",
    "Renderer": "renderer",
    "breakable": "environment",
    "front_matter": "environment",
    "heading": "environment",
    "identity_name": "base",
    "message_html": "environment",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"generator.render.{_HOMES[name]}"), name)


__all__ = ["JUMP_LINKS", "Renderer", "breakable", "front_matter", "heading", "identity_name", "message_html"]
