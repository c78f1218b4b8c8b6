"""What a piece of work asked is noted, and whether the answers are still the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from generator.build import pieces
from generator.build.pieces import Group
from generator.build.tracking import Answers, Trace, Watched
from generator.content.catalogue import Catalogue
from generator.content.project import Project
from generator.exports import files as outputs
from generator.render import Renderer
from generator.schemas.entry import Entry
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject


def trace(small: SmallProject, ask: Callable[[Project], Any]) -> Trace:
    watched = Watched(small.load())
    watched.start(None)
    ask(watched.project)
    return watched.trace()


@pytest.mark.parametrize(
    ("ask", "questions"),
    [
        (lambda project: project.catalogue.by_slug["busy_error"], {"there:busy_error"}),
        (lambda project: project.catalogue.by_slug["busy_error"].document, {"there:busy_error", "entry:busy_error"}),
        (lambda project: project.catalogue.by_slug["busy_error"].entry.title, {"there:busy_error", "field:busy_error.title"}),
        (lambda project: project.catalogue.by_slug["busy_error"].entry.main, {"there:busy_error", "field:busy_error.identities"}),
        (lambda project: project.catalogue.by_slug["busy_error"].entry.model_dump(), {"there:busy_error", "entry:busy_error"}),
        (lambda project: project.snippets["busy_error"], {"code:busy_error"}),
        (lambda project: "gone" in project.catalogue.by_slug, {"there:gone"}),
        (lambda project: project.catalogue.members("busy_error"), {"members:busy_error"}),
        (lambda project: project.catalogue.members("busy_error")[0].title, {"members:busy_error", "field:busy_region.title"}),
        (lambda project: project.catalogue.entries, {"names"}),
        (lambda project: [entry.verdict for entry in project.catalogue.entries], {"names", "every:verdict"}),
        (lambda project: [vars(entry) for entry in project.catalogue.entries], {"names", "all"}),
        (lambda project: list(project.catalogue.by_slug), {"names"}),
        (lambda project: project.programs, {"names", "code:busy_error"}),
        (lambda project: project.catalogue.located, {"all"}),
        (lambda project: project.facts.written, set()),
    ],
)
def test_every_look_at_the_catalogue_is_a_question(small: SmallProject, ask, questions):
    asked = set(trace(small, ask))

    assert questions <= asked
    assert {question for question in asked - questions if not question.startswith("code:")} == set()


def test_own_entry_is_a_question_from_the_start(small: SmallProject):
    project = small.load()
    watched = Watched(project)
    watched.start(project.catalogue.entries[0])

    assert set(watched.trace()) == {f"entry:{project.catalogue.entries[0].slug}"}


def test_answer_changes_with_the_entry_or_with_its_programs_only(small: SmallProject):
    programs = trace(small, lambda project: project.snippets["busy_error"])
    own = {"entry:busy_error": Answers(small.load()).of("entry:busy_error")}
    small.edit(FULL, "  en: Nothing.[^vision]", "  en: Nothing at all.[^vision]")
    assert Answers(small.load()).hold(programs)
    assert Answers(small.load()).hold(own)
    small.write("snippets/busy_error/fix.py", (small.root / "snippets/busy_error/fix.py").read_text(encoding="utf-8") + "\n")
    assert not Answers(small.load()).hold(programs)
    assert not Answers(small.load()).hold(own)


def test_answer_about_a_field_changes_with_that_field_only(small: SmallProject):
    asked = [
        trace(small, lambda project: project.catalogue.by_slug["busy_error"].entry.title),
        trace(small, lambda project: [entry.title for entry in project.catalogue.entries]),
    ]
    before = Answers(small.load())
    small.edit(UMBRELLA, "summary:\n", "summary: \n")
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload of all\n")
    after = Answers(small.load())

    assert [after.hold(one) for one in asked] == [False, False]
    changed = after.changed(before)
    assert changed is not None
    assert {"field:busy_error.title", "every:title", "entry:busy_error", "all"} <= changed
    assert not {question for question in changed if question.endswith(("summary", "verdict")) or question.startswith("code:")}


def test_field_that_stays_has_the_same_answer(small: SmallProject):
    asked = trace(
        small,
        lambda project: [entry.verdict for entry in project.catalogue.entries] + [project.catalogue.by_slug["busy_error"].entry.verdict],
    )
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload of all\n")

    assert Answers(small.load()).hold(asked)


def test_answers_that_go_on_from_others_are_those_of_a_fresh_look(small: SmallProject):
    before = Answers(small.load())
    asked = trace(small, lambda project: [(entry.title, entry.causes, entry.verdict) for entry in project.catalogue.entries])
    assert before.hold(asked)
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload of all\n")
    project = small.load()

    assert [Answers(project, before).of(question) for question in asked] == [Answers(project).of(question) for question in asked]


def test_what_is_known_of_an_entry_counts_as_long_as_the_entry_is_the_same(small: SmallProject):
    asked = ["field:busy_error.title", "field:stuck_image.title", "every:title"]
    before = Answers(small.load())
    answers = {question: before.of(question) for question in asked}
    known = before.known()
    assert known["busy_error"][1].keys() == {"title"}
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload of all\n")
    project = small.load()
    after, fresh = Answers(project), Answers(project)
    after.remember(known)

    assert [after.of(question) for question in asked] == [fresh.of(question) for question in asked]
    assert [question for question in asked if after.of(question) == answers[question]] == ["field:stuck_image.title"]


def test_what_is_known_is_not_computed_again(small: SmallProject):
    answers = Answers(small.load())
    digest, _ = answers.known()["busy_error"]
    answers.remember({"busy_error": (digest, {"title": "as it was"}), "gone": ("", {})})

    assert answers.of("field:busy_error.title") == "as it was"


def test_answer_changes_when_a_member_comes_or_goes(small: SmallProject):
    asked = trace(small, lambda project: project.catalogue.members("busy_error"))
    small.remove(MINIMAL)

    assert not Answers(small.load()).hold(asked)


def test_look_at_everything_changes_with_anything(small: SmallProject):
    asked = trace(small, lambda project: project.catalogue.located)
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


def _with(project: Project, slug: str, field: str, value: Any) -> Project:
    """Return the project as if this had been changed in the file of an entry."""
    located = [
        dataclasses.replace(
            one, entry=one.entry.model_copy(update={field: value}), document=dataclasses.replace(one.document, digest=f"{field} {value!r}")
        )
        if one.entry.slug == slug
        else one
        for one in project.catalogue.located
    ]
    return dataclasses.replace(project, catalogue=Catalogue(tuple(located)))


def _made(project: Project, group: Group, watched: Watched, renderer: Renderer) -> tuple[str, Trace]:
    """Return all that is made of a group, and what was asked for it."""
    watched.start(group.entry)
    made = [[page.make(renderer), page.copy(renderer) if page.copy else ""] for page in group.pages]
    own: list[Any] = []
    if group.entry:
        files = outputs.of_entry(watched.project, group.entry, "https://example.org/", renderer)
        own = [files, pieces.parts(watched.project, group.entry, files)]
    return repr((made, own)), watched.trace()


@pytest.mark.parametrize("field", sorted(Entry.model_fields.keys() - {"slug"}))
def test_what_shows_another_value_of_a_field_had_asked_for_it(small: SmallProject, field: str):
    project = small.load()
    watched = Watched(project)
    renderer = Renderer(watched.project)
    before = {group.name: _made(project, group, watched, renderer) for group in pieces.groups(project, "https://example.org/")}
    entries = project.catalogue.entries
    values = {repr(getattr(entry, field)): getattr(entry, field) for entry in entries}
    changes = [(entry, value) for entry in entries for text, value in values.items() if text != repr(getattr(entry, field))]
    shown = 0
    for entry, value in changes:
        changed = _with(project, entry.slug, field, value)
        answers = Answers(changed)
        again = Watched(changed, answers)
        renderer = Renderer(again.project)
        for group in pieces.groups(changed, "https://example.org/"):
            try:
                made, _ = _made(changed, group, again, renderer)
            except Exception:  # one field of another entry need not fit the rest
                continue
            if made != before[group.name][0]:
                shown += 1
                assert not answers.hold(before[group.name][1]), (group.name, entry.slug)
    assert shown or not changes or field == "sources"  # nothing can be made of an entry that cites what it does not list
