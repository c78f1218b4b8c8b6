"""The list of the home page: its groups, what the page shows of it, and the file with the rest."""

from __future__ import annotations

import json

import pytest

from generator.render import Renderer, home_list
from generator.render.home_list import more_words, shares
from tests.unit.projects import SmallProject


@pytest.mark.parametrize(
    ("counts", "most", "wanted"),
    [
        ([3, 5, 2], 60, [3, 5, 2]),
        ([100, 2, 100], 12, [5, 2, 5]),
        ([4, 400], 10, [4, 6]),
        ([7, 7, 7], 2, [1, 1, 1]),
        ([], 60, []),
        ([0, 9], 4, [0, 4]),
    ],
)
def test_small_groups_are_shown_whole_and_none_is_left_out(counts, most, wanted):
    assert shares(counts, most) == wanted


def test_page_shows_no_more_guides_than_fit_and_says_how_many_are_left(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(home_list.cut, "__defaults__", (1,))
    small.edit("errors/busy_region.yml", "{ status: null, type: null }", "{ status: 529, type: overloaded_error }")
    page = Renderer(small.load()).tools.index("en").html

    assert page.count('<li class="ce-row') == 2
    assert ">Show 1 more guide</a>" in page
    assert page.count('class="ce-group__more"') - page.count(" hidden>") == 1


def test_page_with_few_guides_shows_all_of_them(small: SmallProject):
    page = Renderer(small.load()).tools.index("ko").html

    assert page.count('<li class="ce-row') == 3
    assert page.count('class="ce-group__more"') == page.count(" hidden>")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_file_holds_every_guide_in_the_groups_of_the_page(small: SmallProject, language: str):
    project = small.load()
    data = json.loads(home_list.files(project)[f"{language}/list.json"])
    page = Renderer(project).tools.index(language).html

    assert {name: [row[0] for row in rows] for name, rows in data["groups"].items()} == {
        group.name: [entry.slug for entry in group.entries] for group in home_list.groups(project.catalogue.entries)
    }
    assert all(f'data-group="{name}"' in page for name in data["groups"])
    assert all(row[3] in data["fault"] and row[4] in data["billed"] for rows in data["groups"].values() for row in rows)


def test_filter_finds_what_stands_in_the_text_and_nothing_twice():
    known, text = "rate_limit Requests 429", "Requests rate_limit_error 429 limit RateLimitError 속도 제한 ratelimit"
    words = more_words(known, text)
    everything = f"{known} {words}".lower()

    assert words == "rate_limit_error ratelimiterror 속도 제한"
    assert all(word in everything for word in text.lower().split())


def test_file_is_the_same_from_records_made_before(small: SmallProject):
    project = small.load()
    records = [home_list.of_entry(project, entry) for entry in project.catalogue.entries]

    assert home_list.files(project, records) == home_list.files(project)


def test_member_stands_below_its_umbrella_page_of_the_same_status_only(small: SmallProject):
    apart = json.loads(home_list.files(small.load())["en/list.json"])["groups"]
    small.edit("errors/busy_region.yml", "{ status: null, type: null }", "{ status: 529, type: overloaded_error }")
    together = json.loads(home_list.files(small.load())["en/list.json"])["groups"]

    assert [row[-1] for row in apart["none"]] == [0]
    assert [(row[0], row[-1]) for row in together["529"]] == [("busy_error", 0), ("busy_region", 1)]
