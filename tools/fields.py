"""Writes docs/fields.md: every field of an entry and of a page, from the schemas that editors read.

Must not hold a word about a field: what it says stands below the field in `generator/schemas/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from toolchain import ROOT

from generator.schemas import json_schemas
from generator.schemas.entry import Entry
from generator.schemas.page import Page

TARGET = ROOT / "docs" / "fields.md"
HEAD = """# Fields

Every field that an author may write; your editor shows the same words. This page is made from the schemas: `make fields` writes it.
What a text may hold, and what makes a guide good: [CONTRIBUTING.md](../CONTRIBUTING.md).
"""
FILES = (("errors/<slug>.yml", Entry), ("pages/<name>.yml", Page))


def page() -> str:
    """Return the page."""
    parts = [HEAD]
    for name, model in FILES:
        schema = json.loads(json_schemas.text_of(model))
        parts.append(f"## `{name}`\n\n{_table(schema)}")
        for title, inner in sorted(schema["$defs"].items()):
            if "properties" in inner and title != "Text":
                parts.append(f"### {title}\n\n{inner.get('description', '').split(chr(10) * 2)[0]}\n\n{_table(inner)}")
    return "\n".join(parts)


def _table(schema: dict[str, Any]) -> str:
    rows = ["| field | value | what it says |", "|---|---|---|"]
    for name, field in schema["properties"].items():
        mark = "" if name in schema.get("required", ()) else " (optional)"
        words = " ".join(field.get("description", "").split()).replace("|", "\\|")
        rows.append(f"| `{name}`{mark} | {', '.join(dict.fromkeys(_kinds(field)))} | {words} |")
    return "\n".join(rows) + "\n"


def _kinds(field: dict[str, Any]) -> Iterator[str]:
    """Yield what may stand in a field, in an author's words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        yield "text in both languages" if name == "Text" else name
    for branch in field.get("anyOf", ()):
        yield from _kinds(branch)
    if "enum" in field or "const" in field:
        yield from (f"`{value}`" for value in field.get("enum", [field.get("const")]))
    elif field.get("type") == "array":
        yield f"list of: {', '.join(_kinds(field.get('items', {})))}"
    elif field.get("type") == "object":
        inner = field.get("additionalProperties")
        yield f"names with: {', '.join(_kinds(inner))}" if isinstance(inner, dict) else "mapping"
    elif "type" in field:
        yield {"string": field.get("format", "string"), "integer": "number", "boolean": "true or false"}.get(field["type"], field["type"])


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
