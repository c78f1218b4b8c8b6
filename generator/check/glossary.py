"""Rules about the glossary: its terms differ, lead somewhere, and are explained in both languages alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.check.language import habits_broken
from generator.check.references import is_page, page_names
from generator.check.rule import rule
from generator.content.document import Document, Location
from generator.content.problems import Problem, did_you_mean
from generator.content.project import Project
from generator.schemas.entry import LANGUAGES
from generator.schemas.facts import GlossaryTerm
from generator.text import inline


@rule("A term, a group and a word that people type instead stand once in the glossary.")
def terms_differ(project: Project) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for document, place, term in _terms(project):
        names = [("en", term.en), ("ko", term.ko), ("anchor", term.anchor)]
        names += [("word", word) for word in (*term.avoid, *term.typed)]
        for kind, name in names:
            if (kind, name) in seen:
                yield document.problem(place, f"`{name}` stands twice", "keep one of them")
            seen.add((kind, name))
    anchors = {term.anchor for term in project.facts.glossary.terms} | {"sources"}
    for number, group in enumerate(project.facts.glossary.groups):
        if project.facts.glossary_document and (group.id in anchors):
            yield project.facts.glossary_document.problem(("groups", number, "id"), f"`{group.id}` is taken", "choose another id")
        anchors.add(group.id)


@rule("A term of the glossary leads to a guide or page that exists, and an official one cites sources that exist.")
def terms_lead_somewhere(project: Project) -> Iterator[Problem]:
    catalogue, facts = project.catalogue, project.facts
    for document, place, term in _terms(project):
        if term.guide and term.guide not in catalogue.by_slug and term.guide not in catalogue.unreadable:
            hint = did_you_mean(term.guide, catalogue.by_slug, "correct the slug")
            yield document.problem((*place, "guide"), f"`{term.guide}` is no guide", hint)
        if term.page and not is_page(project, term.page):
            hint = did_you_mean(term.page, page_names(project), "take one of pages/")
            yield document.problem((*place, "page"), f"`{term.page}` is no page", hint)
        if term.official != bool(term.source_ids):
            hint = "name the source that uses the Korean term" if term.official else "remove the source, or set official: true"
            yield document.problem(place, "is official without a source" if term.official else "has a source but is not official", hint)
        for source in term.source_ids:
            if source not in facts.sources and "sources" not in facts.broken:
                hint = did_you_mean(source, facts.sources, "add it to facts/sources.yml")
                yield document.problem((*place, "source"), f"`{source}` is not a source", hint)


@rule("A meaning in the glossary says the same in both languages, in the words of the glossary, and cites nothing.")
def meanings_are_plain(project: Project) -> Iterator[Problem]:
    for document, place, term in _terms(project):
        if term.meaning is None:
            continue
        for message, hint in habits_broken(project, term.meaning.ko):
            yield document.problem((*place, "meaning", "ko"), message, hint)
        korean, english = (Counter(inline.code_spans(getattr(term.meaning, language))) for language in LANGUAGES)
        if korean != english:
            yield document.problem((*place, "meaning"), "the code spans differ between the languages", "say the same in both")
        for language in LANGUAGES:
            text = getattr(term.meaning, language)
            if inline.citations(text) or inline.links(text) or inline.references(text):
                hint = "a meaning is a plain sentence; link with guide or page"
                yield document.problem((*place, "meaning", language), "holds a citation, link or fact", hint)


def _terms(project: Project) -> Iterator[tuple[Document, Location, GlossaryTerm]]:
    document = project.facts.glossary_document
    for number, group in enumerate(project.facts.glossary.groups if document else ()):
        for index, term in enumerate(group.terms):
            assert document is not None
            yield document, ("groups", number, "terms", index), term


RULES = (terms_differ, terms_lead_somewhere, meanings_are_plain)
