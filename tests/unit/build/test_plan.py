"""The Markdown tree: exactly the pages wanted, and no file touched that stays the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from generator.build import plan
from generator.build.plan import DOCS, write_tree
from tests.unit.projects import FULL, SmallProject


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_every_entry_has_a_page_in_both_languages(small: SmallProject):
    assert [path for path, _ in plan.pages(small.load())] == [
        "index.md",
        *(
            f"{language}/{page}.md"
            for language in ("ko", "en")
            for page in (
                "index",
                "decode",
                "mock",
                "api",
                "changes",
                "glossary",
                "calculators",
                "errors/busy_error",
                "errors/busy_region",
                "errors/stuck_image",
                "errors/big_image",
            )
        ),
    ]


def test_assets_stand_beside_the_pages(small: SmallProject):
    plan.write(small.load())

    assert (small.root / DOCS / "assets/site.css").read_bytes() == (small.root / "templates/assets/site.css").read_bytes()


def test_second_run_changes_nothing(small: SmallProject):
    first = plan.write(small.load())
    times = {file: file.stat().st_mtime_ns for file in (small.root / DOCS).rglob("*")}
    second = plan.write(small.load())

    assert (second.changed, second.removed, second.unchanged) == ((), (), len(first.changed))
    assert {file: file.stat().st_mtime_ns for file in (small.root / DOCS).rglob("*")} == times


def test_edit_of_one_entry_touches_its_pages_only(small: SmallProject):
    plan.write(small.load())
    small.edit(FULL, "  en: Nothing.[^vision]", "  en: Nothing at all.[^vision]")

    assert plan.write(small.load()).changed == ("en/errors/stuck_image.md",)


def test_page_of_an_entry_that_went_away_goes_too(small: SmallProject):
    plan.write(small.load())
    small.edit(FULL, "related: [busy_region]\n", "")
    small.remove("errors/busy_region.yml")

    removed = {path for path in plan.write(small.load()).removed if not path.startswith("search/")}

    assert removed == {"ko/errors/busy_region.md", "en/errors/busy_region.md"}


def test_index_of_the_search_stands_beside_the_pages_and_only_the_newest(small: SmallProject):
    plan.write(small.load())
    small.edit(FULL, "  en: Oversized image in the history", "  en: Large image in the history")
    plan.write(small.load())

    assert (small.root / DOCS / "search/index.json").is_file()
    assert len([path for path in (small.root / DOCS / "search").iterdir() if path.is_dir()]) == 1


def test_mistake_while_rendering_leaves_the_tree_as_it_was(small: SmallProject):
    plan.write(small.load())
    before = tree(small.root / DOCS)
    small.edit("templates/guide.md.j2", '## {{ t("guide.sources") }}', '## {{ nothing }} {{ t("guide.sources") }}')

    with pytest.raises(UndefinedError):
        plan.write(small.load())
    assert tree(small.root / DOCS) == before


def test_tree_holds_exactly_what_is_wanted(tmp_path: Path):
    root = tmp_path / "tree"
    first = write_tree({"a.md": b"a", "b/c.md": b"c", "b/d/e.md": b"e"}, root)
    second = write_tree({"a.md": b"A", "b/c.md": b"c"}, root)

    assert (set(first.changed), first.removed, first.unchanged) == ({"a.md", "b/c.md", "b/d/e.md"}, (), 0)
    assert (second.changed, second.removed, second.unchanged) == (("a.md",), ("b/d/e.md",), 1)
    assert tree(root) == {"a.md": b"A", "b/c.md": b"c"}
    assert not (root / "b/d").exists()


def test_file_takes_the_place_of_a_folder_and_back(tmp_path: Path):
    for wanted in ({"a": b"1"}, {"a/b": b"2"}, {"a/b/c": b"3"}, {"a": b"4"}):
        write_tree(wanted, tmp_path / "tree")

        assert tree(tmp_path / "tree") == wanted


def test_strange_files_and_empty_folders_are_removed(tmp_path: Path):
    root, outside = tmp_path / "tree", tmp_path / "outside"
    write_tree({"a.md": b"a"}, root)
    outside.mkdir()
    (outside / "keep").write_bytes(b"x")
    (root / "empty/empty").mkdir(parents=True)
    (root / "link").symlink_to(outside)
    (root / "dangling").symlink_to("nowhere")
    write_tree({"a.md": b"a"}, root)

    assert [path.name for path in root.iterdir()] == ["a.md"]
    assert (outside / "keep").exists()


def test_empty_tree_is_made_empty(tmp_path: Path):
    root = tmp_path / "tree"
    write_tree({"a/b": b"x"}, root)
    write_tree({}, root)

    assert list(root.rglob("*")) == []
