"""Atom feeds: the newest first, ids that stay, and the rules of RFC 4287."""

from __future__ import annotations

import pytest

from generator.exports import feeds
from tests.unit.atom import SPACE, mistakes, parse
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject

SITE = "https://a.example/docs/"


def feed(small: SmallProject, language: str, site: str) -> str:
    project = small.load()
    made = {entry.slug: feeds.of_entry(project, language, entry, site) for entry in project.catalogue.entries}
    return feeds.feed(project, language, site, made)


def texts(small: SmallProject, tag: str, language: str = "en", site: str = SITE) -> list[str | None]:
    return [entry.findtext(f"{SPACE}{tag}") for entry in parse(feed(small, language, site)).findall(f"{SPACE}entry")]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_feed_keeps_the_rules(small: SmallProject, language: str):
    assert mistakes(feed(small, language, SITE)) == []


def test_feed_without_an_entry_keeps_the_rules(empty: SmallProject):
    assert mistakes(feed(empty, "en", SITE)) == []


def test_newest_day_is_first_and_entries_of_a_day_stand_by_slug(small: SmallProject):
    small.edit(FULL, "checked: 2026-10-10", "checked: 2026-12-24")

    assert texts(small, "title") == ["Oversized image in the history", "Overload", "Overload of a region"]
    assert parse(feed(small, "en", SITE)).findtext(f"{SPACE}updated") == "2026-12-24T00:00:00Z"


def test_time_of_an_entry_is_the_day_on_which_it_was_checked(small: SmallProject):
    small.edit(FULL, "checked: 2026-10-10", "checked: 2026-01-02")

    assert texts(small, "updated")[-1] == "2026-01-02T00:00:00Z"


def test_id_stays_when_site_day_and_title_change(small: SmallProject):
    before = set(texts(small, "id"))
    small.edit(FULL, "checked: 2026-10-10", "checked: 2026-12-24")
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload of all\n")

    assert set(texts(small, "id", site="https://b.example/")) == before
    assert len(before) == 3


def test_each_language_has_ids_and_words_of_its_own(small: SmallProject):
    assert not set(texts(small, "id", "ko")) & set(texts(small, "id", "en"))
    assert "과부하" in texts(small, "title", "ko")
    assert parse(feed(small, "ko", SITE)).get("{http://www.w3.org/XML/1998/namespace}lang") == "ko"


def test_marks_of_xml_in_a_title_are_text(small: SmallProject):
    small.edit(MINIMAL, "  en: Overload of a region\n", '  en: "A `<region>` & more"\n')
    text = feed(small, "en", SITE)

    assert mistakes(text) == []
    assert "A <region> & more" in texts(small, "title")


def _without(text: str, part: str) -> str:
    assert part in text
    return text.replace(part, "", 1)


@pytest.mark.parametrize(
    "part",
    [
        "<name>claude-errors</name>",
        f'<link rel="self" type="application/atom+xml" href="{SITE}en/feed.xml" />',
        "<title>Overload</title>",
        "<updated>2026-10-10T00:00:00Z</updated>",
        "T00:00:00Z",
        "urn:uuid:",
        "<id>",
        'rel="alternate" ',
    ],
)
def test_feed_that_breaks_a_rule_is_found(small: SmallProject, part: str):
    text = _without(feed(small, "en", SITE), part)
    text = text.replace("</id>", "", 1) if part == "<id>" else text
    if part == 'rel="alternate" ':  # it is what a link is without `rel`: two of one kind are wrong
        text = text.replace('type="text/markdown"', 'type="text/html"', 1)

    assert mistakes(text)
