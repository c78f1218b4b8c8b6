"""Makes the index that the pages search: small files, of which a reader loads only those with the words typed.

Below `search/`: `index.json` says which files there are; `<version>/<n>.json` holds a
part of the sorted terms with their postings; `<version>/<language>-<n>.json`
holds the rows that are shown of the guides. `templates/assets/search-core.js` reads all of it.
The version is a hash of the content, so that a page never mixes two builds.

Both languages are in one inverted index: a Korean reader may type English. The weights
come from `weights`; ranking is done in the browser.

Why not something ready-made: see the figures in `benchmarks/search_accuracy.py`.
"""

from __future__ import annotations

import functools
import hashlib
import operator
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring

from generator.content.project import Project
from generator.schemas.entry import LANGUAGES
from generator.search.weights import LEAST_LETTER, MOST_WORTH, Found, as_json, of_entry, of_pages

FOLDER = "search"
#: What a page asks for first.
MANIFEST = f"{FOLDER}/index.json"
#: About this many bytes of terms stand in one file, a third of it when compressed.
FILE_BYTES = 8000
#: Guides that are shown from one file.
SHOWN_TOGETHER = 16
#: A term that more guides have keeps those to which it is worth most. This bounds a file, whatever the number of guides.
MOST_GUIDES = 400
#: So many of the most frequent terms are named, so that a long query can leave their files out.
MOST_COMMON = 100


def files(project: Project, parts: Iterable[list[Found]] | None = None) -> dict[str, bytes]:
    """Return the index of `project` as content by path; `parts` are those of `weights.of_entry`, in order, when they are at hand."""
    lists = parts if parts is not None else (of_entry(project, entry) for entry in project.catalogue.entries)
    found = list(everything(project, lists))
    # Of each term the guides that have it, in order: a number is guide * (MOST_WORTH + 1) + worth.
    postings: dict[str, array[int]] = defaultdict(functools.partial(array, "I"))
    for number, item in enumerate(found):
        base = number * (MOST_WORTH + 1) + 1 - ord(LEAST_LETTER)
        for term, letter in zip(item.terms.split("\n") if item.terms else (), item.worths.encode(), strict=True):
            postings[term].append(base + letter)
    rows = ((term, packed(postings[term])) for term in sorted(postings))
    shown = {
        f"{language}-{number}.json": _shown_file(item.shown[language] for item in found[start : start + SHOWN_TOGETHER])
        for language in LANGUAGES
        for number, start in enumerate(range(0, len(found), SHOWN_TOGETHER))
    }
    common = Counter({term: len(guides) for term, guides in postings.items()}).most_common(MOST_COMMON)
    return of_rows(rows, shown, len(found), (term for term, count in common if count > 1))


def everything(project: Project, parts: Iterable[list[Found]]) -> Iterator[Found]:
    """Yield all that is found, in the order of its numbers; `parts` are those of `of_entry`, in order."""
    others = []
    for guide, *rest in parts:
        yield guide
        others += rest
    # Guides come before errors that have none.
    yield from (*others, *of_pages(project))


def of_rows(rows: Iterable[tuple[str, str]], shown: Mapping[str, bytes], guides: int, common: Iterable[str]) -> dict[str, bytes]:
    """Return the index of the sorted terms, each with its guides as JSON; `shown` are the files of what is shown by name."""
    starts, content = [], {}
    for number, (start, shard) in enumerate(_shards(rows)):
        starts.append(start)
        content[f"{number}.json"] = shard
    content |= shown
    digest = hashlib.sha256()
    for number, part in enumerate(content.values()):
        digest.update(b"\0" + part if number else part)
    version = digest.hexdigest()[:12]
    manifest = {"version": version, "guides": guides, "together": SHOWN_TOGETHER, "starts": starts, "common": sorted(common)}
    return {MANIFEST: to_json(manifest)} | {f"{FOLDER}/{version}/{name}": part for name, part in content.items()}


def _packed(guides: Sequence[int]) -> list[int]:
    """Return the guides of a term, each a number as in `files`, as differences; a list that was cut starts with minus its length."""
    kept, cut = guides, []
    if len(guides) > MOST_GUIDES:
        worth = (MOST_WORTH + 1).__rmod__  # of a number; a sort calls it much faster than a function of ours
        kept = sorted(sorted(guides, key=worth, reverse=True)[:MOST_GUIDES])
        cut = [-len(guides)]
    return [*cut, kept[0], *map(operator.sub, kept[1:], kept)]


def packed(guides: Sequence[int]) -> str:
    """Return the guides of a term, in order, each a number as in `files`, as JSON; that of Python has no list without spaces."""
    return f"{_packed(guides)}".replace(", ", ",")


def _shards(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the sorted terms in parts of about FILE_BYTES, as (first term, JSON); there is always one."""
    shard: list[bytes] = []
    first, size = "", 0
    for term, guides in rows:
        # Every term is written once, as JSON writes it.
        part = f"{encode_basestring(term)}:{guides}".encode()
        length = len(part) + 2
        if shard and size + length > FILE_BYTES:
            yield first, b"{%s}" % b",".join(shard)
            shard, size = [], 0
        first = first if shard else term
        shard.append(part)
        size += length
    yield first, b"{%s}" % b",".join(shard or [b'"":[]'])


def _shown_file(shown: Iterable[str]) -> bytes:
    return f"[{','.join(shown)}]".encode()


def to_json(value: object) -> bytes:
    """Return a value as all files of the index are written."""
    return as_json(value).encode()
