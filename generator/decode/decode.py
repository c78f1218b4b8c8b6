"""Decodes a pasted error: finds the guide that answers, and the words of the text that led to it.

Reads the index that `index.build` makes. `templates/assets/decoder.js` is the same program; a test
compares the two on thousands of texts, so change both. Order of evidence: error code,
message, type, class, status.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any, Literal

from generator.decode.match import Found, Matcher
from generator.decode.unwrap import Placed, readable, squeezed, wording

#: A wording of fewer letters counts only when it begins the message, and status or type say the same.
SHORT = 10
#: A wording of fewer letters is said by others too: it counts only in a text that speaks of Claude.
SPEAKS = 15
#: A wording of so many letters is Claude's even in a text that speaks of another service.
LONG = 20
#: An unknown message of so many letters in a body without a word of Claude is another service's.
STRANGE = 24
#: Other candidates are shown when they fit nearly as well.
CLOSE = 0.6
#: A member of a family goes before it when it fits so nearly as well.
NEARLY = 0.9
CANDIDATES = 3

_STATUS = re.compile(
    r"(?:status(?:[ _-]?code)?|error(?: code)?|http(?:/[0-9.]{1,4})?|code|returned|failed|failure)"
    r"[^0-9A-Za-z\n]{0,6}([1-5][0-9]{2})(?![0-9.])"
    r"|(?:^|[ \t\r\n(\[`'\">])([45][0-9]{2})(?=[ \t\r\n)\]`'\":,;{.]|$)",
    re.IGNORECASE | re.ASCII,
)
_TYPE = re.compile(r"[a-z]{1,24}(?:_[a-z]{1,24}){0,5}_error|request_too_large", re.IGNORECASE | re.ASCII)
_CLASS = re.compile(r"[A-Z][A-Za-z]{3,40}(?:Error|Exception)(?![A-Za-z])", re.ASCII)
#: What stands around an error inside a stream.
_STREAM = (
    "eventerror",
    "datatypeerror",
    "sseerror",
    *(f"errordetails{nothing}" for nothing in ("null", "none", "nil", "vimnil", "undefined")),
)

Verdict = Literal["entry", "family", "not_claude", "unknown"]
By = Literal["error_code", "message", "type", "class", "status", "name"]


@dataclasses.dataclass(frozen=True)
class Answer:
    """The result of decoding a text."""

    verdict: Verdict
    """`entry`: the guide is about this error; `family`: about its family, since there is no nearer one or only type or status are known."""
    slugs: tuple[str, ...]
    """Slugs of guides, best first; empty when the text is not Claude's or not known."""
    pending: str | None
    """Slug of the error among those that the guide lists without a guide of their own, if it is one of them."""
    by: By | None
    """Kind of evidence; None when there is none."""
    spans: tuple[tuple[int, int], ...]
    """Where the evidence stands in the paste, as (start, end)."""
    status: int | None
    error_type: str | None
    other: Mapping[str, str] | None
    """Name, in both languages, of the other service that wrote the text, where that is known."""


