"""What a piece of work asked is noted, and whether the answers are still the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.project import Project
from generator.tracking import Answers, Trace, Watched
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject


def trace(small: SmallProject, ask: Callable[[Project], Any]) -> Trace:
    watched = Watched(small.load())
    watched.start(None)
    ask(watched.project)
    return watched.trace()


@pytest.mark.parametrize(
    ("ask", "questions"),
    [
        (lambda project: project.catalogue.by_slug["busy_error"], {"entry:busy_error"}),
        (lambda project: project.snippets["busy_error"], {"entry:busy_error"}),
        (lambda project: "gone" in project.catalogue.by_slug, {"entry:gone"}),
        (lambda project: project.catalogue.members("busy_error"), {"members:busy_error", "entry:busy_region"}),
        (lambda project: project.catalogue.entries, {"all"}),
        (lambda project: list(project.catalogue.by_slug), {"all"}),
        (lambda project: project.programs, {"all"}),
        (lambda project: project.catalogue.located, {"all"}),
        (lambda project: project.facts.written, set()),
    ],
)
def test_every_look_at_the_catalogue_is_a_question(small: SmallProject, ask, questions):
    assert questions <= set(trace(small, ask))
    assert bool(questions) == bool(trace(small, ask))


def test_own_entry_is_a_question_from_the_start(small: SmallProject):
    project = small.load()
    watched = Watched(project)
    watched.start(project.catalogue.entries[0])

    assert set(watched.trace()) == {f"entry:{project.catalogue.entries[0].slug}"}


def test_answer_changes_with_the_entry_and_with_its_programs_only(small: SmallProject):
    asked = trace(small, lambda project: project.catalogue.by_slug["busy_error"])
    assert Answers(small.load()).hold(asked)
    small.edit(FULL, "  en: Nothing.[^vision]", "  en: Nothing at all.[^vision]")
    assert Answers(small.load()).hold(asked)
    small.write("snippets/busy_error/fix.py", (small.root / "snippets/busy_error/fix.py").read_text(encoding="utf-8") + "\n")
    assert not Answers(small.load()).hold(asked)


def test_answer_changes_when_a_member_comes_or_goes(small: SmallProject):
    asked = trace(small, lambda project: project.catalogue.members("busy_error"))
    small.remove(MINIMAL)

    assert not Answers(small.load()).hold(asked)


def test_look_at_everything_changes_with_anything(small: SmallProject):
    asked = trace(small, lambda project: project.catalogue.entries)
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload of all\n")

    assert not Answers(small.load()).hold(asked)


def test_answers_are_those_of_the_real_catalogue(small: SmallProject):
    project = small.load()
    watched = Watched(project).project.catalogue

    for entry in project.catalogue.entries:
        assert watched.members(entry.slug) == project.catalogue.members(entry.slug)
        assert watched.pending(entry) == project.catalogue.pending(entry)
        assert watched.by_slug[entry.slug] == project.catalogue.by_slug[entry.slug]
    assert watched.entries == project.catalogue.entries
