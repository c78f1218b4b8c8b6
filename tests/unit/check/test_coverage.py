"""Which error codes of the SDK have a page, and the list of those that have none."""

from __future__ import annotations

import pytest

from generator.check import coverage
from generator.check.coverage import GAPS, Coverage
from generator.check.installed_sdk import CodedError
from tests.unit.projects import FULL, SmallProject

SDK = {code: CodedError(400, code, f"{code.title()}Error", "BadRequestError", "") for code in ("image_too_large", "first", "second")}


@pytest.fixture(autouse=True)
def _sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    """An SDK with three codes."""
    monkeypatch.setattr(coverage, "coded_errors", lambda: SDK)


def compared(small: SmallProject, gaps: str | None = None) -> Coverage:
    if gaps is not None:
        small.write(GAPS, gaps)
    return coverage.compare(small.load())


def problems(found: Coverage) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.field, problem.message) for problem in found.problems]


def test_code_of_an_entry_is_covered(small: SmallProject):
    found = compared(small)

    assert found.covered == {"image_too_large": "stuck_image"}
    assert found.total == 3


def test_code_without_page_and_reason_is_missing(small: SmallProject):
    assert compared(small).missing == (SDK["first"], SDK["second"])


def test_code_with_a_reason_is_a_gap(small: SmallProject):
    found = compared(small, "- reason: to come\n  codes: [first, second]\n")

    assert (found.gaps, found.missing, found.problems) == ({"first": "to come", "second": "to come"}, (), ())


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("image_too_large", "`image_too_large` has a page now: stuck_image"),
        ("gone", "`gone` is not a code of the installed SDK"),
        ("first", "`first` is named twice"),
    ],
)
def test_gap_that_is_none_is_a_problem(small: SmallProject, code, message):
    found = compared(small, f"- reason: to come\n  codes: [first, second]\n- reason: other\n  codes:\n    - {code}\n")

    assert problems(found) == [(5, "[1].codes[0]", message)]


def test_page_that_goes_away_leaves_its_code_missing(small: SmallProject):
    small.edit(FULL, ", error_code: image_too_large", "")

    assert SDK["image_too_large"] in compared(small).missing


def test_list_of_gaps_that_cannot_be_read_is_reported_and_hides_no_code(small: SmallProject):
    found = compared(small, "- reason: to come\n  codes: []\n")

    assert problems(found) == [(2, "[0].codes", "is an empty list")]
    assert len(found.missing) == 2


def test_without_an_sdk_nothing_is_compared(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(coverage, "coded_errors", dict)
    found = compared(small, "- reason: to come\n  codes: [first]\n")

    assert (found.covered, found.missing, found.problems) == ({}, (), ())
