"""Rules about how much a guide shows: readers who were hit by an error read two screens, not ten.

Counted from the fields of an entry: what the page folds, code and programs do not count. Must not know the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rule import Breach, entry_rule, sides_of
from generator.content.catalogue import Located
from generator.content.project import Project
from generator.schemas.entry import LANGUAGES
from generator.text import inline

#: Fields whose texts a guide shows unfolded; `*` stands for any number. The page and this list change together.
VISIBLE = (
    "title",
    "summary",
    "status_note",
    "verdict",
    "messages.0.note",
    "snippets.trigger",
    "snippets.fix",
    "recovery",
    "causes",
    "meaning",
    "prevention",
    "retry_note",
    "cost",
    "faq.*.question",
)
#: Characters of prose, spaces among them, without code and facts. English takes 1.8 times as many as Korean to say the same: that
#: is the median, and the mean, of the visible fields of forty guides.
PROSE = {"ko": 2_200, "en": 4_000}
#: Citations as the page shows them: one a paragraph, however many sources it names.
CITATIONS = 15

_HEADS = frozenset(name.partition(".")[0] for name in VISIBLE)
_SHOWN = re.compile("(?:" + "|".join(re.escape(name).replace(r"\*", r"\d+") for name in VISIBLE) + r")\..+")


def visible(located: Located) -> dict[str, list[str]]:
    """Return the texts that a guide shows unfolded, by language."""
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for location, language, text in sides_of(located):
        if location[0] in _HEADS and _SHOWN.fullmatch(".".join(map(str, location))):
            found[language].append(text)
    return found


def prose_length(texts: list[str]) -> int:
    """Return the number of characters of prose in some texts, without code and facts."""
    return sum(len(" ".join(inline.prose(text).split())) for text in texts)


def citation_count(texts: list[str]) -> int:
    """Return the number of citations in some texts, one for each paragraph that has any."""
    return sum("[^" in paragraph for text in texts for paragraph in text.split("\n\n"))


@entry_rule("The visible prose of a guide keeps to its budget.", excusable=True)
def prose_keeps_to_budget(located: Located, project: Project) -> Iterator[Breach]:
    for language, texts in visible(located).items():
        if (length := prose_length(texts)) > PROSE[language]:
            message = f"{length:,} characters of visible prose without code; at most {PROSE[language]:,}"
            hint = "cut what the verdict says, where a sentence comes from and what nobody asked; then move the rest into folded parts"
            yield Breach(located.document, (language,), message, hint)


@entry_rule("The visible citations of a guide keep to their budget.", excusable=True)
def citations_keep_to_budget(located: Located, project: Project) -> Iterator[Breach]:
    for language, texts in visible(located).items():
        if (count := citation_count(texts)) > CITATIONS:
            message = f"{count} visible paragraphs with citations; at most {CITATIONS}"
            yield Breach(located.document, (language,), message, "shorten the page; a paragraph is cited once, at its end")


RULES = (prose_keeps_to_budget, citations_keep_to_budget)
