"""A build on all cores, or from what the cache has, gives what MkDocs alone gives from nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from generator.build import pieces
from generator.system import cache, parallel
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject

PLUGIN = "  - claude-errors\n"


def build(root: Path) -> None:
    """Build the project in this process."""
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    config = load_config(str(root / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    finally:
        config.plugins.on_shutdown()
        os.environ.pop("SOURCE_DATE_EPOCH", None)


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def assert_same(one: Path, two: Path) -> None:
    for name in ("site", "build/docs"):
        first, second = tree(one / name), tree(two / name)
        assert first.keys() == second.keys()
        assert [path for path in first if first[path] != second[path]] == []


def stock(small: SmallProject, target: Path) -> Path:
    """Build a copy of the project from nothing, all its pages by the hooks of MkDocs, since there is a hook of somebody else."""
    shutil.copytree(small.root, target, ignore=shutil.ignore_patterns("build", "site"))
    copied = SmallProject(target)
    copied.write("hook.py", "")
    copied.edit("mkdocs.yml", "\nnav:\n", "\nhooks: [hook.py]\nnav:\n")
    build(target)
    return target


def edit_entry(small: SmallProject) -> None:
    small.edit(FULL, "  en: Nothing.[^vision]", "  en: Nothing at all.[^vision]")


def rename_title(small: SmallProject) -> None:
    """A title stands on other pages too."""
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload of all\n")


def add_entry(small: SmallProject) -> None:
    text = (small.root / MINIMAL).read_text(encoding="utf-8")
    small.write(
        "errors/busy_zone.yml",
        text.replace("busy_region", "busy_zone").replace("title:\n  ko: ", "title:\n  ko: 새 ").replace("  en: ", "  en: New ", 1),
    )
    shutil.copytree(small.root / "snippets/busy_region", small.root / "snippets/busy_zone")


def answer_for_another_error(small: SmallProject) -> None:
    """What a search finds of it has a number too."""
    text = (small.root / UMBRELLA).read_text(encoding="utf-8")
    item = (
        "pending:\n  - slug: busy_night\n    title: { ko: 밤, en: Night }\n    status: 529\n    type: overloaded_error\n"
        "    retry: never\n    source: vision\n    change: { ko: 기다리세요., en: Wait. }\n"
    )
    small.write(UMBRELLA, f"{text}\n{item}")


def remove_entry(small: SmallProject) -> None:
    small.edit(FULL, "related: [busy_region]\n", "")
    small.remove(MINIMAL)
    small.remove("snippets/busy_region")


def rename_entry(small: SmallProject) -> None:
    small.edit(FULL, "redirect_from: [big_image]", "redirect_from: [big_image, stuck_image]")
    small.edit(FULL, "slug: stuck_image", "slug: stuck_picture")
    (small.root / FULL).rename(small.root / "errors/stuck_picture.yml")
    (small.root / "snippets/stuck_image").rename(small.root / "snippets/stuck_picture")


def edit_fact(small: SmallProject) -> None:
    text = (small.root / "facts/limits.yml").read_text(encoding="utf-8")
    small.write("facts/limits.yml", text.replace("value: 8000", "value: 9000").replace("value: 2000", "value: 2001"))


def edit_snippet(small: SmallProject) -> None:
    path = "snippets/busy_error/fix.py"
    text = (small.root / path).read_text(encoding="utf-8")
    small.write(path, text.replace("# region: show\n", "# region: show\n# Another line.\n"))


def edit_template(small: SmallProject) -> None:
    small.into_guide("<p>Really.</p>")


def edit_theme(small: SmallProject) -> None:
    small.edit("templates/theme/guide.html", "  {{ page.content }}\n", "  {{ page.content }}<hr>\n")


def edit_words(small: SmallProject) -> None:
    text = (small.root / "templates/strings/en.yml").read_text(encoding="utf-8")
    small.write("templates/strings/en.yml", text.replace(small.load().strings["en"]("theme.toc"), "On this very page"))


def edit_asset(small: SmallProject) -> None:
    small.write("templates/assets/site.css", (small.root / "templates/assets/site.css").read_bytes() + b"\n/* more */\n")


def edit_settings(small: SmallProject) -> None:
    small.edit("mkdocs.yml", "site_name: claude-errors\n", "site_name: other-errors\n")


CHANGES: list[Callable[[SmallProject], None]] = [
    *(edit_entry, rename_title, add_entry, answer_for_another_error, remove_entry, rename_entry, edit_fact, edit_snippet),
    *(edit_template, edit_theme, edit_words, edit_asset, edit_settings),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_build_after_a_change_is_that_of_mkdocs_from_nothing(small: SmallProject, tmp_path: Path, change):
    build(small.root)
    before = tree(small.root / "site")
    change(small)
    build(small.root)

    assert tree(small.root / "site") != before
    assert_same(small.root, stock(small, tmp_path / "stock"))


@pytest.mark.parametrize("jobs", ["1", "2", "3"])
def test_number_of_processes_changes_no_byte(small: SmallProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs):
    monkeypatch.setenv(parallel.VARIABLE, jobs)
    build(small.root)

    assert_same(small.root, stock(small, tmp_path / "stock"))


def made_units(small: SmallProject, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Build, and return the names of the units that were not in the cache."""
    made: list[str] = []
    make = pieces.make
    with monkeypatch.context() as patch:
        patch.setenv(parallel.VARIABLE, "1")
        patch.setattr(pieces, "make", lambda project, unit, *rest: made.append(unit.name) or make(project, unit, *rest))
        build(small.root)
    return made


