"""The JSON Schemas: for editors, of entries and each file in `facts/`; for everyone, of the published JSON.

Must not know where they are stored beyond their names.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generator.api_schema import PUBLISHED
from generator.fact_schema import FACT_FILES
from generator.page_schema import Page
from generator.schema import Entry

FOLDER = "schema"


def schemas() -> dict[str, str]:
    """Return the text of each schema by file name."""
    models: dict[str, Any] = {"entry": Entry, "page": Page, **FACT_FILES, **PUBLISHED}
    return {f"{stem}.schema.json": text_of(model) for stem, model in models.items()}


def stale(project: Path) -> list[str]:
    """Return the names of schemas that are missing or differ from the models, and of files that are none."""
    folder = project / FOLDER
    wanted = {name: text.encode() for name, text in schemas().items()}
    found = {file.name: file.read_bytes() for file in folder.glob("*.json")} if folder.is_dir() else {}
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def write(project: Path) -> list[str]:
    """Write every schema that is not fresh and return the names of those written or removed."""
    changed = stale(project)
    wanted = schemas()
    folder = project / FOLDER
    folder.mkdir(exist_ok=True)
    for name in changed:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


def text_of(model: Any) -> str:
    """Return the schema of a model as the text of a file."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
