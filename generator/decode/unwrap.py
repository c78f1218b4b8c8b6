"""Removes from a pasted text what terminals, logs and nested JSON put around it.

Every step keeps for each character the place that it had in the paste, so that
what was recognised can be marked there. Each takes time linear in the text.
`templates/assets/decoder.js` does the same, step by step. Must not know about errors.
"""

from __future__ import annotations

import dataclasses
import re

#: How often a text may have been escaped: a string in JSON in a string in JSON, and once more by a log.
ROUNDS = 4
_ENTITIES = {"quot": '"', "apos": "'", "amp": "&", "lt": "<", "gt": ">", "nbsp": " "}
_ESCAPE = re.compile(
    r"(?<!\\)\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt])|(?=[\"'`/]))"
    r"|%([0-9a-fA-F]{2})"
    r"|&(?:(quot|apos|amp|lt|gt|nbsp)|#([0-9]{1,6})|#x([0-9a-fA-F]{1,5}));"
    # Colours, as the terminal gets them and as viewers show them.
    r"|[\x1b\u241b]\[[0-9;?]{0,16}[A-Za-z]",
)
_NAME = re.compile(
    r"(?<![A-Za-z])(?:[a-z]{1,24}(?:_[a-z]{1,24}){0,5}_error|[a-z]{4,40}(?:error|exception))(?![A-Za-z])", re.IGNORECASE | re.ASCII
)


@dataclasses.dataclass(frozen=True)
class Placed:
    """A text and, for each of its characters, the place in the paste that it came from."""

    text: str
    places: list[int]


def readable(paste: str) -> Placed:
    """Return `paste` with escapes, entities, percent codes and colours resolved, as often as they were put on it."""
    placed = Placed(paste, list(range(len(paste))))
    for _ in range(ROUNDS):
        resolved = _resolve(placed)
        if len(resolved.text) == len(placed.text):
            return resolved
        placed = resolved
    return placed


def squeezed(placed: Placed) -> Placed:
    """Return only the letters and digits of ASCII, small.

    Quotes, backticks, spaces and the wrapping of lines come and go between the server and the
    paste; what is left is the same in all of them.
    """
    return _squeeze(placed, 0, len(placed.text), [], [])


def wording(placed: Placed) -> Placed:
    """Return `squeezed`, with a bar for each name of a type or a class: `not_found_error` does not say `Not found`."""
    kept: list[str] = []
    places: list[int] = []
    position = 0
    for match in _NAME.finditer(placed.text):
        _squeeze(placed, position, match.start(), kept, places)
        kept.append("|")
        places.append(placed.places[match.start()])
        position = match.end()
    return _squeeze(placed, position, len(placed.text), kept, places)


def _squeeze(placed: Placed, start: int, end: int, kept: list[str], places: list[int]) -> Placed:
    for index in range(start, end):
        character, place = placed.text[index], placed.places[index]
        if "a" <= character <= "z" or "0" <= character <= "9":
            kept.append(character)
            places.append(place)
        elif "A" <= character <= "Z":
            kept.append(character.lower())
            places.append(place)
    return Placed("".join(kept), places)


def squeezed_text(text: str) -> str:
    """Return what `squeezed` leaves of a text."""
    return squeezed(readable(text)).text


def wording_text(text: str) -> str:
    """Return what `wording` leaves of a text."""
    return wording(readable(text)).text


def _resolve(placed: Placed) -> Placed:
    text, places = placed.text, placed.places
    kept: list[str] = []
    kept_places: list[int] = []
    position = 0
    for match in _ESCAPE.finditer(text):
        start, end = match.span()
        kept.append(text[position:start])
        kept_places += places[position:start]
        meant = _meant(match)
        kept.append(meant)
        kept_places += [places[start]] * len(meant)
        position = end
    if position == 0:
        return placed
    kept.append(text[position:])
    kept_places += places[position:]
    return Placed("".join(kept), kept_places)


def _meant(match: re.Match[str]) -> str:
    unicode, byte, blank, percent, entity, decimal, hexadecimal = match.groups()
    for digits, base in ((unicode, 16), (byte, 16), (percent, 16), (hexadecimal, 16), (decimal, 10)):
        if digits is not None:
            code = int(digits, base)
            # Beyond ASCII no letter counts, and a byte of UTF-8 is half a letter.
            return chr(code) if code < 128 else "\ufffd"
    if blank is not None:
        return " "
    return _ENTITIES[entity] if entity is not None else ""
