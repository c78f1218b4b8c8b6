"""The index of the search: small files with every name of every error."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.schemas.entry import LANGUAGES
from generator.search import index
from tests.unit.projects import FULL, UMBRELLA, SmallProject


def read(small: SmallProject) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the list of files and, by name, the files of the version."""
    files = index.files(small.load())
    manifest = json.loads(files["search/index.json"])
    prefix = f"search/{manifest['version']}/"
    return manifest, {path.removeprefix(prefix): json.loads(content) for path, content in files.items() if path.startswith(prefix)}


def guides(small: SmallProject, term: str) -> dict[str, int]:
    """Return what a term is worth by slug."""
    manifest, files = read(small)
    worth: dict[str, int] = {}
    last = 0
    for number in next((files[f"{shard}.json"][term] for shard in range(len(manifest["starts"])) if term in files[f"{shard}.json"]), []):
        last += max(number, 0)
        if number > 0:
            slug = files[f"en-{last // 64 // manifest['together']}.json"][last // 64 % manifest["together"]][1]
            worth[slug] = last % 64
    return worth


@pytest.mark.parametrize("term", ["stuckimage", "imagetoolarge", "413", "contenttoolargeerror"])
def test_names_codes_statuses_and_classes_lead_to_their_guide(small: SmallProject, term: str):
    assert set(guides(small, term)) == {"stuck_image"}


def test_earlier_slug_still_finds_its_guide(small: SmallProject):
    assert "stuck_image" in guides(small, "bigimage")


def test_umbrella_page_is_worth_more_to_a_bare_status_than_its_member(small: SmallProject):
    small.edit("errors/busy_region.yml", "status: null, type: null", "status: 529, type: null")
    found = guides(small, "529")

    assert found["busy_error"] > found["busy_region"] > 0


def test_synonym_finds_a_guide_but_is_worth_less_than_its_own_word(small: SmallProject):
    small.write("templates/synonyms.yml", "words:\n  - [overload, qwerty]\n")

    assert 0 < guides(small, "qwerty")["busy_error"] < guides(small, "overload")["busy_error"]


def test_placeholder_of_a_message_is_no_word_of_it(small: SmallProject):
    small.edit(FULL, "was <not_read>", "was zebra <not_read>")

    assert set(guides(small, "zebra")) == {"stuck_image"}
    assert guides(small, "notread") == {}


def test_error_without_a_guide_is_found_on_the_page_that_answers_for_it(small: SmallProject):
    text = (small.root / UMBRELLA).read_text(encoding="utf-8")
    pending = (
        "pending:\n  - slug: busy_zone\n    title: {ko: 구역, en: Zone}\n    status: 529\n    type: null\n    error_codes: [zone_is_busy]\n"
        "    retry: backoff\n    source: vision\n    change: {ko: 기다리세요., en: Wait.}\n"
    )
    small.write(UMBRELLA, text + pending)

    assert set(guides(small, "zoneisbusy")) == {"busy_zone"}
    _, files = read(small)
    assert ["errors/busy_error/#busy_zone", "busy_zone", "Zone", "Wait.", 529, "backoff"] in files["en-0.json"]


def test_each_language_shows_its_own_words(small: SmallProject):
    _, files = read(small)
    shown = {language: {row[1]: row for row in files[f"{language}-0.json"]} for language in LANGUAGES}

    assert shown["en"]["busy_region"][2] != shown["ko"]["busy_region"][2]
    for language in LANGUAGES:
        address, slug, title, summary, status, verdict = shown[language]["busy_error"]
        assert (address, slug, status, verdict) == ("errors/busy_error/", "busy_error", 529, "backoff")
        assert title
        assert summary


def test_terms_are_sorted_and_cut_where_the_list_says(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(index, "FILE_BYTES", 500)
    manifest, files = read(small)
    shards = [list(files[f"{number}.json"]) for number in range(len(manifest["starts"]))]
    every = [term for shard in shards for term in shard]

    assert len(shards) > 5
    assert every == sorted(set(every))
    assert [shard[0] for shard in shards] == manifest["starts"]
    assert all(len(json.dumps(files[f"{number}.json"], ensure_ascii=False).encode()) < 1000 for number in range(len(shards)))


def test_term_of_very_many_guides_keeps_the_best_and_says_how_many_there_are(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(index, "MOST_GUIDES", 2)

    assert index._packed([5, 1 * 64 + 9, 3 * 64 + 7]) == [-3, 1 * 64 + 9, 2 * 64 - 2]
    assert index._packed([5, 1 * 64 + 9]) == [5, 68]


def test_version_changes_with_the_content_only(small: SmallProject):
    before, _ = read(small)
    again, _ = read(small)
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload of all\n")
    after, _ = read(small)

    assert before["version"] == again["version"] != after["version"]


def test_project_without_entries_has_an_index_that_finds_nothing(empty: SmallProject):
    manifest, files = read(empty)

    assert manifest["guides"] == 0
    assert files == {"0.json": {"": []}}


def test_pages_and_their_sections_are_found_after_guides_and_without_a_verdict(small: SmallProject):
    small.add_hub()
    _, files = read(small)
    rows = {row[1]: row for row in files["en-0.json"]}

    assert rows["care"][0] == "care/"
    assert rows["care"][4:] == [None, ""]
    assert rows["care/#decide"][:3] == ["care/#decide", "care/#decide", "Decide what to do"]
    assert 0 < guides(small, "decid")["care"] < guides(small, "decid")["care/#decide"]
    assert guides(small, "caringforerrors")["care"] < guides(small, "stuckimage")["stuck_image"]


def test_word_of_a_title_is_worth_less_on_a_page_than_on_a_guide(small: SmallProject):
    small.add_hub()
    small.edit("pages/care.yml", "en: Caring for errors", "en: Oversized errors")
    found = guides(small, "oversiz")

    assert 0 < found["care"] < found["stuck_image"]
