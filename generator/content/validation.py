"""Checks the data of a document against a model, and says pydantic's errors in an author's words.

Must not know which files there are.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.content.document import Document, Location
from generator.content.problems import Problem, did_you_mean, field_name
from generator.schemas.entry import LANGUAGES

ModelT = TypeVar("ModelT", bound=BaseModel)


def validate(document: Document, model: type[ModelT]) -> tuple[ModelT | None, list[Problem]]:
    """Return `document` as `model`, or None and every problem of shape."""
    if document.problems:
        return None, list(document.problems)
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, _problems(document, error.errors(include_url=False), model)


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


def _problems(document: Document, details: list[ErrorDetails], model: type[BaseModel]) -> list[Problem]:
    """Say pydantic's errors in an author's words.

    pydantic reports one error for a value of the wrong type, but one for each branch of a union: there
    the errors of the branch that came furthest are kept, or all branches are told in one problem.
    """
    placed = [(_location(document, detail), detail) for detail in details]
    problems = []
    for location, detail in placed:
        if detail["type"] == "too_short" and detail["input"]:
            continue  # its items are wrong, and each says so itself
        same = [other for place, other in placed if place[: len(location)] == location]
        if detail["type"] in _TYPES and len(same) > 1:
            if any(other["type"] not in _TYPES for other in same) or any(_location(document, other) != location for other in same):
                continue
            if same[0] is not detail:
                continue
        if detail["type"] == "extra_forbidden":
            hint = did_you_mean(str(location[-1]), _fields(model.model_json_schema(), location[:-1]), "remove it")
            problems.append(document.problem(location, "is not a field that is known here", hint))
        else:
            problems.append(_problem(document, location, detail, same))
    return problems


def _fields(schema: dict[str, Any], location: Location) -> set[str]:
    """Return the names of the fields that a JSON Schema knows at a location."""
    nodes = [schema]
    for part in (*location, None):
        for node in nodes:  # grows while it is walked: a reference, or each branch of a union
            nodes += [schema["$defs"][node["$ref"].rpartition("/")[2]]] if "$ref" in node else node.get("anyOf", [])
        if isinstance(part, int):
            nodes = [node["items"] for node in nodes if isinstance(node.get("items"), dict)]
        elif part is not None:
            inner = [node.get("properties", {}).get(part, node.get("additionalProperties")) for node in nodes]
            nodes = [node for node in inner if isinstance(node, dict)]
    return {name for node in nodes for name in node.get("properties", ())}


def _location(document: Document, detail: ErrorDetails) -> Location:
    """Return the location of an error in the file, without the names of union branches that pydantic adds."""
    location: Location = ()
    for part in detail["loc"]:
        if (*location, part) in document.places:
            location = (*location, part)
    return (*location, detail["loc"][-1]) if detail["type"] == "missing" else location


def _problem(document: Document, location: Location, detail: ErrorDetails, same: list[ErrorDetails]) -> Problem:
    kind = detail["type"]
    value = detail["input"]
    field = field_name(location)
    if kind == "missing":
        key = location[-1]
        if key in LANGUAGES:
            language = "Korean" if key == "ko" else "English"
            return document.problem(location[:-1], f"the {language} text is missing", f"add `{key}:`", field=field)
        return document.problem(location[:-1], "is missing", f"add `{key}:`", field=field)
    if value is None and kind in _TYPES:
        return document.problem(location, "is empty", f"write {_wanted(same)}, or remove the key")
    if kind in _TYPES and isinstance(value, str) and "TODO" in value:
        return document.problem(location, "holds a TODO", f"write {_wanted(same)}")
    if kind in _TYPES:
        wanted = _wanted(same)
        return document.problem(location, f"is {_named(value)}, but {wanted} belongs here", _type_hint(kind, value))
    if kind == "literal_error":
        return document.problem(location, f"{_short(value)} is not known here", f"use {detail['ctx']['expected']}")
    if kind == "too_short":
        return document.problem(location, "is an empty list", "write at least one item")
    if kind in ("string_pattern_mismatch", "string_too_short") and not str(value).strip():
        return document.problem(location, "is empty", "write the text, or remove the field")
    if kind == "string_pattern_mismatch":
        return document.problem(location, f"{_short(value)} has the wrong form", f"it must match {detail['ctx']['pattern']}")
    return document.problem(location, detail["msg"][0].lower() + detail["msg"][1:], "see the field's description in the schema")


def _wanted(details: list[ErrorDetails]) -> str:
    """Return in words which kinds of value are allowed: `a text`, `a text or a list`."""
    names = ["a text in both languages (`ko:` and `en:`)" if _is_text(detail) else _TYPES[detail["type"]] for detail in details]
    *first, last = dict.fromkeys(names)
    return f"{', '.join(first)} or {last}" if first else last


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
    text = " ".join(str(value).split())
    return f"`{text}`" if len(text) <= 40 else f"`{text[:37]}...`"
