"""What a unit gives is plain data that reads back as it was."""

from __future__ import annotations

import json

import pytest

from generator.build import pieces, plan
from generator.build.pieces import Piece, from_bytes
from generator.render import Renderer
from tests.unit.projects import SmallProject


@pytest.mark.parametrize("name", ["stuck_image", "ko/care/wait.md", "en/index.md"])
def test_piece_reads_back_as_it_was(small: SmallProject, name: str):
    project = small.add_hub().load()
    unit = {unit.name: unit for unit in plan.units(project)}[name]
    made = pieces.make(project, unit, None, Renderer(project), None)

    assert json.loads(json.dumps(vars(from_bytes(made.to_bytes())), default=bytes.decode)) == json.loads(
        json.dumps(vars(made), default=bytes.decode)
    )


def test_contents_of_any_bytes_and_sizes_are_told_apart():
    files = {"a": b"", "b": b"\n\n", "c": "가\0나\n".encode(), "d": b"{}" * 1000, "e": b""}

    assert from_bytes(Piece(files, (), {}, (), {}, {}, ()).to_bytes()).files == files


def test_entry_gives_a_record_and_copies_under_its_earlier_slug_too(small: SmallProject):
    project = small.load()
    unit = {unit.name: unit for unit in plan.units(project)}["stuck_image"]
    made = pieces.make(project, unit, None, Renderer(project), None)

    assert {f"{language}/errors/{slug}/index.md" for language in ("ko", "en") for slug in ("stuck_image", "big_image")} <= made.files.keys()
    assert made.copies["ko/errors/stuck_image.md"] == "ko/errors/stuck_image/index.md"
    assert made.entry is not None
    assert made.entry.keys() == {"search", "decoder", "feed"}
