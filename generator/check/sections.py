"""Rules about what a page must say, and where it must be silent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rule import each_side, rule
from generator.content.catalogue import Located
from generator.content.document import Location
from generator.content.problems import Problem
from generator.content.project import Project
from generator.schemas.entry import LANGUAGES, Text
from generator.text import inline

#: What fits one line of the verdict box on a desktop, in characters.
SAY_LENGTH = {"ko": 30, "en": 60}

_BLOCK = re.compile(r"(?:^|\n[ \t]*\n)[ \t]*(?P<mark>#{1,6} |[-*+] |\d+[.)] |>|```|~~~)")
#: Looked for before the counts themselves: a text without any of these types none, and they are found much faster.
_COUNTED = {"en": ("cause", "reason", "question", "source", "related"), "ko": ("원인", "이유", "질문", "출처")}
_COUNT = {
    "en": re.compile(
        r"\b(?:\d+|two|three|four|five|six|seven) (?:\w+ )?(?:causes|reasons|questions|sources|related errors)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"(?:원인|이유|질문|출처)(?:은|이)? ?(?:\d+|두|세|네|다섯) ?(?:가지|개)"
        r"|(?:\d+|두|세|네|다섯) ?(?:가지|개)(?:의)? ?(?:\S+ )?(?:원인|이유|질문)"
    ),
}


@rule("No text is left to be written.", alone=True)
def nothing_left_to_write(project: Project) -> Iterator[Problem]:
    for located, location, _, text in each_side(project):
        if "TODO" in text:
            yield located.document.problem(location, "holds a TODO", "write the text")
    for located in project.catalogue.located:
        for place, value in _plain_values(located):
            if "TODO" in value:
                yield located.document.problem(place, "holds a TODO", "write the value")


@rule("A text says something besides its citations.", alone=True)
def text_says_something(project: Project) -> Iterator[Problem]:
    for located, location, _, text in each_side(project):
        if not inline.plain(text):
            yield located.document.problem(location, "shows nothing", "write a text, or remove the field")


@rule("A text is inline Markdown: lists, headings and fences come from the page.", alone=True)
def text_is_inline(project: Project) -> Iterator[Problem]:
    for located, location, _, text in each_side(project):
        if match := _BLOCK.search(text) if "\n" in text else _BLOCK.match(text):
            message = f"starts a paragraph with `{match['mark'].strip()}`"
            yield located.document.problem(location, message, "write sentences; use the list fields for lists")


@rule("Counts of what the page lists are computed, never typed.", alone=True)
def counts_are_computed(project: Project) -> Iterator[Problem]:
    for located, location, language, text in each_side(project):
        small = text.lower()
        if any(word in small for word in _COUNTED[language]) and (match := _COUNT[language].search(text)):
            yield located.document.problem(location, f"types a count: `{match.group()}`", "leave the number out; the page counts")


@rule("The verdict sentence fits its box.", alone=True)
def verdict_fits(project: Project) -> Iterator[Problem]:
    for located in project.catalogue.located:
        for language in LANGUAGES:
            length = len(inline.plain(getattr(located.entry.verdict.say, language)))
            if length > SAY_LENGTH[language]:
                message = f"has {length} characters; {SAY_LENGTH[language]} fit the box"
                yield located.document.problem(("verdict", "say", language), message, "say only what to do; `why` has room")


@rule("Where waiting helps, the verdict says how long.", alone=True)
def wait_is_told(project: Project) -> Iterator[Problem]:
    for located in project.catalogue.located:
        verdict = located.entry.verdict
        if verdict.retry in ("after_delay", "backoff", "conditional") and verdict.wait is None:
            message = f"is missing, but retry is `{verdict.retry}`"
            yield located.document.problem(("verdict",), message, "add `wait:`", field="verdict.wait")


@rule("A sticky error has a recovery, and no other has one.", alone=True)
def sticky_has_recovery(project: Project) -> Iterator[Problem]:
    for located in project.catalogue.located:
        entry = located.entry
        if entry.verdict.sticky and entry.recovery is None:
            yield located.document.problem((), "is missing, but the error is sticky", "say how to repair the history", field="recovery")
        if not entry.verdict.sticky and entry.recovery is not None:
            yield located.document.problem(("recovery",), "is given, but the error is not sticky", "remove it, or set `sticky: true`")


@rule("Every section that states facts cites a source or a fact.", alone=True)
def statements_are_sourced(project: Project) -> Iterator[Problem]:
    for located in project.catalogue.located:
        for location, texts in _statements(located):
            if not any(inline.citations(text.en) or inline.references(text.en) for text in texts):
                yield located.document.problem(location, "cites no source", "add `[^source_id]` after the statement, in both languages")


def _statements(located: Located) -> Iterator[tuple[Location, tuple[Text, ...]]]:
    entry = located.entry
    yield ("meaning",), (entry.meaning,)
    for index, cause in enumerate(entry.causes):
        yield ("causes", index), (cause.title, cause.check, cause.change)
    yield ("retry_note",), (entry.retry_note,)
    yield ("cost",), (entry.cost,)
    for index, platform in enumerate(entry.platforms):
        yield ("platforms", index), (platform.text,)
    for index, question in enumerate(entry.faq):
        yield ("faq", index), (question.answer,)


def _plain_values(located: Located) -> Iterator[tuple[Location, str]]:
    entry = located.entry
    for index, message in enumerate(entry.messages):
        yield ("messages", index, "template"), message.template
        yield ("messages", index, "source"), message.source
    for index, alias in enumerate(entry.aliases):
        yield ("aliases", index), alias
    for side in ("python", "typescript"):
        for index, name in enumerate(getattr(entry.exceptions, side)):
            yield ("exceptions", side, index), name


RULES = (
    nothing_left_to_write,
    text_says_something,
    text_is_inline,
    counts_are_computed,
    verdict_fits,
    wait_is_told,
    sticky_has_recovery,
    statements_are_sourced,
)
