"""Rules of language that a tool can see; CONTRIBUTING.md has them all, with a bad and a good sentence each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.check import sound
from generator.check.rule import Breach, each_rule, entry_rule, rule, sides_of
from generator.content.catalogue import Located
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem
from generator.content.project import Project
from generator.schemas.entry import LANGUAGES, Text
from generator.text import inline

#: What fits its place, in characters; `sections.SAY_LENGTH` is that of the verdict sentence.
LENGTHS: Mapping[str, Mapping[str, int]] = {
    "verdict.why": {"ko": 70, "en": 110},
    "summary": {"ko": 60, "en": 110},
    "snippets.trigger": {"ko": 26, "en": 40},
    "snippets.fix": {"ko": 26, "en": 40},
}
#: How a text says that something is not known. One a guide: readers came for what to do.
_IGNORANCE = {
    "ko": re.compile(
        r"(?:나와|문서화되어|공개되어|알려져|명시되어) 있지 않|확인하지 못했|확인되지 않|밝히지 않|명시되지 않|문서에 없|시험은 찾지 못했"
    ),
    "en": re.compile(
        r"not documented|undocumented|not in the documentation|not (?:been )?confirmed|unconfirmed|is not known|not stated"
        r"|we (?:found no|did not find|could not)|(?:documentation|docs|page|source)s?(?: that we read)? (?:does|do) not"
    ),
}
_SUM = re.compile(r"\d ?[+×*−] ?\d")
_PADDED = re.compile(r"값[이은을] `[^`\n]+` 문자열")
#: A string that a template of guides names.
_STRING = re.compile(r"""\bt\(\(?["'](guide\.[a-z_.]+)["']""")


@each_rule("Numbers in a sentence are added up: 3 requests, not 1 + 2.", excusable=True)
def numbers_are_added(located: Located | LocatedPage, project: Project) -> Iterator[Breach]:
    for location, _, text in sides_of(located):
        if ("+" in text or "×" in text or "−" in text) and (match := _SUM.search(inline.prose(inline.REFERENCE.sub("1", text)))):
            hint = "say the result; where an operand is a fact, make the result a fact too"
            yield Breach(located.document, location, f"leaves a sum to the reader: `{match.group()}` (1 stands for a fact)", hint)


@entry_rule("A cell of the verdict, a lead and a caption fit their place.", excusable=True)
def cells_fit(located: Located, project: Project) -> Iterator[Breach]:
    for name, lengths in LENGTHS.items():
        value: object = located.entry
        for part in name.split("."):
            value = getattr(value, part, None)
        for language in LANGUAGES if isinstance(value, Text) else ():
            shown = inline.REFERENCE.sub("256 MB", getattr(value, language))  # of the usual length: a new value breaks no text
            if (length := len(inline.plain(shown))) > lengths[language]:
                message = f"has {length} characters; {lengths[language]} fit"
                yield Breach(located.document, (*name.split("."), language), message, "say it shorter, or say the rest elsewhere")


@each_rule("A particle after code fits its last sound, where that is known.", excusable=True)
def particles_fit_code(located: Located | LocatedPage, project: Project) -> Iterator[Breach]:
    for location, language, text in sides_of(located):
        if language == "ko" and "`" in text:
            for code, particle, better in sound.wrong_particles(text):
                yield Breach(located.document, location, f"says `{code}`{particle}", f"say it aloud: `{code}`{better}")


@each_rule("No noun stands after code only to carry a particle.", excusable=True)
def code_is_not_padded(located: Located | LocatedPage, project: Project) -> Iterator[Breach]:
    for location, language, text in sides_of(located):
        if language == "ko" and "문자열" in text and (match := _PADDED.search(text)):
            yield Breach(located.document, location, f"says {match.group()}", "hang the particles on the code: `a`가 `b`인")


@entry_rule("A guide says once at most that something is not documented.", excusable=True)
def ignorance_is_told_once(located: Located, project: Project) -> Iterator[Breach]:
    seen = dict.fromkeys(LANGUAGES, False)
    for location, language, text in sides_of(located):
        if location[0] == "pending":
            continue  # each of them is an entry of its own
        for match in _IGNORANCE[language].finditer(inline.prose(text)):
            if seen[language]:
                hint = "say what to do; keep the one remark that changes it"
                yield Breach(located.document, location, f"says once more that something is not known: `{match.group()}`", hint)
            seen[language] = True


@rule("Words that stand on every guide name no `error_code`: most errors have none.")
def no_code_where_none_is(project: Project) -> Iterator[Problem]:
    if all(any(identity.error_code for identity in entry.identities) for entry in project.catalogue.entries):
        return
    templates = [file.read_text(encoding="utf-8") for file in sorted((project.root / "templates").glob("guide*.j2"))]
    keys = dict.fromkeys(key for template in templates for key in _STRING.findall(template))
    for language, strings in project.strings.items():
        for key in keys:
            if "error_code" in strings.words.get(key, ""):
                file = f"templates/strings/{language}.yml"
                yield Problem(file, 1, 1, key, "names `error_code`, also on guides without one", "say what is true on every guide")


RULES = (
    numbers_are_added,
    cells_fit,
    particles_fit_code,
    code_is_not_padded,
    ignorance_is_told_once,
    no_code_where_none_is,
)
