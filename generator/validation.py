"""Checks the data of a document against a model, and says pydantic's errors in an author's words.

Must not know which files there are.
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.problems import Problem, field_name
from generator.schema import LANGUAGES
from generator.source import Document, Location

ModelT = TypeVar("ModelT", bound=BaseModel)


def validate(document: Document, model: type[ModelT]) -> tuple[ModelT | None, list[Problem]]:
    """Return `document` as `model`, or None and every problem of shape."""
    if document.problems:
        return None, list(document.problems)
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, [_problem(document, detail) for detail in error.errors(include_url=False)]


_TYPES = {
    "string_type": "a text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "date_type": "a date such as 2026-11-21",
    "date_from_datetime_parsing": "a date such as 2026-11-21",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def _problem(document: Document, detail: ErrorDetails) -> Problem:
    """Say one pydantic error in an author's words."""
    # In a union pydantic adds the names of the branches to the location; the file knows no such keys.
    location: Location = tuple(part for part in detail["loc"] if not _is_branch(part))
    kind = detail["type"]
    value = detail["input"]
    field = field_name(location)
    if kind == "missing":
        key = location[-1]
        if key in LANGUAGES:
            language = "Korean" if key == "ko" else "English"
            return document.problem(location[:-1], f"the {language} text is missing", f"add `{key}:`", field=field)
        return document.problem(location[:-1], "is missing", f"add `{key}:`", field=field)
    if kind == "extra_forbidden":
        return document.problem(location, "is not a field that is known here", "remove it, or correct its spelling")
    if value is None and kind in _TYPES:
        return document.problem(location, "is empty", f"write {_TYPES[kind]}, or remove the key")
    if kind in _TYPES:
        wanted = "a text in both languages (`ko:` and `en:`)" if _is_text(detail) else _TYPES[kind]
        return document.problem(location, f"is {_named(value)}, but {wanted} belongs here", _type_hint(kind, value))
    if kind == "literal_error":
        return document.problem(location, f"{_short(value)} is not known here", f"use {detail['ctx']['expected']}")
    if kind == "string_pattern_mismatch":
        if not str(value).strip():
            return document.problem(location, "is empty", "write the text, or remove the field")
        return document.problem(location, f"{_short(value)} has the wrong form", f"it must match {detail['ctx']['pattern']}")
    return document.problem(location, detail["msg"][0].lower() + detail["msg"][1:], "see the field's description in the schema")


def _is_branch(part: int | str) -> bool:
    return isinstance(part, str) and (part in ("Text", "[key]") or part.startswith(("constrained-", "function-", "str")))


def _is_text(detail: ErrorDetails) -> bool:
    return detail["type"] in ("model_type", "model_attributes_type") and detail.get("ctx", {}).get("class_name") == "Text"


def _type_hint(kind: str, value: object) -> str:
    if kind == "string_type" and isinstance(value, int | float):
        return f'put it in quotes: "{value}"'
    return "see the field's description in the schema"


def _named(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "a mapping"}
    return names.get(type(value), "a date")


def _short(value: object) -> str:
    text = str(value)
    return f"`{text}`" if len(text) <= 40 else f"`{text[:37]}...`"
