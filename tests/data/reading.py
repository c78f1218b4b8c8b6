"""What the tests of real data read without the generator's own loaders."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsonschema

from generator.content.yaml_reader import read

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = sorted(path.stem for path in (ROOT / "errors").glob("*.yml"))


def data_of(path: str) -> Any:
    """Return the data of a YAML file as an editor sees it: a day is a text there."""
    document = read(ROOT / path, path)
    assert document.problems == ()
    return _as_in_an_editor(document.data)


def _as_in_an_editor(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _as_in_an_editor(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_in_an_editor(value) for value in data]
    return data.isoformat() if isinstance(data, datetime.date) else data


def mistakes(path: str, schema: str) -> list[str]:
    """Return what the committed JSON Schema says against a file."""
    validator = jsonschema.Draft202012Validator(json.loads((ROOT / "schema" / schema).read_text(encoding="utf-8")))
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(data_of(path))]


def assert_none(failures: Iterable[object]) -> None:
    """Fail with every one of the failures, a line each, where there is one; pytest itself would show the first of a long list."""
    lines = [str(failure) for failure in failures]
    assert not lines, "\n".join(lines)
