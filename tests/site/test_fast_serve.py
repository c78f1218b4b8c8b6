"""A served site shows what was saved, or what is wrong with it, and makes no page that nobody asked for before its time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from generator import fast_serve, lint
from generator.fast_serve import Live
from tests.site.test_fast_build import CHANGES, edit_entry, edit_theme, remove_entry, stock
from tests.unit.projects import FULL, UMBRELLA, SmallProject

pytestmark = pytest.mark.xdist_group("fast-serve")

PAGE = "en/errors/busy_error/index.html"


@pytest.fixture
def live(small: SmallProject, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """A site as a server has it, whose pages are made only when they are asked for."""
    monkeypatch.setattr(fast_serve, "QUIET", 10_000)
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    config = load_config(str(small.root / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build(config)
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    live = Live(config.plugins["claude-errors"].fast)
    live.reload()
    yield live
    live.end()


def served(live: Live, page: str = PAGE) -> str:
    """Return what a reader of the page gets."""
    return live.page(page) or (Path(live.build.config.site_dir) / page).read_text(encoding="utf-8")


def changed(before: dict[Path, int]) -> list[str]:
    return [file.name for file, when in before.items() if file.stat().st_mtime_ns != when]


def times(live: Live) -> dict[Path, int]:
    return {file: file.stat().st_mtime_ns for file in Path(live.build.config.site_dir).rglob("*.html")}


def test_page_that_is_asked_for_is_new_and_no_other_is_made(small: SmallProject, live: Live):
    before = times(live)
    edit_theme(small)
    live.reload()

    assert changed(before) == []
    assert "<hr>" in served(live)
    assert [file for file, when in before.items() if file.stat().st_mtime_ns != when] == [Path(live.build.config.site_dir) / PAGE]


def test_page_that_does_not_show_the_change_is_not_made_again(small: SmallProject, live: Live):
    before = times(live)
    edit_entry(small)
    live.reload()
    served(live, "en/errors/busy_region/index.html")

    assert changed(before) == []
    assert "Nothing at all." in served(live, "en/errors/stuck_image/index.html")


@pytest.mark.parametrize("change", [change for change in CHANGES if change.__name__ != "edit_settings"], ids=lambda change: change.__name__)
def test_when_nobody_asks_all_becomes_what_a_build_gives(small: SmallProject, live: Live, tmp_path: Path, change):
    change(small)
    live.reload()
    live._changed.clear()
    live._make_all(live.build)
    other = stock(small, tmp_path / "stock")
    served_tree, built = _tree(Path(live.build.config.site_dir)), _tree(other / "site")
    assert {path for path in built if served_tree.get(path) != built[path]} == set()


def _tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_mistake_stands_in_place_of_every_page_until_it_is_mended(small: SmallProject, live: Live, caplog: pytest.LogCaptureFixture):
    good = served(live)
    small.edit(UMBRELLA, "  en: Overload\n", "  en: [Overload\n")
    live.reload()

    for page in (PAGE, "ko/index.html"):
        assert "errors/busy_error.yml:7:8: not valid YAML" in served(live, page)
    assert "errors/busy_error.yml:7:8: not valid YAML" in caplog.text

    small.edit(UMBRELLA, "  en: [Overload\n", "  en: Overload\n")
    live.reload()

    assert served(live) == good


def test_problem_that_a_rule_finds_is_shown_too(small: SmallProject, live: Live):
    small.edit(FULL, "  en: Nothing.[^vision]", "  en: Nothing <b>TODO</b>.[^vision]")
    live.reload()

    assert "holds a TODO" in served(live)


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        ("templates/theme/guide.html", "{{ page.content }}", "{{ page.content ", "templates/theme/guide.html:5"),
        ("templates/theme/guide.html", "{{ page.content }}", "{{ nothing.at.all }}", "templates/theme/guide.html:4"),
        ("templates/guide.md.j2", '## {{ t("guide.sources") }}', "## {{ nothing }}", "templates/guide.md.j2:"),
    ],
)
def test_mistake_in_a_template_is_shown_with_its_place(small: SmallProject, live: Live, path, old, new, place):
    good = served(live)
    small.edit(path, old, new)
    live.reload()

    assert place in served(live)

    small.edit(path, new, old)
    live.reload()

    assert served(live) == good


def test_message_is_text_whatever_it_holds(small: SmallProject, live: Live):
    small.write("errors/<script>alert(1)<.txt", "x")
    live.reload()

    assert "<script>" not in served(live).replace("</style>", "")
    assert "&lt;script&gt;" in served(live)


def test_page_of_an_entry_that_went_away_goes_too(small: SmallProject, live: Live):
    remove_entry(small)
    live.reload()

    assert not (Path(live.build.config.site_dir) / "en/errors/busy_region/index.html").exists()


def test_rules_look_only_at_what_changed(small: SmallProject, live: Live, monkeypatch: pytest.MonkeyPatch):
    live.reload()
    looked: list[str] = []
    of_one = lint.of_one
    monkeypatch.setattr(
        "generator.lint.of_one", lambda project, one, *rest: looked.append(one.document.path) or of_one(project, one, *rest)
    )
    time.sleep(0.1)  # what changed a moment ago is read once more
    live.reload()
    looked.clear()
    edit_entry(small)
    live.reload()

    assert looked == [FULL]


class Served:
    """`mkdocs serve` in a process of its own."""

    def __init__(self, root: Path, port: int) -> None:
        command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        self.process = subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE, encoding="utf-8")
        self.address = f"http://127.0.0.1:{port}/"

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.address + path, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def wait_for(self, path: str, text: str) -> tuple[int, str]:
        for _ in range(1200):
            status, page = self.get(path)
            if text in page:
                return status, page
            time.sleep(0.05)
        raise AssertionError(f"{text!r} never came on {path}")


@pytest.fixture
def server(small: SmallProject, unused_port: int) -> Iterator[Served]:
    served = Served(small.root, unused_port)
    served.wait_for("en/errors/busy_error/", "</html>")
    yield served
    served.process.terminate()
    served.process.communicate()


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_what_is_saved_is_served_and_a_browser_is_told(small: SmallProject, server: Served):
    _, page = server.get("en/errors/stuck_image/")
    assert "livereload(" in page
    edit_entry(small)
    status, page = server.wait_for("en/errors/stuck_image/", "Nothing at all.")
    assert status == 200
    assert "livereload(" in page

    small.edit(UMBRELLA, "  en: Overload\n", "  en: [Overload\n")
    status, page = server.wait_for("en/errors/stuck_image/", "errors/busy_error.yml:7:8")
    assert status == 500
    assert "livereload(" in page

    small.edit(UMBRELLA, "  en: [Overload\n", "  en: Overload of all\n")
    assert server.wait_for("en/errors/busy_error/", "Overload of all")[0] == 200
    # What nobody asked for follows by itself.
    server.wait_for("api/v1/errors.json", "Overload of all")
    assert json.loads(server.get("api/v1/errors.json")[1])["errors"]

    small.edit("mkdocs.yml", "site_name: claude-errors\n", "site_name: other-errors\n")
    server.wait_for("en/errors/busy_error/", "other-errors</title>")
    assert server.get("en/nowhere/")[0] == 404
