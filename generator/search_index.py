"""Makes the index that the pages search: small files, of which a reader loads only those with the words typed.

Below `search/`: `index.json` says which files there are; `<version>/<n>.json` holds a
part of the sorted terms with the guides that have them; `<version>/<language>-<n>.json`
holds what is shown of the guides. `templates/assets/search-core.js` reads all of it.
The version is a hash of the content, so that a page never mixes two builds.

Both languages are in one list of terms: a Korean reader may type English. Must not
know how a text is cut into terms, nor how guides are ranked.

Why not something ready-made: see the figures in `benchmarks/search_accuracy.py`.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import operator
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring

from generator.project import Project
from generator.schema import LANGUAGES, Entry, Pending, Text
from generator.search_terms import joined_of, pairs_of, terms, terms_of, words
from generator.signature import pieces
from generator.writer import Writer

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
#: The least that a term is worth in a guide is 1, the most is this; a number of the index is guide * (MOST_WORTH + 1) + worth.
MOST_WORTH = 63
#: A synonym is not what the guide says.
SYNONYM = 0.7
#: What a term is worth by the field in which it stands. A page's names come first; a term in several fields is worth a little more.
NAME, TITLE, CODE, ALIAS, MESSAGE, STATUS, SUMMARY, CAUSE, QUESTION = 42, 42, 40, 36, 24, 20, 16, 11, 9
REPEATED = 0.15
#: Two words side by side, in a field that is worth at least as much as a message.
PAIR = 0.45
#: What errors that a page answers for besides its own, or without a guide, are worth.
SECONDARY, PENDING = 0.6, 0.7
#: What pages that are no guides are worth: whoever searches was hit by an error, so its guide comes first.
PAGE = 0.35

Writers = dict[str, Writer]


#: The letter of the least worth, in `Found.worths`.
LEAST_LETTER = "@"


@dataclasses.dataclass(frozen=True)
class Found:
    """Something that a search finds: a guide, an error without one on the page that answers for it, another page or its section.

    Texts only: of thousands of guides there are millions of terms, which as objects would fill the memory.
    """

    shown: Mapping[str, str]
    """What is shown of it as JSON, by language."""
    terms: str
    """Its terms in order, each on a line."""
    worths: str
    """What they are worth: a letter for each, which is as far from LEAST_LETTER as the worth from 1."""


def of_entry(project: Project, entry: Entry) -> list[Found]:
    """Return what is found of one entry: its guide, then the errors that it answers for."""
    writers = {language: Writer(project, language) for language in LANGUAGES}
    address = f"errors/{entry.slug}/"
    guide = {
        language: _shown(writer, address, entry.slug, entry.title, entry.summary, entry.main.status, entry.verdict.retry)
        for language, writer in writers.items()
    }
    found = [Found(guide, *_worth(_fields(entry, writers), project))]
    for item in project.catalogue.pending(entry):
        place = f"{address}#{item.slug}"
        shown = {
            language: _shown(writer, place, item.slug, item.title, item.change, item.status, item.retry)
            for language, writer in writers.items()
        }
        fields = ((weight * PENDING, text) for weight, text in _pending_fields(item, writers))
        found.append(Found(shown, *_worth(fields, project)))
    return found


def of_pages(project: Project) -> list[Found]:
    """Return what is found of the pages that are no guides: each page, and its sections."""
    writers = {language: Writer(project, language) for language in LANGUAGES}
    found = []
    for located in project.handbook.in_order():
        page, path = located.page, located.path
        texts = ((TITLE, (page.title, page.name)), (SUMMARY, (page.lead,)), (CAUSE, [section.title for section in page.sections]))
        shown = {language: _shown(writer, f"{path}/", path, page.title, page.lead, None, "") for language, writer in writers.items()}
        found.append(Found(shown, *_worth(_page_fields(texts, writers), project)))
        for section in page.sections:
            place = f"{path}/#{section.id}"
            shown = {language: _shown(writer, place, place, section.title, page.title, None, "") for language, writer in writers.items()}
            fields = _page_fields([(TITLE * SECONDARY, (section.title,))], writers)
            found.append(Found(shown, *_worth(fields, project)))
    return found


def files(project: Project, parts: Iterable[list[Found]] | None = None) -> dict[str, bytes]:
    """Return the index of `project` as content by path; `parts` are those of `of_entry`, in order, when they are at hand."""
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


def _fields(entry: Entry, writers: Writers) -> Iterator[tuple[float, str]]:
    """Yield (worth of a term, text) of everything that finds the entry."""
    for name in (entry.slug, *entry.redirect_from):
        yield NAME, name
    for number, identity in enumerate(entry.identities):
        share = 1 if number == 0 else SECONDARY
        # Who types a bare status or type wants the page that is about it as such, not one of its members.
        own = 1 if entry.family is None else SECONDARY
        yield STATUS * share * own, str(identity.status or "")
        yield STATUS * share * own, identity.type or ""
        yield CODE * share, identity.error_code or ""
    for names in (entry.exceptions.python, entry.exceptions.typescript):
        for number, name in enumerate(names):
            yield CODE * (1 if number == 0 else SECONDARY), name
    for alias in entry.aliases:
        yield ALIAS, alias
    for message in entry.messages:
        yield MESSAGE, _literal(message.template)
        yield CODE * SECONDARY, message.error_code or ""
    yield from _in_both(TITLE, (entry.title,), writers)
    yield from _in_both(SUMMARY, (entry.summary,), writers)
    yield from _in_both(CAUSE, (cause.title for cause in entry.causes), writers)
    yield from _in_both(QUESTION, (item.question for item in entry.faq), writers)


def _page_fields(texts: Iterable[tuple[float, Iterable[Text]]], writers: Writers) -> Iterator[tuple[float, str]]:
    for weight, group in texts:
        yield from _in_both(weight * PAGE, group, writers)


def _pending_fields(item: Pending, writers: Writers) -> Iterator[tuple[float, str]]:
    yield NAME, item.slug
    yield STATUS * SECONDARY, f"{item.status or ''} {item.type or ''}"
    for code in item.error_codes:
        yield CODE, code
    for message in item.messages:
        yield MESSAGE, _literal(message)
    yield from _in_both(TITLE, (item.title,), writers)
    yield from _in_both(SUMMARY, (item.change,), writers)


def _in_both(weight: float, texts: Iterable[Text], writers: Writers) -> Iterator[tuple[float, str]]:
    for text in texts:
        for writer in writers.values():
            yield weight, writer.plain(text)


def _literal(template: str) -> str:
    return " ".join(text for text, variable in pieces(template) if not variable)


def _worth(fields: Iterable[tuple[float, str]], project: Project) -> tuple[str, str]:
    """Return the terms of the fields and what each is worth, as `Found` has them."""
    worth: dict[str, list[float]] = defaultdict(list)
    for weight, text in fields:
        found = words(text)
        for term in {*terms_of(found), *joined_of(text, found)}:
            worth[term].append(weight)
        for term in set(pairs_of(found)) if weight >= MESSAGE * PENDING else ():
            worth[term].append(weight * PAIR)
        weight *= SYNONYM
        for word in project.synonyms.words(text):
            for term in _terms_instead(tuple(project.synonyms.others(word))):
                worth[term].append(weight)
    in_order = sorted(worth)
    return "\n".join(in_order), "".join([_letter(_total(worth[term])) for term in in_order])


@functools.lru_cache(maxsize=1024)
def _terms_instead(others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the terms of each of the synonyms of a word: there are some hundreds of these, and every guide has many of them."""
    return tuple(term for other in others for term in set(terms(other)))


def _total(weights: list[float]) -> float:
    if len(weights) == 1:
        return weights[0]
    best = max(weights)
    return best + REPEATED * min(sum(weights) - best, best)


@functools.lru_cache(maxsize=4096)
def _letter(total: float) -> str:
    """Return what a term is worth as a letter of `Found.worths`."""
    return chr(ord(LEAST_LETTER) - 1 + max(1, min(MOST_WORTH, round(total))))


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


def _shown(writer: Writer, address: str, slug: str, title: Text, text: Text, status: int | None, verdict: str) -> str:
    return _TO_JSON.encode([address, slug, writer.plain(title), writer.plain(text), status, verdict])


_TO_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(value: object) -> bytes:
    """Return a value as all files of the index are written."""
    return _TO_JSON.encode(value).encode()
