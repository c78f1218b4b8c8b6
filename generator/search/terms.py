"""Cuts a text into the terms under which the search index files it.

`templates/assets/search-core.js` cuts what a reader types in the same way, and a
test compares the two on every text of the catalogue: change both. Must not know
about entries or about the index.
"""

from __future__ import annotations

import functools
import itertools
import operator
import re
import unicodedata

#: Particles of one syllable. A word of two that ends in one may be a noun of one (키가), so that is filed too.
SHORT_PARTICLES = "은는이가을를의에로와과도만"
#: Korean, a syllable at a time, or a name: ASCII letters and digits with underscores inside.
_WORD = re.compile(r"[가-힣]+|[A-Za-z0-9]+(?:_+[A-Za-z0-9]+)*")
#: The words of a name: `RateLimitError`, `batch_too_large`, `APIError`, `256MB`.
_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]+")
_LETTERS = re.compile(r"[a-z]{4,}")
#: One phrase of names, with anything around it: a quotation mark, a full stop.
_NAME = re.compile(r"[^A-Za-z0-9_가-힣]*[A-Za-z0-9_]+(?:[ -][A-Za-z0-9_]+)*[^A-Za-z0-9_가-힣]*")
#: A phrase of more words is not a name for an error.
LONGEST_NAME = 5


@functools.cache
def stem(word: str) -> str:
    """Return an English word in small letters without its ending, so that `exceeds` and `exceeded` are one term."""
    if not _LETTERS.fullmatch(word):
        return word
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) >= len(ending) + 3 and not word.endswith("eed"):
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def words(text: str) -> list[str]:
    """Return the words of `text`, in order. The functions below that end in `_of` take these words."""
    return _WORD.findall(unicodedata.normalize("NFKC", text))


def terms(text: str) -> list[str]:
    """Return the terms of `text`, in order, with repetitions."""
    return terms_of(words(text))


def terms_of(words: list[str]) -> list[str]:
    """Return the terms of a text with these words, in order, with repetitions.

    A Korean word gives its pairs of syllables: they find it under any particle and inside of a
    compound. A name gives its words and, where it has more than one, itself without underscores.
    """
    found: list[str] = []
    for word in words:
        if "가" <= word[0] <= "힣":
            if len(word) == 1 or (len(word) == 2 and word[1] in SHORT_PARTICLES):
                found.append(word[0])
            found += map(operator.add, word, word[1:])
        else:
            found += _of_name(word)
    return found


@functools.lru_cache(maxsize=8192)
def _of_name(word: str) -> tuple[str, ...]:
    """Return the terms of a word in ASCII letters. Cached, since most guides share these words."""
    parts = [part.lower() for part in _PART.findall(word)]
    return (*map(stem, parts), *(("".join(parts),) if len(parts) > 1 else ()))


def joined(text: str) -> list[str]:
    """Return the term for `text` as one name, so that `too many requests` and `TooManyRequests` are the same; none if it is no name."""
    return joined_of(text, words(text))


def joined_of(text: str, words: list[str]) -> list[str]:
    """Return the same as `joined`, for a text whose words are known."""
    if len(words) > LONGEST_NAME:  # each has a part: most texts need no second look
        return []
    text = unicodedata.normalize("NFKC", text)
    parts = [part.lower() for part in _PART.findall(text)] if _NAME.fullmatch(text) else []
    return ["".join(parts)] if 1 < len(parts) <= LONGEST_NAME else []


def pairs(text: str) -> list[str]:
    """Return a term for each two neighbouring words of `text`; see `pairs_of`."""
    return pairs_of(words(text))


def pairs_of(words: list[str]) -> list[str]:
    """Return a term for each two neighbouring words: 사용 한도 says more than its words do.

    Of a Korean word only the first two syllables are taken, so that its particles do not matter.
    """
    heads: list[str] = []
    for word in words:
        heads += (word[:2],) if "가" <= word[0] <= "힣" else _stems(word)
    return [f"{first} {second}" for first, second in itertools.pairwise(heads)]


@functools.lru_cache(maxsize=8192)
def _stems(word: str) -> tuple[str, ...]:
    return tuple(stem(part.lower()) for part in _PART.findall(word))
