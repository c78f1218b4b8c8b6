"""Makes a model of a document with mistakes of shape, so that the rules can look at the rest of it in the same run.

What cannot be read gets a stand-in of the right kind. Only the rules may see such a model, never a page.
"""

from __future__ import annotations

import copy
import datetime
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.content.document import Document, Location
from generator.content.problems import field_name
from generator.schemas.entry import LANGUAGES

ModelT = TypeVar("ModelT", bound=BaseModel)

#: A mapping that stands in for another needs a round for each level below it.
_ROUNDS = 12
_STAND_INS: dict[str, Any] = {
    "string_type": "x",
    "string_too_short": "x",
    "string_too_long": "x",
    "int_type": 100,
    "greater_than_equal": 100,
    "less_than_equal": 100,
    "float_type": 1.0,
    "bool_type": False,
    "date_type": datetime.date(2000, 1, 1),
    "date_from_datetime_parsing": datetime.date(2000, 1, 1),
    "tuple_type": [],
    "list_type": [],
    "too_short": [None],
    "dict_type": {},
    "model_type": {},
    "model_attributes_type": {},
}
#: Values of which one has the form that a pattern wants.
_FORMS = ("x", "2000", "https://example.com")


def mend(document: Document, model: type[ModelT]) -> tuple[ModelT, tuple[str, ...]] | None:
    """Return the document as `model`, and the names of the fields that have a stand-in; None when that cannot be made."""
    if document.problems:
        return None
    data: Any = copy.deepcopy(document.data)
    stood_in: set[Location] = set()
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data), tuple(sorted(field_name(location) for location in stood_in))
        except ValidationError as error:
            changed: set[Location] = set()
            for detail in error.errors(include_url=False):
                location = _location(data, detail)
                if any(location[: len(other)] == other or other[: len(location)] == location for other in changed):
                    continue  # another branch of a union said the same
                if not location or not _change(data, location, detail):
                    return None
                changed.add(location)
            stood_in |= changed
    return None


def _location(data: Any, detail: ErrorDetails) -> Location:
    """Return the location of an error in the data, without the names of union branches that pydantic adds."""
    location: Location = ()
    for part in detail["loc"]:
        inside = range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        if part in inside:
            location, data = (*location, part), data[part]
    return (*location, detail["loc"][-1]) if detail["type"] == "missing" else location


def _change(data: Any, location: Location, detail: ErrorDetails) -> bool:
    """Put a stand-in at `location`, or take away what is there; return whether that could be done."""
    *above, last = location
    for part in above:
        data = data[part]
    kind = detail["type"]
    if kind == "missing":
        other = data.get(LANGUAGES[1 - LANGUAGES.index(last)]) if last in LANGUAGES else None
        data[last] = other  # of anything but a text the next round tells what it must be
    elif kind == "literal_error" and detail["loc"][-1] != "[key]":
        data[last] = re.findall(r"'([^']*)'", detail["ctx"]["expected"])[0]
    elif kind == "string_pattern_mismatch" and detail["loc"][-1] != "[key]":
        data[last] = _formed(detail["ctx"]["pattern"], _FORMS)
    elif kind in _STAND_INS and detail["loc"][-1] != "[key]":
        data[last] = copy.deepcopy(_STAND_INS[kind])
    elif isinstance(data, dict):
        del data[last]
    else:
        return False  # to remove an item of a list would move those after it
    return True


def _formed(pattern: str, forms: Sequence[str]) -> str:
    return next((form for form in forms if re.search(pattern, form)), forms[0])
