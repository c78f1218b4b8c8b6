"""The JSON Schemas: for editors, of entries and each file in `facts/`; for everyone, of the published JSON.

Must not know where they are stored beyond their names.
"""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import json
import sys
import typing
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator.schemas.entry import Entry
from generator.schemas.facts import FACT_FILES
from generator.schemas.page import Page
from generator.schemas.published import PUBLISHED

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


def text_of(model: type[BaseModel]) -> str:
    """Return the schema of a model as the text of a file."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    for one in _models(model):
        described = schema if one is model else schema.get("$defs", {}).get(one.__name__, {})
        texts = {one.model_fields[name].alias or name: text for name, text in _docstrings(one).items() if name in one.model_fields}
        for name, value in described.get("properties", {}).items():
            if name in texts:
                value.setdefault("description", texts[name])
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield `model` and every model that its fields hold."""
    waiting: list[Any] = [model]
    seen: set[Any] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if isinstance(one, type) and issubclass(one, BaseModel):
            yield one
            waiting += [field.annotation for field in one.model_fields.values()]
        else:
            waiting += [part for part in typing.get_args(one) if isinstance(part, Hashable)]


# pydantic could take them too, but does so while it makes a model: a third of the time of that, for every command.
def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Return what stands below each field of a model, its bases included, by the field's name."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        body = _classes(one.__module__).get(one.__name__, []) if issubclass(one, BaseModel) else []
        for field, text in itertools.pairwise(body):
            match field, text:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str() as words)):
                    found[name] = inspect.cleandoc(words)
    return found


@functools.cache
def _classes(module: str) -> dict[str, list[ast.stmt]]:
    """Return the statements of each class of a module of ours."""
    if not module.startswith(__name__.split(".")[0]):
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}
