"""The picture of the architecture shows the imports of the code as they are."""

from __future__ import annotations

from collections import Counter

import picture
import pytest

from tests.unit.projects import ROOT


def test_picture_shows_the_imports_of_the_code():
    drawn = picture.FILE.read_bytes().decode()

    assert drawn == picture.svg(picture.arrows(ROOT)), "the imports changed: run `make picture`"


def test_every_room_and_both_packages_beside_it_are_drawn():
    rooms = {file.parent.name for file in (ROOT / "generator").glob("*/__init__.py")}

    boxes = {box for arrow in picture.arrows(ROOT) for box in arrow}

    assert len(rooms) > 10
    assert rooms | {"mock_api", "snippet_runner", "cli"} <= boxes


def test_box_stands_below_everything_that_it_imports():
    floors = picture.floors(picture.arrows(ROOT))

    assert all(floors[importer] > floors[imported] for importer, imported in picture.arrows(ROOT))
    assert floors["schemas"] == floors["system"] == 0


def test_more_imports_make_a_wider_line():
    thin, wide = (picture.svg(Counter({("b", "a"): count})) for count in (1, 100))

    assert 'stroke-width="2.0"' in thin
    assert 'stroke-width="11.0"' in wide


def test_circle_is_refused_by_name():
    with pytest.raises(ValueError, match=r"in a circle: a, b$"):
        picture.svg(Counter({("a", "b"): 1, ("b", "a"): 1, ("a", "c"): 1}))


@pytest.mark.parametrize(
    ("module", "box"),
    [
        ("generator.text.inline", "text"),
        ("generator.__main__", "cli"),
        ("generator.cli", "cli"),
        ("generator", None),
        ("generator.__init__", None),
        ("mock_api.app", "mock_api"),
        ("json", None),
    ],
)
def test_module_belongs_to_its_box(module: str, box: str | None):
    assert picture.room_of(module) == box