class Decoder:
    """Decodes texts with one index."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.index = index
        self.matcher = Matcher(index["records"])
        codes = [(f"errorcode{code}", record) for record in index["records"] for code in record["codes"]]
        # A member says more than its family, which may list the same code.
        self.codes = sorted(codes, key=lambda pair: (-len(pair[0]), pair[0], pair[1]["parent"] is None))

        by_slug = {record["slug"]: record for record in index["records"]}
        pages = {**index["classes"], **index["statuses"], **index["types"]}
        #: Texts that a reader types instead of pasting: a status, a type, a class, a slug.
        self.names = {name: by_slug[slug] for name, slug in pages.items()} | by_slug

    def decode(self, paste: str) -> Answer:
        """Return what `paste` is; never raises."""
        name = paste.strip(" \t\r\n")
        if name in self.names:
            return _named(self.names[name])
        read = readable(paste)
        letters = squeezed(read)
        text = letters.text
        status = _status(read.text)
        error_type = self._type(read.text, text)
        speaks = any(mark in text for mark in self.index["claude"])
        decides = self._other(text, "decides")
        other = decides or (None if speaks else self._other(text, "marks"))
        found = self._codes(text)
        if not found:
            letters = wording(read)
            found = self._messages(letters.text, status, error_type, any(mark in text for mark in _STREAM))
        if found and _believed(found[0], speaks, decides is not None, other is not None, error_type):
            return _answer(found, letters, status, error_type)
        if decides is None and (speaks or (other is None and error_type is not None and not _strange(text))):
            by, page = self._family(read.text, text, status, error_type)
            if page is not None:
                return Answer("family", (page,), None, by, (), status, error_type, None)
        verdict: Verdict = "unknown" if speaks and decides is None else "not_claude"
        return Answer(verdict, (), None, None, (), status, error_type, other)

    def _other(self, text: str, marks: str) -> Mapping[str, str] | None:
        return next((other["name"] for other in self.index["others"] if any(mark in text for mark in other[marks])), None)

    def _family(self, read: str, text: str, status: int | None, error_type: str | None) -> tuple[By | None, str | None]:
        if error_type in self.index["types"]:
            return "type", self.index["types"][error_type]
        for match in _CLASS.finditer(read):
            if match.group() in self.index["classes"]:
                return "class", self.index["classes"][match.group()]
        page = self._by_status(status)
        if page is not None:
            # A status alone says little; on a partner's platform the partner may have made the answer.
            elsewhere = self.index["elsewhere"] if any(mark in text for mark in self.index["partners"]) else None
            return "status", elsewhere or page
        return None, None

    def _by_status(self, status: int | None) -> str | None:
        """Return the page of a status; an unknown status counts as the first of its class (RFC 9110, section 15)."""
        statuses = self.index["statuses"]
        return statuses.get(str(status)) or (statuses.get(f"{status // 100}00") if status is not None and status >= 400 else None)

    def _type(self, read: str, text: str) -> str | None:
        known = self.index["types"]
        for match in _TYPE.finditer(read):
            if match.group().lower() in known:
                return match.group().lower()
        return next((name for name in known if "type" + name.replace("_", "") in text), None)

    def _codes(self, text: str) -> list[Found]:
        for code, record in self.codes:
            start = text.find(code)
            if start >= 0:
                return [Found(record, float(len(code)), ((start, start + len(code)),), len(code), whole=True, by_code=True)]
        return []

    def _messages(self, text: str, status: int | None, error_type: str | None, stream: bool) -> list[Found]:
        """Return the records whose wordings stand in `text`, best first, each once."""
        best: dict[str, Found] = {}
        for one in self.matcher.find(text):
            agrees = _agrees(one.record, status, error_type)
            if one.letters < SHORT and (agrees < 2 or not _is_message(text, one.spans[0][0])):
                continue
            scored = dataclasses.replace(one, score=one.score + agrees + _in_stream(one.record, stream))
            known = best.get(one.record["slug"])
            if known is None or scored.score > known.score:
                best[one.record["slug"]] = scored
        # Of records with the same wording a member goes before its family, and before others the page that is called like the type.
        top = {one.record["parent"]: one.score for one in sorted(best.values(), key=lambda one: one.score)}

        def rank(one: Found) -> tuple[float, bool, bool]:
            return -one.score, top.get(one.record["slug"]) == one.score, one.record["slug"] != error_type

        ordered = sorted(best.values(), key=rank)
        member = next((one for one in ordered[1:] if one.record["parent"] == ordered[0].record["slug"] and _serious(one, ordered[0])), None)
        if member is not None:  # it says more than the wording of the whole family
            ordered.remove(member)
            ordered.insert(0, member)
        return ordered


def _named(record: Mapping[str, Any]) -> Answer:
    pending = record["slug"] if record["slug"] != record["page"] else None
    verdict: Verdict = "family" if pending or record["family"] else "entry"
    return Answer(verdict, (record["page"],), pending, "name", (), None, None, None)


def _serious(member: Found, family: Found) -> bool:
    return member.whole or member.score >= NEARLY * family.score


def _is_message(text: str, start: int) -> bool:
    return start == 0 or text[max(0, start - 7) : start] == "message"


def _answer(found: list[Found], letters: Placed, status: int | None, error_type: str | None) -> Answer:
    best = found[0]
    pages = dict.fromkeys(one.record["page"] for one in found if one.score >= best.score * CLOSE)
    pending = best.record["slug"] if best.record["slug"] != best.record["page"] else None
    return Answer(
        "family" if pending else "entry",
        tuple(pages)[:CANDIDATES],
        pending,
        "error_code" if best.by_code else "message",
        tuple((letters.places[start], letters.places[end - 1] + 1) for start, end in best.spans),
        status,
        error_type,
        None,
    )


def _believed(found: Found, speaks: bool, decides: bool, other: bool, error_type: str | None) -> bool:
    """Return whether a wording is proof enough that Claude's API wrote the text: other services also use the short ones."""
    if decides:
        return speaks and found.whole and found.letters >= SPEAKS
    if found.by_code or speaks or (error_type is not None and not other):
        return True
    return found.whole and found.letters >= LONG if other else found.letters >= SPEAKS


def _strange(text: str) -> bool:
    """Return whether a body holds a message that the catalogue does not know."""
    start = text.rfind("message")
    return start >= 0 and len(text) - start - len("message") > STRANGE


def _agrees(record: Mapping[str, Any], status: int | None, error_type: str | None) -> float:
    """Return how much status and type speak for a record, as letters to add to its score; negative when they contradict."""
    points = 0.0
    if status is not None and record["statuses"]:
        points += 2 if status in record["statuses"] else -1
    if error_type is not None and record["types"]:
        points += 2 if error_type in record["types"] else -1
    return points


def _in_stream(record: Mapping[str, Any], stream: bool) -> float:
    return 0.0 if not record["stream"] else 3.0 if stream else -3.0


def _status(read: str) -> int | None:
    match = _STATUS.search(read)
    return int(match.group(1) or match.group(2)) if match else None