def test_what_did_not_change_comes_from_the_cache(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    assert len(made_units(small, monkeypatch)) > 3
    before = tree(small.root / "site")

    assert made_units(small, monkeypatch) == []
    assert tree(small.root / "site") == before


def test_change_of_a_text_makes_the_unit_of_its_entry_and_the_pages_about_all(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    build(small.root)
    edit_entry(small)
    made = made_units(small, monkeypatch)

    assert "stuck_image" in made
    assert {"busy_error", "busy_region", "en/decode.md", "en/glossary.md", "en/calculators.md"}.isdisjoint(made)


def test_change_of_a_title_makes_every_unit(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    everything = made_units(small, monkeypatch)
    rename_title(small)

    assert made_units(small, monkeypatch) == everything


def test_another_version_of_a_package_finds_nothing_in_the_cache(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    everything = made_units(small, monkeypatch)
    monkeypatch.setattr(cache, "_version_of", lambda name: "0.0")
    monkeypatch.setattr(cache, "program_version", cache.program_version.__wrapped__)  # as another process would find it

    assert made_units(small, monkeypatch) == everything


def test_only_what_the_newest_site_was_made_of_stays_in_the_cache(small: SmallProject):
    build(small.root)
    before = {kind: len(list((small.root / cache.FOLDER / kind).iterdir())) for kind in ("units", "yaml")}
    edit_entry(small)
    build(small.root)

    assert {kind: len(list((small.root / cache.FOLDER / kind).iterdir())) for kind in ("units", "yaml")} == before


def test_shared_file_that_changed_during_a_build_leaves_no_unit_in_the_cache(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    make = pieces.make

    def make_and_save(project, unit, *rest):
        edit_asset(small)
        return make(project, unit, *rest)

    with monkeypatch.context() as patch:
        patch.setenv(parallel.VARIABLE, "1")
        patch.setattr(pieces, "make", make_and_save)
        build(small.root)

    assert list((small.root / cache.FOLDER / "units").iterdir()) == []


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))


def forge(file: Path) -> None:
    """What another program might have written there."""
    file.write_bytes(b'{"files": {}}')


def empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut, flip, forge, empty, Path.unlink])
@pytest.mark.parametrize("kind", ["units", "yaml"])
def test_damaged_cache_is_ignored(small: SmallProject, tmp_path: Path, kind, damage):
    build(small.root)
    for file in (small.root / cache.FOLDER / kind).iterdir():
        damage(file)
    build(small.root)

    assert_same(small.root, stock(small, tmp_path / "stock"))


@pytest.mark.parametrize("path", ["site/en/errors/busy_error/index.html", "site/search/index.json", "build/docs/ko/errors/busy_error.md"])
@pytest.mark.parametrize("damage", [flip, Path.unlink])
def test_file_of_the_last_site_that_was_damaged_is_whole_again(small: SmallProject, path, damage):
    build(small.root)
    before, docs = tree(small.root / "site"), tree(small.root / "build/docs")
    damage(small.root / path)
    build(small.root)

    assert tree(small.root / "site") == before
    assert tree(small.root / "build/docs") == docs


def test_project_builds_where_no_cache_can_be(small: SmallProject, tmp_path: Path):
    small.write("build/cache", "a file")
    build(small.root)

    assert_same(small.root, stock(small, tmp_path / "stock"))


def test_two_builds_at_once_leave_a_whole_site(small: SmallProject, tmp_path: Path):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    both = [subprocess.Popen(command, cwd=small.root, env=environment) for _ in range(2)]

    assert [process.wait() for process in both] == [0, 0]
    assert_same(small.root, stock(small, tmp_path / "stock"))
    assert [path.name for path in small.root.iterdir() if path.name.startswith(".")] == []


def test_problem_of_an_entry_that_did_not_change_is_found(small: SmallProject):
    """Another entry went away, and only a link in a text led to it."""
    small.edit(FULL, "related: [busy_region]\n", "")
    small.edit(FULL, "  en: Nothing.[^vision]", "  en: Nothing but [another](guide:busy_region).[^vision]")
    small.edit(FULL, "  ko: 청구되지 않습니다.[^vision]", "  ko: 청구되지 않습니다. [다른 오류](guide:busy_region)[^vision]")
    build(small.root)
    before = tree(small.root / "site")
    small.remove(MINIMAL)
    small.remove("snippets/busy_region")

    with pytest.raises(Abort):
        build(small.root)
    assert tree(small.root / "site") == before


def test_link_of_a_template_that_leads_nowhere_warns_at_every_build(small: SmallProject):
    small.into_guide('<p><a href="../nowhere/">x</a> <a href="#nothing">y</a></p>')
    for _ in range(2):
        with pytest.raises(Abort, match="12 warnings"):  # two on each of three guides in two languages
            build(small.root)


def test_page_of_another_plugin_is_built_too(small: SmallProject):
    small.edit("mkdocs.yml", PLUGIN, f"{PLUGIN}  - search\n")
    build(small.root)

    assert (small.root / "site/search/search_index.json").is_file()
    assert "Oversized image" in (small.root / "site/en/errors/stuck_image/index.html").read_text(encoding="utf-8")
