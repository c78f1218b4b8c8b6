"""A rule about sentences that stand on many guides: what is true of all errors is said once, on a page of the hub."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from generator.check.rule import Breach, rule, sides_of
from generator.content.catalogue import Located
from generator.content.document import Location
from generator.content.project import Project

#: On so many guides a sentence belongs to none of them.
MANY = 5
#: Shorter ones, in letters and spaces, are turns of phrase: "다시 보내세요."
SHORTEST = {"ko": 12, "en": 24}
#: Orders of the verdict are few. Left out besides: each pending error, an entry of its own, and what is no sentence.
_LEFT_OUT = {("verdict", "say"), ("verdict", "wait")}

#: What makes no difference, and is not worth a reading of all marks: this rule reads every text of the project at once.
_MARK = re.compile(r"`[^`]*`|\[\^\w+\]|\]\([^)]*\)|\{\{.*?\}\}")
_END = re.compile(r"[.?!]\s")
_NO_LETTERS = str.maketrans("", "", string.digits + string.punctuation + "–—…·“”‘’")
#: Sentences of each entry by its file, with their location: an entry that stays as it was is not read again.
_known: dict[str, tuple[Located, dict[str, Location]]] = {}


@rule("No sentence stands on five guides; citations, code and numbers make no difference.", excusable=True)
def sentences_are_of_their_page(project: Project) -> Iterator[Breach]:
    places: dict[str, list[tuple[Located, Location]]] = {}
    for located in project.catalogue.located:
        for sentence, location in _sentences(located).items():
            places.setdefault(sentence, []).append((located, location))
    for sentence, found in places.items():
        if len(found) >= MANY:
            for located, location in found:
                others = ", ".join(other.file_stem for other, _ in found if other is not located)
                message = f"has a sentence that stands on {len(found)} guides: {sentence}"
                yield Breach(located.document, location, message, f"say what is true of this error alone, or nothing; see {others}")


def _sentences(located: Located) -> dict[str, Location]:
    known = _known.get(located.document.path)
    if known is None or known[0] is not located:
        found: dict[str, Location] = {}
        for location, language, text in sides_of(located):
            words = _MARK.sub("", text).rstrip()
            if location[0] == "pending" or location[:2] in _LEFT_OUT or not words.endswith((".", "?", "!")):
                continue
            for sentence in _END.split(words):
                letters = " ".join(sentence.translate(_NO_LETTERS).lower().split())
                if len(letters) >= SHORTEST[language]:
                    found.setdefault(letters, location)
        known = _known[located.document.path] = (located, found)
    return known[1]


RULES = (sentences_are_of_their_page,)
