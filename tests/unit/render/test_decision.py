"""The picture that leads from what is in hand to what to do."""

from __future__ import annotations

import itertools
import re

import pytest

from generator.render import decision
from generator.schemas.entry import Entry, Identity
from tests.unit.projects import SmallProject


@pytest.fixture
def entry(small: SmallProject) -> Entry:
    return small.load().catalogue.by_slug["busy_error"].entry


def changed(entry: Entry, status: int | None, kind: str | None, **changes: object) -> Entry:
    verdict = entry.verdict.model_copy(update={key: changes.pop(key) for key in ("retry", "fault") if key in changes})
    return entry.model_copy(update={"identities": (Identity(status=status, type=kind),), "verdict": verdict, **changes})


@pytest.mark.parametrize(
    ("status", "changes", "way"),
    [
        (529, {}, "529"),
        (200, {"origin": "stream"}, "stream"),
        (None, {"origin": "stream"}, "stream"),
        (200, {"origin": "batch_result"}, "row"),
        (200, {}, "answer"),
        (None, {"origin": "sdk", "fault": "network"}, "network"),
        (None, {"origin": "sdk", "fault": "caller"}, "client"),
    ],
)
def test_way_is_the_status_or_how_the_error_came_without_one(entry: Entry, status, changes, way):
    assert decision.way(changed(entry, status, None, **changes)) == way


def test_boxes_stand_in_order_and_apart(entry: Entry):
    entries = [changed(entry, status, "x", retry=retry) for status, retry in ((529, "backoff"), (400, "never"), (400, "after_change"))]
    picture = decision.picture([*entries, changed(entry, None, None, origin="stream", retry="backoff")])

    assert [item.key for item in picture.left] == ["400", "529", "stream"]
    assert [item.verdict for item in picture.right] == ["backoff", "after_change", "never"]
    for places in ([item.y for item in picture.left], [item.y for item in picture.right]):
        assert places == sorted(places)
        assert all(later - earlier >= decision.BOX for earlier, later in itertools.pairwise(places))
        assert all(decision.BOX / 2 <= y <= picture.height - decision.BOX / 2 for y in places)


def test_each_line_leads_from_a_box_to_its_verdict_and_is_thicker_where_more_guides_agree(entry: Entry):
    picture = decision.picture([changed(entry, 400, "x", retry="never")] * 3 + [changed(entry, 400, "x", retry="backoff")])
    right = {item.verdict: item.y for item in picture.right}
    ends = {line.verdict: [float(number) for number in re.findall(r"[\d.]+", line.path)] for line in picture.lines}

    assert {verdict: (numbers[1], numbers[-1]) for verdict, numbers in ends.items()} == {
        verdict: (picture.left[0].y, right[verdict]) for verdict in ("never", "backoff")
    }
    widths = {line.verdict: line.width for line in picture.lines}
    assert widths["never"] > widths["backoff"]


def test_nothing_makes_an_empty_picture():
    assert decision.picture([]) == decision.Picture((), (), (), 1)
