"""What a program of the hub must have made the mock see."""

from __future__ import annotations

import pytest

from generator.schemas.page import Program
from mock_api.world import Logged
from snippet_runner.judge import program_complaints
from snippet_runner.outcome import Outcome, Raised
from tests.unit.projects import SmallProject

ID = "msgbatch_01" + "a" * 22
TIRED = Logged("POST", "/v1/messages", 529, "busy_error")
WELL = Logged("POST", "/v1/messages", 200)
GOOD = (TIRED, TIRED, WELL)
WRONG = {
    "none": (),
    "cut": GOOD[:2],
    "too few": GOOD[1:],
    "too many": (*GOOD, WELL),
    "other order": GOOD[::-1],
    "other path": (TIRED, TIRED, Logged("POST", "/v1/files", 200)),
    "other reason": (TIRED, Logged("POST", "/v1/messages", 529), WELL),
}


@pytest.fixture
def program(small: SmallProject) -> Program:
    return small.add_hub().load().handbook.programs["_care_ask"]


def outcome(output: str = "", raised: Raised | None = None, stopped: str | None = None) -> Outcome:
    return Outcome(raised=raised, seconds=0.1, peak_mb=1, output=output, stopped=stopped)


def test_log_that_the_page_describes_is_right(program: Program):
    assert program_complaints(program, outcome(), GOOD) == []


@pytest.mark.parametrize("log", WRONG.values(), ids=WRONG)
def test_log_that_the_page_does_not_describe_is_wrong(program: Program, log):
    (complaint,) = program_complaints(program, outcome(), log)

    assert "is not what the page says" in complaint


def test_order_counts_only_where_there_is_one(program: Program):
    several = program.model_copy(update={"any_order": True})

    assert program_complaints(several, outcome(), GOOD[::-1]) == []
    assert program_complaints(several, outcome(), GOOD[1:]) != []


def test_id_of_the_mock_may_be_any(program: Program):
    seen = program.sees[1].model_copy(update={"request": "GET /v1/messages/batches/<id>/results"})
    reading = program.model_copy(update={"sees": (seen,)})

    assert program_complaints(reading, outcome(), [Logged("GET", f"/v1/messages/batches/{ID}/results", 200)]) == []


def test_program_must_end_well_and_print_what_the_page_says(program: Program):
    printing = program.model_copy(update={"prints": "done"})

    assert program_complaints(printing, outcome("all done\n"), GOOD) == []
    assert program_complaints(printing, outcome("all gone\n"), GOOD) == ["did not print 'done'"]
    assert program_complaints(program, outcome(stopped="after 20 s"), GOOD) == ["was stopped: after 20 s"]
    raised = Raised("OverloadedError", 529, "overloaded_error", None, "Overloaded", None)
    assert program_complaints(program, outcome(raised=raised), GOOD) == ["raised OverloadedError: Overloaded"]
