"""The lists of the home page and of a big family: groups, topics, and what each row says."""

from __future__ import annotations

import dataclasses

import pytest

from generator.content.project import Card
from generator.render import Renderer, lists
from generator.schemas.entry import Identity, Retry, Text
from tests.unit.projects import UMBRELLA, SmallProject

PENDING = (
    "  - {{ slug: {slug}, title: {{ ko: 구역, en: Zone }}, status: 529, type: overloaded_error, retry: backoff, messages: [{message}],"
    " source: vision, change: {{ ko: 고치세요., en: Change it. }} }}\n"
)
TOPICS = """
topics:
  - id: zones
    title: { ko: 구역, en: Zones }
    slugs: [zone_2, zone_1]
frequent:
  home: [stuck_image, zone_2]
  busy_error: [zone_3]
"""


def zones(small: SmallProject, count: int) -> None:
    """Let the umbrella page list `count` errors without a guide."""
    rows = [PENDING.format(slug=f"zone_{number}", message=f'"Zone {number} at <path> is <n> busy"') for number in range(count)]
    small.write(UMBRELLA, (small.root / UMBRELLA).read_text(encoding="utf-8") + "pending:\n" + "".join(rows))


def card(slug: str, retry: Retry = "backoff", status: int | None = 429, page: str | None = None, message: str = "") -> Card:
    return Card(slug, page, Text(ko="제목", en="Title"), Identity(status=status, type=None), retry, message, page)


def test_errors_without_a_guide_stand_in_the_lists_and_lead_to_their_place(small: SmallProject):
    zones(small, 2)
    project = small.load()

    assert project.shorts["zone_1"].address == "busy_error/#zone_1"
    page = Renderer(project).tools.index("en").html
    assert 'href="errors/busy_error/#zone_1"' in page
    assert ">5 errors</span>" in page


def test_groups_come_in_the_order_of_their_statuses_with_200_and_none_last(small: SmallProject):
    for status, slug in ((200, "a"), (412, "b"), (409, "c"), (503, "d"), (529, "e"), (500, "f")):
        small.write(
            f"errors/{slug}.yml",
            (small.root / UMBRELLA).read_text(encoding="utf-8").replace("busy_error", slug).replace("529", str(status)),
        )
    found = lists.home(small.load())

    assert [group.name for group in found][-5:] == ["500", "529", "5xx", "200", "none"]
    assert next(group.types for group in found if group.name == "409") == ("overloaded_error", "412")


@pytest.mark.parametrize(("count", "shown"), [(1, 2), (2, 3), (3, 4), (4, 4), (5, 3)])
def test_group_shows_three_rows_or_four_of_at_most_five(small: SmallProject, count: int, shown: int):
    zones(small, count)
    group = next(group for group in lists.home(small.load()) if group.name == "529")

    assert (len(group.shown), len(group.rest)) == (shown, count + 1 - shown)


def test_usual_verdict_is_said_once_and_only_other_ones_in_their_rows(small: SmallProject):
    zones(small, 6)
    small.edit(UMBRELLA, 'retry: backoff, messages: ["Zone 4', 'retry: never, messages: ["Zone 4')
    page = Renderer(small.load()).tools.index("en").html
    group = page.split('data-group="529"')[1].split("</section>")[0]

    assert group.count("ce-badge--backoff") == 1
    assert group.count("ce-badge--never") == 1


def test_small_or_mixed_group_has_no_usual_verdict(small: SmallProject):
    zones(small, 2)
    assert next(group.usual for group in lists.home(small.load()) if group.name == "529") is None


def test_small_family_is_no_big_one(small: SmallProject):
    zones(small, lists.MANY - 1)  # and one guide
    project = small.load()
    assert lists.family(project.shared, project.catalogue.by_slug["busy_error"].entry) is None


def test_big_family_is_listed_by_topic_and_opens_what_has_no_guide(small: SmallProject):
    zones(small, lists.MANY)
    small.write("facts/topics.yml", TOPICS)
    project = small.load()
    found = lists.family(project.shared, project.catalogue.by_slug["busy_error"].entry)
    page = Renderer(project).guides.guide("en", project.catalogue.by_slug["busy_error"].entry).html

    assert found is not None
    assert found.count == lists.MANY + 1
    assert [one.slug for one in found.frequent] == ["zone_3"]
    assert [(topic.id, len(topic.cards)) for topic in found.topics] == [("zones", 2), ("others", lists.MANY - 1)]
    assert [one.slug for one in found.topics[1].cards][:2] == ["zone_3", "busy_region"]
    assert page.count('<details id="zone_') == lists.MANY
    assert '<a href="#zone_3">' in page
    assert '<a href="../busy_region/">' in page
    assert page.split('<nav class="ce-jump"')[1].split('"#')[1].startswith("members")
    assert 'id="pending"' in page


def test_page_of_a_type_lists_errors_of_that_type_in_other_families(small: SmallProject):
    zones(small, lists.MANY)
    project = small.load()
    entry = project.catalogue.by_slug["busy_error"].entry
    others = entry.model_copy(update={"slug": "overloaded_error"})
    shared = project.shared
    cards = {**shared.cards, "overloaded_error": card("overloaded_error", status=529)}
    found = lists.family(dataclasses.replace(shared, cards=cards), others)

    assert found is not None
    assert {one.page for topic in found.topics for one in topic.cards} == {None, "busy_error"}


def test_frequent_errors_come_first_and_what_is_not_there_is_left_out(small: SmallProject):
    small.write("facts/topics.yml", TOPICS)
    project = small.load()

    assert [one.slug for one in lists.frequent(project.shared, "home")] == ["stuck_image"]
    assert [one.slug for one in lists.in_order([card("a", page="b"), dataclasses.replace(card("b"), family="b")], [])] == ["b", "a"]
    assert [one.slug for one in lists.in_order([card("b"), card("z", page="b"), card("a")], [card("z")])] == ["z", "b", "a"]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("messages.<i>.content.<j>: <reason>\n  is  wrong", "messages.0.content.0: … is wrong"),
        ("", ""),
        ("x" * 300, "x" * lists.LONGEST + "…"),
    ],
)
def test_row_shows_the_beginning_of_the_message_in_one_line(message: str, said: str):
    assert lists.said(card("a", message=message)) == said


def test_card_holds_the_newest_message_with_its_example_values(small: SmallProject):
    message = small.located("stuck_image").entry.messages[0]

    assert message.template.endswith("<n>")
    assert small.load().cards["stuck_image"].message.endswith(" 10485760")
