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
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from generator.project import Project
from generator.schema import LANGUAGES, Entry, Pending, Text
from generator.search_terms import joined, pairs, terms
from generator.signature import pieces
from generator.writer import Writer

FOLDER = "search"
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


@dataclasses.dataclass(frozen=True)
class Found:
    """Something that a search finds: a guide, an error without one on the page that answers for it, another page or its section."""

    shown: Mapping[str, list[str | int | None]]
    """What is shown of it, by language."""
    worth: Mapping[str, int]
    """What each of its terms is worth."""


def of_entry(project: Project, entry: Entry) -> list[Found]:
    """Return what is found of one entry: its guide, then the errors that it answers for."""
    writers = {language: Writer(project, language) for language in LANGUAGES}
    address = f"errors/{entry.slug}/"
    guide = {
        language: _shown(writer, address, entry.slug, entry.title, entry.summary, entry.main.status, entry.verdict.retry)
        for language, writer in writers.items()
    }
    found = [Found(guide, _worth(_fields(entry, writers), project))]
    for item in project.catalogue.pending(entry):
        place = f"{address}#{item.slug}"
        shown = {
            language: _shown(writer, place, item.slug, item.title, item.change, item.status, item.retry)
            for language, writer in writers.items()
        }
        fields = ((weight * PENDING, text) for weight, text in _pending_fields(item, writers))
        found.append(Found(shown, _worth(fields, project)))
    return found


def of_pages(project: Project) -> list[Found]:
    """Return what is found of the pages that are no guides: each page, and its sections."""
    writers = {language: Writer(project, language) for language in LANGUAGES}
    found = []
    for located in project.handbook.in_order():
        page, path = located.page, located.path
        texts = ((TITLE, (page.title, page.name)), (SUMMARY, (page.lead,)), (CAUSE, [section.title for section in page.sections]))
        shown = {language: _shown(writer, f"{path}/", path, page.title, page.lead, None, "") for language, writer in writers.items()}
        found.append(Found(shown, _worth(_page_fields(texts, writers), project)))
        for section in page.sections:
            place = f"{path}/#{section.id}"
            shown = {language: _shown(writer, place, place, section.title, page.title, None, "") for language, writer in writers.items()}
            fields = _page_fields([(TITLE * SECONDARY, (section.title,))], writers)
            found.append(Found(shown, _worth(fields, project)))
    return found


def files(project: Project, parts: Iterable[list[Found]] | None = None) -> dict[str, bytes]:
    """Return the index of `project` as content by path; `parts` are those of `of_entry`, in order, when they are at hand."""
    lists = list(parts) if parts is not None else [of_entry(project, entry) for entry in project.catalogue.entries]
    # Guides come before errors that have none.
    found = [item for items in lists for item in items[:1]] + [item for items in lists for item in items[1:]]
    found += of_pages(project)
    postings: dict[str, dict[int, int]] = {}
    for number, item in enumerate(found):
        for term, worth in item.worth.items():
            postings.setdefault(term, {})[number] = worth
    shards = list(_shards({term: _packed(guides) for term, guides in sorted(postings.items())}))
    content = {f"{number}.json": _json(shard) for number, shard in enumerate(shards)}
    for language in LANGUAGES:
        shown = [item.shown[language] for item in found]
        for number, start in enumerate(range(0, len(shown), SHOWN_TOGETHER)):
            content[f"{language}-{number}.json"] = _json(shown[start : start + SHOWN_TOGETHER])
    version = hashlib.sha256(b"\0".join(content.values())).hexdigest()[:12]
    common = Counter({term: len(guides) for term, guides in postings.items()}).most_common(MOST_COMMON)
    manifest = {
        "version": version,
        "guides": len(found),
        "together": SHOWN_TOGETHER,
        "starts": [next(iter(shard)) for shard in shards],
        "common": sorted(term for term, count in common if count > 1),
    }
    return {f"{FOLDER}/index.json": _json(manifest)} | {f"{FOLDER}/{version}/{name}": part for name, part in content.items()}


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


def _worth(fields: Iterable[tuple[float, str]], project: Project) -> dict[str, int]:
    """Return what each term of the fields is worth."""
    worth: dict[str, list[float]] = {}
    for weight, text in fields:
        for term in {*terms(text), *joined(text)}:
            worth.setdefault(term, []).append(weight)
        for term in set(pairs(text)) if weight >= MESSAGE * PENDING else ():
            worth.setdefault(term, []).append(weight * PAIR)
        for other in project.synonyms.of(text):
            for term in set(terms(other)):
                worth.setdefault(term, []).append(weight * SYNONYM)
    return {term: _total(weights) for term, weights in sorted(worth.items())}


def _total(weights: list[float]) -> int:
    best = max(weights)
    total = best + REPEATED * min(sum(weights) - best, best)
    return max(1, min(MOST_WORTH, round(total)))


def _packed(guides: dict[int, int]) -> list[int]:
    """Return the guides of a term as differences of guide * 64 + worth; a list that was cut starts with minus its length."""
    kept = sorted(guides.items(), key=lambda item: (-item[1], item[0]))[:MOST_GUIDES]
    packed = [-len(guides)] if len(kept) < len(guides) else []
    last = 0
    for number in sorted(guide * (MOST_WORTH + 1) + worth for guide, worth in kept):
        packed.append(number - last)
        last = number
    return packed


def _shards(postings: dict[str, list[int]]) -> Iterator[dict[str, list[int]]]:
    """Yield the sorted terms in parts of about FILE_BYTES; there is always one."""
    shard: dict[str, list[int]] = {}
    size = 0
    for term, packed in postings.items():
        length = len(_json({term: packed}))
        if shard and size + length > FILE_BYTES:
            yield shard
            shard, size = {}, 0
        shard[term] = packed
        size += length
    yield shard or {"": []}


def _shown(writer: Writer, address: str, slug: str, title: Text, text: Text, status: int | None, verdict: str) -> list[str | int | None]:
    return [address, slug, writer.plain(title), writer.plain(text), status, verdict]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
