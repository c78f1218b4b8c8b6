"""What the report of the last run proves."""

from __future__ import annotations

import json

import pytest

from generator.content import proof
from generator.content.problems import Problem
from tests.unit.projects import SmallProject

PATHS = [f"snippets/busy_error/{name}" for name in ("fix.py", "fix.ts", "trigger.py", "trigger.ts")]
REPORT = "snippets/busy_error/report.json"


def day(small: SmallProject) -> str | None:
    return proof.day(small.load().snippets["busy_error"], proof.sdk_versions(small.root))


def report(small: SmallProject) -> dict[str, object]:
    return json.loads((small.root / REPORT).read_text(encoding="utf-8"))


@pytest.fixture
def ran(small: SmallProject) -> SmallProject:
    proof.write(small.root, PATHS)
    return small


def test_files_that_ran_are_proved_by_the_report_beside_them(ran: SmallProject):
    assert day(ran) == report(ran)["date"]
    assert not (ran.root / "snippets/stuck_image/report.json").exists()
    assert ran.problems() == []


def test_file_that_changed_is_proved_no_more(ran: SmallProject):
    ran.edit(PATHS[0], "5)", "6)")

    assert day(ran) is None


def test_file_that_went_away_is_proved_no_more(ran: SmallProject):
    ran.remove(PATHS[1])

    assert day(ran) is None


def test_run_with_other_versions_proves_nothing(ran: SmallProject):
    ran.write("requirements/test.txt", "anthropic==2.0.1\n")

    assert day(ran) is None


def test_run_of_some_of_the_files_proves_nothing(small: SmallProject):
    proof.write(small.root, PATHS[1:])

    assert day(small) is None


def test_without_a_report_nothing_is_proved(small: SmallProject):
    assert day(small) is None


def test_report_does_not_depend_on_the_order_of_the_run(ran: SmallProject):
    before = (ran.root / REPORT).read_bytes()
    ran.remove(REPORT)
    proof.write(ran.root, reversed(PATHS))

    assert (ran.root / REPORT).read_bytes() == before


def test_report_that_holds_keeps_its_day_and_another_gets_a_new_one(ran: SmallProject):
    today = report(ran)["date"]
    ran.write(REPORT, json.dumps(report(ran) | {"date": "2026-10-01"}))
    proof.write(ran.root, PATHS)
    kept = report(ran)["date"]
    ran.edit(PATHS[0], "5)", "6)")
    proof.write(ran.root, PATHS)

    assert (kept, report(ran)["date"]) == ("2026-10-01", today)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"date": 1', "<<<<<<< mine"])
def test_report_that_cannot_be_read_is_a_problem(ran: SmallProject, content):
    ran.write(REPORT, content)
    hint = "remove it, and run `make snippets`, which writes it"

    assert ran.problems() == [Problem(REPORT, 1, 1, "", "is not the report of a run", hint)]
