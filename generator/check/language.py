"""Rules about the two languages: both say the same, each in its own way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from generator.check.rule import Breach, each_rule, rule, sides_of, texts_of
from generator.content.catalogue import Located
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem
from generator.content.project import Project
from generator.text import inline

#: Particles whose form depends on the sound before them. A value that may change must not stand before one.
_PARTICLE = r"(?:은|는|이|가|을|를|과|와|으로|로|이나|나|이며|며|이면|면|이라는|라는|이라|라|이고|고|이란|란)(?![가-힣])"
_NOUN_BETWEEN = "put a Korean noun between the value and the particle"
_PARTICLE_ON_REFERENCE = re.compile(r"\}\}[`*_]*(" + _PARTICLE + ")")
_PARTICLE_ON_SLOT = re.compile(r"(?<!\})\}\}?(?:</[a-z]+>)?[`*_]*(" + _PARTICLE + ")")

_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[A-Za-z]{3}")

_PLAIN_ENDING = re.compile(r"[가-힣](?<!니)(?<!시)다\.|(?:해요|예요|네요|세요요)\.")


def habits_broken(project: Project, text: str) -> Iterator[tuple[str, str]]:
    """Yield (message, hint) for each word and ending of a Korean text that `facts/glossary.yml` and the style do not allow."""
    prose = f" {inline.prose(text)}"
    for word, better in project.facts.glossary.avoided.items():
        if word in prose:
            yield f"says `{word.strip()}`", f"write {better}"
    if match := _PLAIN_ENDING.search(prose):
        yield f"ends a sentence with `{match.group()}`", "end sentences in -습니다 or -(으)세요"


@each_rule("Code spans, links, facts and citations are the same in both languages.")
def languages_agree(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
    parts: dict[str, Callable[[str], list[str]]] = {
        "code span": inline.code_spans,
        "link": inline.links,
        "fact": inline.references,
        "citation": lambda text: [f"[^{source}]" for source in sorted(set(inline.citations(text)))],
    }
    for location, text in texts_of(located):
        for name, find in parts.items():
            if find(text.ko) == find(text.en):
                continue  # in the same order even, as in most texts
            korean, english = Counter(find(text.ko)), Counter(find(text.en))
            if korean != english:
                only = [f"only in ko: `{item}`" for item in korean - english]
                only += [f"only in en: `{item}`" for item in english - korean]
                message = f"the {name}s differ between the languages ({'; '.join(only)})"
                yield located.document.problem(location, message, "say the same in both")


@each_rule("Korean texts are Korean, English texts are English.")
def language_is_its_own(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
    for location, text in texts_of(located):
        korean, english = inline.prose(text.ko), inline.prose(text.en)
        if _LETTER.search(english) and not _HANGUL.search(korean):
            yield located.document.problem((*location, "ko"), "has no Korean word", "write it in Korean")
        if not english.isascii() and _HANGUL.search(english):
            yield located.document.problem((*location, "en"), "has Korean words", "write it in English, or put the words in a code span")


@each_rule("Korean prose uses the words of the official documentation, one for each thing, in 합니다체.", excusable=True)
def korean_follows_glossary(located: Located | LocatedPage, project: Project) -> Iterator[Breach]:
    for location, language, text in sides_of(located):
        if language != "ko":
            continue
        for message, hint in habits_broken(project, text):
            yield Breach(located.document, location, message, hint)


@each_rule("English prose uses the words that a native speaker would.", excusable=True)
def english_is_plain(located: Located | LocatedPage, project: Project) -> Iterator[Breach]:
    habits = project.facts.glossary.english
    for location, language, text in sides_of(located):
        if language == "en":
            prose = f" {inline.prose(text).lower()}"
            for habit in habits:
                if habit.avoid in prose:
                    yield Breach(located.document, location, f"says `{habit.avoid.strip()}`", f"write {habit.write}")


@each_rule("No particle hangs on a fact, which may change.")
def no_particle_on_fact(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
    for location, language, text in sides_of(located):
        if language == "ko" and "}}" in text and (match := _PARTICLE_ON_REFERENCE.search(text)):
            yield located.document.problem(location, f"hangs `{match.group(1)}` on a fact", _NOUN_BETWEEN)


@rule("No particle hangs on a slot of a template or of the words of the interface.")
def no_particle_on_slot(project: Project) -> Iterator[Problem]:
    files = [project.root / "templates/strings/ko.yml", *sorted((project.root / "templates").rglob("*.j2"))]
    files += sorted((project.root / "templates/theme").rglob("*.html"))
    for file in files:
        if not file.is_file():
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for match in _PARTICLE_ON_SLOT.finditer(line):
                name = file.relative_to(project.root).as_posix()
                yield Problem(name, number, match.start() + 1, "", f"hangs `{match.group(1)}` on a slot", _NOUN_BETWEEN)


RULES = (languages_agree, language_is_its_own, korean_follows_glossary, english_is_plain, no_particle_on_fact, no_particle_on_slot)
