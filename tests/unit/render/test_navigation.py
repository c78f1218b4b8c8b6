"""Links of the foot, the home page and the header lead only to pages that exist."""

from __future__ import annotations

import pytest

from generator.render import navigation
from generator.render.navigation import GROUPS
from tests.unit.projects import SmallProject


def test_only_pages_that_are_there_are_linked_in_their_order(small: SmallProject):
    links = navigation.links(small.load(), "en", {"mock", "glossary", "decode", "errors/busy_error"})

    assert {group: [link.path for link in found] for group, found in links.items()} == {
        "do": ["decode"],
        "build": ["mock"],
        "site": ["glossary"],
        "home": [],
        "hub": [],
    }


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_has_a_name_in_both_languages(small: SmallProject, language):
    # Pages of pages/ bring a name of their own.
    paths = {path for group in GROUPS.values() for path in group} - {"handling", "cost", "about"}
    links = navigation.links(small.load(), language, paths)

    assert {link.path for group in GROUPS for link in links[group]} == paths
    assert all(link.name for found in links.values() for link in found)


def test_page_with_a_file_is_called_as_it_says(small: SmallProject):
    small.add_hub()
    page = (small.root / "pages/care.yml").read_text(encoding="utf-8")
    small.write("pages/handling.yml", page)
    (link,) = navigation.links(small.load(), "ko", {"handling"})["home"]

    assert (link.name, link.text) == ("돌보기", "오류를 다루는 방법입니다. 자세한 내용은 기다리기를 참조하세요.")
