"""Rules about what a page must say, and where it must be silent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rule import each_rule, entry_rule, sides_of
from generator.content.catalogue import Located
from generator.content.document import Location
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem
from generator.content.project import Project
from generator.schemas.entry import LANGUAGES, Text
from generator.text import inline

#: What fits one line of the verdict box on a desktop, in characters.
SAY_LENGTH = {"ko": 30, "en": 60}

_BLOCK = re.compile(r"(?:^|\n[ \t]*\n)[ \t]*(?P<mark>#{1,6} |[-*+] |\d+[.)] |>|```|~~~)")
_IN_BRACES = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
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


@each_rule("No text is left to be written.")
def nothing_left_to_write(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
    for location, _, text in sides_of(located):
        if "TODO" in text:
            yield located.document.problem(location, "holds a TODO", "write the text")
    if isinstance(located, Located):
        for place, value in _plain_values(located):
            if "TODO" in value:
                yield located.document.problem(place, "holds a TODO", "write the value")


@each_rule("A text says something besides its citations.")
def text_says_something(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
    for location, _, text in sides_of(located):
        if not inline.plain(text):
            yield located.document.problem(location, "shows nothing", "write a text, or remove the field")


@each_rule("A text is inline Markdown: lists, headings and fences come from the page.")
def text_is_inline(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
    for location, _, text in sides_of(located):
        if match := _BLOCK.search(text) if "\n" in text else _BLOCK.match(text):
            message = f"starts a paragraph with `{match['mark'].strip()}`"
            yield located.document.problem(location, message, "write sentences; use the list fields for lists")


@each_rule("A text has no marks but code, strong words, links and citations.")
def marks_are_known(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
    for location, _, text in sides_of(located):
        # What stands in braces, and what starts a paragraph, are matters of other rules.
        words = _IN_BRACES.sub("", inline.REFERENCE.sub("1", text)) if "{" in text else text
        words = _BLOCK.sub("\n\n", words) if "\n" in words or _BLOCK.match(words) else words
        if mark := inline.stray_mark(words):
            hint = "the marks are `code`, **strong words**, [words](address) and [^source]; put a sign that is meant into code"
            yield located.document.problem(location, f"has a `{mark}` that belongs to no mark", hint)


@each_rule("Counts of what the page lists are computed, never typed.")
def counts_are_computed(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
    for location, language, text in sides_of(located):
        small = text.lower()
        if any(word in small for word in _COUNTED[language]) and (match := _COUNT[language].search(text)):
            yield located.document.problem(location, f"types a count: `{match.group()}`", "leave the number out; the page counts")


@entry_rule("The verdict sentence fits its box.")
def verdict_fits(located: Located, project: Project) -> Iterator[Problem]:
    for language in LANGUAGES:
        length = len(inline.plain(getattr(located.entry.verdict.say, language)))
        if length > SAY_LENGTH[language]:
            message = f"has {length} characters; {SAY_LENGTH[language]} fit the box"
            yield located.document.problem(("verdict", "say", language), message, "say only what to do; `why` has room")


@entry_rule("Where waiting helps, the verdict says how long.", "verdict")
def wait_is_told(located: Located, project: Project) -> Iterator[Problem]:
    verdict = located.entry.verdict
    if verdict.retry in ("after_delay", "backoff", "conditional") and verdict.wait is None:
        message = f"is missing, but retry is `{verdict.retry}`"
        yield located.document.problem(("verdict",), message, "add `wait:`", field="verdict.wait")


@entry_rule("A sticky error has a recovery, and no other has one.", "verdict", "recovery")
def sticky_has_recovery(located: Located, project: Project) -> Iterator[Problem]:
    entry = located.entry
    if entry.verdict.sticky and entry.recovery is None:
        yield located.document.problem((), "is missing, but the error is sticky", "say how to repair the history", field="recovery")
    if not entry.verdict.sticky and entry.recovery is not None:
        yield located.document.problem(("recovery",), "is given, but the error is not sticky", "remove it, or set `sticky: true`")


@entry_rule("Every section that states facts cites a source or a fact.")
def statements_are_sourced(located: Located, project: Project) -> Iterator[Problem]:
    for location, texts in _statements(located):
        if not any(inline.citations(text.en) or inline.references(text.en) for text in texts):
            yield located.document.problem(location, "cites no source", "add `[^source_id]` after the statement, in both languages")


def _statements(located: Located) -> Iterator[tuple[Location, tuple[Text, ...]]]:
    entry = located.entry
    yield ("meaning",), (entry.meaning,)
    for index, cause in enumerate(entry.causes):
        yield ("causes", index), (cause.title, cause.check, cause.change)
    if entry.retry_note:
        yield ("retry_note",), (entry.retry_note,)
    if entry.cost:
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
    marks_are_known,
    counts_are_computed,
    verdict_fits,
    wait_is_told,
    sticky_has_recovery,
    statements_are_sourced,
)
