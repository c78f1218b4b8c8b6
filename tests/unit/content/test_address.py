"""Where the site stands, and the time that a build writes into it."""

from __future__ import annotations

import datetime

import pytest

from generator.content import address


@pytest.mark.parametrize(("day", "seconds"), [("1970-01-01", 0), ("1970-01-02", 86400), ("2026-11-21", 1795219200)])
def test_day_starts_at_midnight_utc_whatever_the_time_zone(monkeypatch: pytest.MonkeyPatch, day, seconds):
    monkeypatch.setenv("TZ", "Asia/Seoul")

    assert address.epoch(datetime.date.fromisoformat(day)) == seconds


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (None, "/"),
        ("", "/"),
        ("https://a.example", "/"),
        ("https://a.example/", "/"),
        ("https://a.example/b", "/b/"),
        ("https://a.example/b/c/", "/b/c/"),
    ],
)
def test_root_of_the_site_ends_with_a_slash(url, path):
    assert address.root_path(url) == path
