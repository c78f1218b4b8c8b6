"""Where the attempts of a waiting client stand."""

from __future__ import annotations

from typing import Literal

import pytest

from generator.content import facts
from generator.render.timeline import EXAMPLE_RETRIES, EXAMPLE_RETRY_AFTER, LEFT, RIGHT, Lane, lanes
from tests.unit.projects import SmallProject


def drawn(small: SmallProject, waiting: Literal["retry_after", "backoff"]) -> list[Lane]:
    return lanes(waiting, facts.load(small.root))


def seconds(lane: Lane) -> list[float]:
    return [mark.seconds for mark in lane.marks]


def test_backoff_doubles_from_the_first_delay_up_to_the_longest(small: SmallProject):
    default, more = drawn(small, "backoff")

    assert (default.name, default.retries, seconds(default)) == ("default", 2, [0, 0.5, 1.5])
    assert (more.name, more.retries, seconds(more)) == ("more_retries", EXAMPLE_RETRIES, [0, 0.5, 1.5, 3.5, 7.5, 15.5])


def test_delay_never_exceeds_the_longest(small: SmallProject):
    small.edit("facts/sdk.yml", "value: 8,", "value: 1,")

    assert seconds(drawn(small, "backoff")[1]) == [0, 0.5, 1.5, 2.5, 3.5, 4.5]


def test_retry_after_is_obeyed_once_and_the_default_gives_up_before(small: SmallProject):
    obeyed, default = drawn(small, "retry_after")

    assert (obeyed.name, obeyed.retries, seconds(obeyed)) == ("retry_after", 1, [0, EXAMPLE_RETRY_AFTER])
    assert seconds(default)[-1] < EXAMPLE_RETRY_AFTER


def test_figures_follow_the_facts(small: SmallProject):
    small.edit("facts/sdk.yml", "value: 2,", "value: 3,")

    assert drawn(small, "backoff")[0].retries == 3


@pytest.mark.parametrize("waiting", ["backoff", "retry_after"])
def test_marks_stand_inside_the_lane_in_their_order(small: SmallProject, waiting):
    for lane in drawn(small, waiting):
        places = [mark.x for mark in lane.marks]

        assert places[0] == LEFT
        assert places == sorted(set(places))
        assert places[-1] <= RIGHT


@pytest.mark.parametrize("waiting", ["backoff", "retry_after"])
def test_only_the_last_attempt_of_the_better_way_succeeds(small: SmallProject, waiting):
    ends = {lane.name: [mark.good for mark in lane.marks] for lane in drawn(small, waiting)}

    assert not any(ends.pop("default"))
    (better,) = ends.values()
    assert better == [False] * (len(better) - 1) + [True]


def test_fact_that_is_no_number_is_refused(small: SmallProject):
    small.edit("facts/sdk.yml", "value: 0.5,", "value: half,")

    with pytest.raises(TypeError, match=r"sdk\.backoff\.initial_delay is not a number"):
        drawn(small, "backoff")
