"""The change log: computed from dates, the newest first."""

from __future__ import annotations

import datetime

from generator.render import changes
from generator.render.changes import KINDS, Change
from tests.unit.projects import FULL, UMBRELLA, SmallProject

MODELS, GLOSSARY = "facts/models.yml", "facts/glossary.yml"
MODEL = "claude-sonnet-5-5: { status: active,"


def found(small: SmallProject, *kinds: str) -> list[tuple[str, Change]]:
    """Return the changes of some kinds in their order, each with the period under which it stands."""
    log = changes.log(small.load())
    return [(period.when, change) for period in log.periods for change in period.changes if change.kind in kinds]


def test_last_check_is_the_newest_day_of_entries_pages_and_facts(small: SmallProject):
    assert changes.log(small.load()).until == datetime.date(2026, 10, 12)
    small.edit(UMBRELLA, "checked: 2026-10-09", "checked: 2026-12-24")

    assert changes.log(small.load()).until == datetime.date(2026, 12, 24)


def test_wordings_stand_where_they_were_first_seen_newest_first(small: SmallProject):
    wordings = [(when, change.when, change.slugs, change.template) for when, change in found(small, "wording_first")]

    assert wordings == [
        ("2026-09", "2026-09-01", ("stuck_image",), "Image is too large & was <not_read>"),
        ("2026", "2026", ("stuck_image",), "messages.<i>.content: image exceeds <n> bytes: <size> > <n>"),
        ("2025", "2025", ("stuck_image",), "Image is too large to be read"),
    ]


def test_only_wordings_that_were_not_seen_lately_are_called_last_seen(small: SmallProject):
    # The first wording was seen in the month of the last check, so it may be in use.
    assert [(when, change.template) for when, change in found(small, "wording_last")] == [
        ("2026-09", "Image is too large & was <not_read>")
    ]
    small.edit(FULL, 'seen_to: "2026-10"', 'seen_to: "2026"')
    assert len(found(small, "wording_last")) == 1
    small.edit(FULL, 'seen_to: "2026"', 'seen_to: "2026-08"')
    assert [when for when, _ in found(small, "wording_last")] == ["2026-09", "2026-08"]


def test_a_year_stands_below_its_months(small: SmallProject):
    small.edit(FULL, 'seen_from: "2025"', 'seen_from: "2026-01"')
    periods = [period.when for period in changes.log(small.load()).periods]

    assert periods.index("2026-01") < periods.index("2026") < periods.index("2025-07")


def test_models_stand_under_their_days(small: SmallProject):
    small.edit(MODELS, MODEL, f"{MODEL} launched: 2026-03-04, deprecated: 2026-09-30, retires: 2026-10-02,")

    assert [(when, change.kind, change.when, change.names) for when, change in found(small, *KINDS[:5])] == [
        ("2026-10", "model_retires", "2026-10-02", ("claude-sonnet-5-5",)),
        ("2026-09", "model_deprecated", "2026-09-30", ("claude-sonnet-5-5",)),
        ("2026-03", "model_launched", "2026-03-04", ("claude-sonnet-5-5",)),
        ("2025-07", "model_retired", "2025-07-21", ("Claude 2",)),
    ]


def test_what_lies_after_the_last_check_is_announced_and_a_promise_that_is_over_is_no_change(small: SmallProject):
    small.edit(MODELS, MODEL, f"{MODEL} retires: 2026-10-13, not_before: 2026-10-12,")
    assert [(change.when, change.kind) for change in changes.log(small.load()).announced] == [("2026-10-13", "model_retires")]
    assert found(small, "model_retires", "model_not_before") == []

    small.edit(MODELS, "not_before: 2026-10-12", "not_before: 2027-01-01")
    announced = changes.log(small.load()).announced
    assert [(change.when, change.kind) for change in announced] == [("2026-10-13", "model_retires"), ("2027-01-01", "model_not_before")]


def test_checks_are_counted_by_day(small: SmallProject):
    small.add_hub()
    small.edit(UMBRELLA, "checked: 2026-10-09", "checked: 2026-10-10")
    guides = [(change.when, change.slugs, change.count) for _, change in found(small, "guides_checked")]
    pages = {(change.when, change.names) for _, change in found(small, "pages_checked")}
    glossary = [(change.when, change.count) for _, change in found(small, "facts_checked") if change.names == ("glossary",)]

    assert guides == [("2026-10-10", ("busy_error", "stuck_image"), 2), ("2026-10-08", ("busy_region",), 1)]
    assert {path for _, names in pages for path in names} == {"care", "care/wait"}
    assert glossary == [("2026-10-12", 3)]


def test_every_fact_is_counted_once(small: SmallProject):
    facts = small.load().facts
    counted = sum(change.count for _, change in found(small, "facts_checked"))

    platforms = sum(len(platform.facts) for platform in facts.platforms.values())
    models = len(facts.models.models) + len(facts.models.retired)
    prices = len(facts.prices.models) + len(facts.prices.multipliers)
    assert counted == len(facts.grouped) + models + prices + platforms + len(facts.glossary.terms)


def test_log_of_an_empty_project_has_no_changes_of_guides(empty: SmallProject):
    assert found(empty, "guides_checked", "wording_first", "wording_last") == []
