"""A build on all cores, or from what the last one left, gives what MkDocs alone gives from nothing."""

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

from generator.build import aggregates
from generator.build.last_site import KEPT
from generator.build.site import FastBuild
from generator.mkdocs_plugin import ClaudeErrorsPlugin
from generator.system import fingerprint, parallel
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject

pytestmark = pytest.mark.xdist_group("fast-build")

PLUGIN = "  - claude-errors\n"


@pytest.fixture(autouse=True)
def index_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the index of the search from the last one whenever that can be: of so few entries one is a large share."""
    monkeypatch.setattr(aggregates, "SHARE", 1)


def build(root: Path) -> FastBuild | None:
    """Build the project in this process and return what was done of it here; None when MkDocs did everything."""
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    config = load_config(str(root / "mkdocs.yml"), strict=True)
    plugin = config.plugins["claude-errors"]
    assert isinstance(plugin, ClaudeErrorsPlugin)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    finally:
        config.plugins.on_shutdown()
        os.environ.pop("SOURCE_DATE_EPOCH", None)
    return plugin.fast


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def assert_same(one: Path, two: Path) -> None:
    for name in ("site", "build/docs"):
        first, second = tree(one / name), tree(two / name)
        assert first.keys() == second.keys()
        assert [path for path in first if first[path] != second[path]] == []


def stock(small: SmallProject, target: Path) -> Path:
    """Build a copy of the project with MkDocs alone and from nothing."""
    shutil.copytree(small.root, target, ignore=shutil.ignore_patterns("build", "site"))
    SmallProject(target).edit("mkdocs.yml", PLUGIN, "  - claude-errors: {fast: false}\n")
    assert build(target) is None
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
    small.edit("templates/guide.md.j2", '## {{ t("guide.sources") }}', 'Really.\n\n## {{ t("guide.sources") }}')


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


def redone(small: SmallProject) -> list[str]:
    done = build(small.root)
    assert done is not None
    return done.redone


def test_what_did_not_change_is_taken_over(small: SmallProject):
    assert len(redone(small)) > 3
    assert redone(small) == []


def test_change_of_a_text_redoes_the_pages_of_its_entry_only(small: SmallProject):
    build(small.root)
    edit_entry(small)

    assert redone(small) == ["stuck_image"]


def test_title_is_shown_on_the_home_page_and_those_of_the_family_too(small: SmallProject):
    build(small.root)
    rename_title(small)
    names = redone(small)

    assert {"busy_error", "busy_region", "ko/index.md", "en/index.md"} <= set(names)
    assert "en/decode.md" not in names


def test_another_version_of_a_package_takes_over_nothing(small: SmallProject, monkeypatch: pytest.MonkeyPatch):
    everything = redone(small)
    monkeypatch.setattr(fingerprint, "_version", lambda name: "0.0")
    monkeypatch.setattr(fingerprint, "program", fingerprint.program.__wrapped__)  # as another process would find it

    assert redone(small) == everything


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))


def forge(file: Path) -> None:
    """What somebody else might have written there."""
    file.write_bytes(b'{"groups": {}}')


def empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut, flip, forge, empty])
def test_damaged_record_of_the_last_site_is_ignored(small: SmallProject, tmp_path: Path, damage):
    everything = redone(small)
    damage(small.root / KEPT)

    assert redone(small) == everything
    assert_same(small.root, stock(small, tmp_path / "stock"))


@pytest.mark.parametrize(
    "path",
    [
        *("site/en/errors/busy_error/index.html", "site/api/v1/errors/busy_error.json", "build/docs/ko/errors/busy_error.md"),
        *("build/parts/search/busy_error.*.json", "build/parts/rest/busy_error.*.json"),
    ],
)
@pytest.mark.parametrize("damage", [flip, Path.unlink])
def test_file_that_is_not_as_it_was_written_is_made_again(small: SmallProject, path, damage):
    build(small.root)
    before = tree(small.root / "site")
    damage(next(small.root.glob(path)))

    assert redone(small) == ["busy_error"]
    assert tree(small.root / "site") == before


WHOLE = [
    *("site/llms-full.txt", "site/api/v1/errors.json", "site/ko/feed.xml", "site/en/decoder.json", "build/docs/en/decoder.json"),
    *("site/search/index.json", "site/search/*/0.json", "site/search/*/ko-0.json", "build/docs/search/*/0.json", "build/docs/ko/list.json"),
]


@pytest.mark.parametrize("path", WHOLE)
@pytest.mark.parametrize("damage", [flip, Path.unlink])
def test_file_of_the_whole_site_that_is_not_as_it_was_written_is_made_again(small: SmallProject, path, damage):
    build(small.root)
    before, docs = tree(small.root / "site"), tree(small.root / "build/docs")
    damage(next(small.root.glob(path)))

    assert redone(small) == []
    assert tree(small.root / "site") == before
    assert tree(small.root / "build/docs") == docs


def test_files_of_the_whole_site_are_taken_over(small: SmallProject):
    build(small.root)
    before = {path: (small.root / path).stat().st_ino for path in ("site/llms-full.txt", "site/search/index.json")}
    build(small.root)

    assert {path: (small.root / path).stat().st_ino for path in before} == before


@pytest.mark.parametrize("path", ["build/parts/search/stuck_image.*.json", *WHOLE])
@pytest.mark.parametrize("damage", [flip, Path.unlink])
def test_nothing_that_is_damaged_is_in_what_is_made_after_a_change(small: SmallProject, tmp_path: Path, path, damage):
    build(small.root)
    damage(next(small.root.glob(path)))
    small.edit(FULL, "redirect_from: [big_image]", "redirect_from: [big_image, zebra]")
    build(small.root)

    assert_same(small.root, stock(small, tmp_path / "stock"))


@pytest.mark.parametrize("damage", [flip, Path.unlink])
def test_part_that_another_build_took_away_is_made_again(
    small: SmallProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
):
    finish = FastBuild.finish

    def finish_later(made: FastBuild) -> None:
        for path in ("build/parts/search/busy_error.*.json", "build/parts/rest/stuck_image.*.json"):
            damage(next(small.root.glob(path)))
        finish(made)

    monkeypatch.setattr(FastBuild, "finish", finish_later)
    build(small.root)

    assert_same(small.root, stock(small, tmp_path / "stock"))


def test_site_that_is_gone_is_built_anew(small: SmallProject):
    everything = redone(small)
    before = tree(small.root / "site")
    shutil.rmtree(small.root / "site")

    assert redone(small) == everything
    assert tree(small.root / "site") == before


def test_two_builds_at_once_leave_a_whole_site(small: SmallProject, tmp_path: Path):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    both = [subprocess.Popen(command, cwd=small.root, env=environment) for _ in range(2)]

    assert [process.wait() for process in both] == [0, 0]
    assert redone(small) == []
    assert_same(small.root, stock(small, tmp_path / "stock"))
    assert [path.name for path in small.root.iterdir() if path.name.startswith(".")] == []


def test_problem_of_an_entry_that_is_not_redone_is_found(small: SmallProject):
    """Another entry went away, and only a link in a text led to it."""
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload\n")
    text = (small.root / FULL).read_text(encoding="utf-8")
    small.write(FULL, text.replace("related: [busy_region]\n", ""))
    build(small.root)
    linked = (small.root / FULL).read_text(encoding="utf-8")
    assert "busy_region" not in linked
    before = tree(small.root / "site")
    small.remove(MINIMAL)

    with pytest.raises(Abort):  # its snippets belong to no entry now
        build(small.root)
    assert tree(small.root / "site") == before


def test_broken_link_warns_at_every_build(small: SmallProject):
    small.edit("templates/guide.md.j2", '## {{ t("guide.sources") }}', '[nowhere](nowhere.md)\n\n## {{ t("guide.sources") }}')
    for _ in range(2):
        with pytest.raises(Abort, match="6 warnings"):
            build(small.root)


def test_another_plugin_leaves_everything_to_mkdocs(small: SmallProject):
    small.edit("mkdocs.yml", PLUGIN, f"{PLUGIN}  - search\n")

    assert build(small.root) is None
