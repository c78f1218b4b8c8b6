"""Which Korean particle fits a code span: by the sound that it ends in when a Korean developer reads it aloud.

English is not written as it sounds, so only endings count that are read in one way; of all others nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

#: What a word ends in: an open sound (Claude는), ㄹ (URL은, URL로), or another closed one (JSON은, JSON으로).
Sound = Literal["open", "l", "closed"]

_AFTER_CODE = re.compile(
    r"(?<!`)`(?P<code>[^`\n]+)`"
    r"(?P<particle>으로|로|이라고|라고|이라는|라는|이라|라|이며|며|이면|면|이고|고|이나|나|은|는|이|가|을|를|과|와)(?![가-힣])"
)
#: Particle after an open and after a closed sound. After an open one the forms with 이 may stand as well.
_PAIRS = (("는", "은"), ("가", "이"), ("를", "을"), ("와", "과"))
_COPULA = ("라고", "라는", "라", "며", "면", "고", "나")
_DIGITS: tuple[tuple[str, Sound], ...] = (("036", "closed"), ("178", "l"), ("2459", "open"))
_LETTERS: dict[str, Sound] = {"l": "l", "r": "l", "m": "closed", "n": "closed"}
#: Endings of English words, of which the first that fits counts; those that are read in more than one way are missing.
_ENDINGS: tuple[tuple[str, Sound], ...] = (
    (r"(?:^|[^a-z])(?:limit|timeout|(?:in|out|)put|out|format|(?:re|off|un)?set|get|target|budget|bit|packet|bucket|socket|at)", "closed"),
    (r"(?:^|[^a-z])(?:stop|type|app|step|group|map|skip|top|loop|backup|setup|block|lock|stack|track|hook|callback|fallback)", "closed"),
    (r"le?", "l"),
    (r"[nm]|[aeiou][nm]e|ng|ic", "closed"),
    (r"[bcdfghjklmnpqrstvwxz]t|[aeiouy]te|[mn]p|[rsnl]k|[cpst]h|[aeiou]r|[sxzfvdwyaiou]|[gcszvbdrkeiu]e", "open"),
)
_TABLE = tuple((re.compile(rf"(?:{ending})$"), sound) for ending, sound in _ENDINGS)
_WORD = _TABLE[0][0]


def wrong_particles(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (code, particle, the one that fits) for each particle in a Korean text that does not fit the code before it."""
    for match in _AFTER_CODE.finditer(text):
        if better := _better(match["particle"], last_sound(match["code"])):
            yield match["code"], match["particle"], better


def last_sound(code: str) -> Sound | None:
    """Return what a code span ends in when it is read aloud; None where that cannot be known."""
    word = re.sub(r"(?:\(\)|[\"'])$", "", code.strip())
    last = word[-1:]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return "open" if final == 0 else "l" if final == 8 else "closed"
    if not (last.isalpha() and last.isascii()):
        return next((sound for digits, sound in _DIGITS if last and last in digits), None)
    name = re.split(r"[^A-Za-z]", word)[-1]
    if (len(name) == 1 or name.isupper()) and not _WORD.search(word.lower()):
        return _LETTERS.get(name[-1].lower(), "open") if len(name) < 4 else None  # longer ones are words or letters
    return next((sound for ending, sound in _TABLE if ending.search(word.lower())), None)


def _better(particle: str, sound: Sound | None) -> str:
    """Return what should stand in the place of a particle; empty where it fits or the sound is not known."""
    if sound is None:
        return ""
    for after_open, after_closed in _PAIRS:
        if particle in (after_open, after_closed):
            right = after_open if sound == "open" else after_closed
            return "" if particle == right else right
    if particle in ("로", "으로"):
        right = "으로" if sound == "closed" else "로"
        return "" if particle == right else right
    return f"이{particle}" if particle in _COPULA and sound != "open" else ""
