"""Computes the search weights of a guide or another page: its terms, and what each is worth.

`terms` cuts texts into terms, `index` writes the index.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.content.project import Shared
from generator.schemas.entry import LANGUAGES, Entry, Pending, Text
from generator.search.terms import joined_of, pairs_of, terms, terms_of, words
from generator.text.message import pieces
from generator.text.writer import Writer

#: The least that a term is worth in a guide is 1, the most is this; a number of the index is guide * (MOST_WORTH + 1) + worth.
MOST_WORTH = 63
#: Factor for a synonym, since the guide does not use the word itself.
SYNONYM = 0.7
#: What a term is worth by the field in which it stands. A page's names come first; a term in several fields is worth a little more.
NAME, TITLE, CODE, ALIAS, MESSAGE, STATUS, SUMMARY, CAUSE, QUESTION = 42, 42, 40, 36, 24, 20, 16, 11, 9
REPEATED = 0.15
#: Two words side by side, in a field that is worth at least as much as a message.
PAIR = 0.45
#: Factors for errors that a page answers for besides its own, and for errors without a guide.
SECONDARY, PENDING = 0.6, 0.7
#: Factor for pages that are no guides: a reader who searches was hit by an error, so its guide comes first.
PAGE = 0.35

Writers = dict[str, Writer]

#: How all files of the index are written.
as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
#: The letter of the least worth, in `Found.worths`.
LEAST_LETTER = "@"


@dataclasses.dataclass(frozen=True)
class Found:
    """One search result: a guide, an error without a guide (on the page that lists it), another page, or a section of one.

    Terms are kept as texts: thousands of guides have millions of terms, and as objects these would fill the memory.
    """

    shown: Mapping[str, str]
    """The row that the search shows, as JSON, by language."""
    terms: str
    """Its terms in order, each on a line."""
    worths: str
    """The worth of each term as a letter: `chr(ord(LEAST_LETTER) + worth - 1)`."""


def of_entry(project: Shared, entry: Entry) -> list[Found]:
    """Return the search results of one entry: its guide, then the errors that it lists."""
    writers = {language: Writer(project, language) for language in LANGUAGES}
    address = f"errors/{entry.slug}/"
    guide = {
        language: _shown(writer, address, entry.slug, entry.title, entry.summary, entry.main.status, entry.verdict.retry)
        for language, writer in writers.items()
    }
    found = [Found(guide, *_worth(_fields(entry, writers), project))]
    for item in project.pending(entry):
        place = f"{address}#{item.slug}"
        shown = {
            language: _shown(writer, place, item.slug, item.title, item.change, item.status, item.retry)
            for language, writer in writers.items()
        }
        fields = ((weight * PENDING, text) for weight, text in _pending_fields(item, writers))
        found.append(Found(shown, *_worth(fields, project)))
    return found


def of_pages(project: Shared) -> list[Found]:
    """Return the search results of the pages that are no guides: each page, and its sections."""
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


def _shown(writer: Writer, address: str, slug: str, title: Text, text: Text, status: int | None, verdict: str) -> str:
    return as_json([address, slug, writer.plain(title), writer.plain(text), status, verdict])


def _fields(entry: Entry, writers: Writers) -> Iterator[tuple[float, str]]:
    """Yield (worth of a term, text) for every field that is searched."""
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


def _worth(fields: Iterable[tuple[float, str]], project: Shared) -> tuple[str, str]:
    """Return the terms of the fields and their worths, in the form of `Found.terms` and `Found.worths`."""
    worth: dict[str, list[float]] = defaultdict(list)
    for weight, text in fields:
        found = words(text)
        for term in {*terms_of(found), *joined_of(text, found)}:
            worth[term].append(weight)
        for term in set(pairs_of(found)) if weight >= MESSAGE * PENDING else ():
            worth[term].append(weight * PAIR)
        instead = weight * SYNONYM
        for word in project.synonyms.words(text):
            for term in _terms_instead(tuple(project.synonyms.others(word))):
                worth[term].append(instead)
    in_order = sorted(worth)
    return "\n".join(in_order), "".join([_letter(_total(worth[term])) for term in in_order])


@functools.lru_cache(maxsize=1024)
def _terms_instead(others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the terms of the synonyms of a word. Cached: there are some hundreds of words, and every guide has many of them."""
    return tuple(term for other in others for term in set(terms(other)))


def _total(weights: list[float]) -> float:
    if len(weights) == 1:
        return weights[0]
    best = max(weights)
    return best + REPEATED * min(sum(weights) - best, best)


@functools.lru_cache(maxsize=4096)
def _letter(total: float) -> str:
    """Return a worth as a letter of `Found.worths`."""
    return chr(ord(LEAST_LETTER) - 1 + max(1, min(MOST_WORTH, round(total))))
