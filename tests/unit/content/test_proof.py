"""What the report of the last run proves."""

from __future__ import annotations

import json

import pytest

from generator.content import proof as report
from generator.content.proof import Proof
from tests.unit.projects import SmallProject

PATHS = ["snippets/busy_error/fix.py", "snippets/busy_error/trigger.py"]


@pytest.fixture
def ran(small: SmallProject) -> SmallProject:
    report.write(small.root, PATHS)
    return small


def test_files_that_ran_are_proved(ran: SmallProject):
    proof = report.proof(ran.root)

    assert proof.paths == set(PATHS)
    assert proof.date == json.loads((ran.root / report.REPORT).read_text(encoding="utf-8"))["date"]


def test_file_that_changed_is_proved_no_more(ran: SmallProject):
    ran.edit(PATHS[0], "5)", "6)")

    assert report.proof(ran.root).paths == {PATHS[1]}


def test_file_that_went_away_is_proved_no_more(ran: SmallProject):
    ran.remove(PATHS[1])

    assert report.proof(ran.root).paths == {PATHS[0]}


def test_run_with_other_versions_proves_nothing(ran: SmallProject):
    ran.write("requirements/test.txt", "anthropic==2.0.1\n")

    assert report.proof(ran.root) == Proof()


def test_without_a_report_nothing_is_proved(small: SmallProject):
    assert report.proof(small.root) == Proof()


def test_report_does_not_depend_on_the_order_of_the_run(ran: SmallProject):
    before = (ran.root / report.REPORT).read_bytes()
    report.write(ran.root, reversed(PATHS))

    assert (ran.root / report.REPORT).read_bytes() == before
