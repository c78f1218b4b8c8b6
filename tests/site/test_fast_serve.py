"""A served site shows what was saved, or what is wrong with it, and makes no page that nobody asked for before its time."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from watchdog import events

from generator import check
from generator.serve import pages
from generator.serve import server as fast_mkdocs_serve
from generator.serve.pages import Live
from tests.site.test_fast_build import CHANGES, edit_entry, edit_theme, remove_entry, stock
from tests.unit.projects import FULL, UMBRELLA, SmallProject

pytestmark = pytest.mark.xdist_group("fast-serve")

PAGE = "en/errors/busy_error/index.html"


@pytest.fixture
def live(small: SmallProject, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """A site as a server has it, whose pages are made only when they are asked for."""
    monkeypatch.setattr(pages, "QUIET", 10_000)
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


@pytest.mark.parametrize("change", [change for change in CHANGES if change.__name__ != "edit_settings"], ids=lambda change: change.__name__)
def test_site_is_that_of_a_build_too_when_the_system_says_what_changed(small: SmallProject, live: Live, tmp_path: Path, change):
    before = _sources(small.root)
    change(small)
    after = _sources(small.root)
    live.reload(small.root / path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    asked = {address: served(live, address).encode() for address in live.build._by_address}
    assert live.build.is_current()
    live._changed.clear()
    live._make_all(live.build)
    served_tree, built = _tree(Path(live.build.config.site_dir)), _tree(stock(small, tmp_path / "stock") / "site")

    assert {address for address, page in asked.items() if page != built[address]} == set()
    assert {path for path in built if served_tree.get(path) != built[path]} == set()


def _sources(root: Path) -> dict[str, bytes]:
    return {path: content for path, content in _tree(root).items() if not path.startswith(("build/", "site/"))}


def test_change_that_nobody_told_of_is_found_in_the_end(small: SmallProject, live: Live):
    edit_entry(small)
    live._changed.clear()
    live._make_all(live.build)

    assert "Nothing at all." in served(live, "en/errors/stuck_image/index.html")


def test_what_was_saved_beside_a_mistake_is_read_with_its_mending(small: SmallProject, live: Live):
    small.edit(UMBRELLA, "  en: Overload\n", "  en: [Overload\n")
    live.reload([small.root / UMBRELLA])
    edit_entry(small)
    live.reload([small.root / FULL])
    assert "not valid YAML" in served(live)

    small.edit(UMBRELLA, "  en: [Overload\n", "  en: Overload\n")
    live.reload([small.root / UMBRELLA])

    assert "Nothing at all." in served(live, "en/errors/stuck_image/index.html")


def _without_a_fact(small: SmallProject) -> str:
    """Take away a fact that an entry refers to, and return the file."""
    path = "facts/limits.yml"
    text = (small.root / path).read_text(encoding="utf-8")
    small.write(path, text.replace("max_side:", "longest_side:"))
    assert text != (small.root / path).read_text(encoding="utf-8")
    return path


def test_entry_that_a_change_elsewhere_made_wrong_says_so_when_it_is_asked_for(small: SmallProject, live: Live):
    live.reload([small.root / _without_a_fact(small)])

    assert "is not a fact" in served(live, "en/errors/stuck_image/index.html")


def test_entry_that_a_change_elsewhere_made_wrong_is_told_of_when_nobody_asks(small: SmallProject, live: Live):
    told: list[str] = []
    live._tell = lambda: told.append(live.mistake)
    live.reload([small.root / _without_a_fact(small)])
    live._changed.clear()
    live._make_all(live.build)

    assert "is not a fact" in told[0]
    assert "is not a fact" in served(live, "ko/index.html")


def test_rest_is_not_made_while_somebody_waits(small: SmallProject, live: Live):
    edit_theme(small)
    live.reload()
    live._changed.clear()
    live._asking.add(0)
    resting = threading.Thread(target=live._make_all, args=(live.build,))
    resting.start()
    resting.join(0.3)
    waiting = len(live.build.waiting())
    assert resting.is_alive()
    live._asking.clear()
    resting.join(60)

    assert waiting == len(live.build.groups)
    assert not live.build.waiting()


def test_files_are_looked_at_where_the_system_cannot_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def limited(self: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr("watchdog.observers.Observer.start", limited)
    seen: list[str] = []
    handler = events.FileSystemEventHandler()
    handler.on_any_event = lambda event: seen.append(event.src_path)  # type: ignore[method-assign]
    observer = fast_mkdocs_serve.Observer()
    observer.schedule(handler, str(tmp_path), recursive=True)
    observer.start()
    try:
        assert "inotify watch limit reached" in caplog.text
        (tmp_path / "entry.yml").write_text("a: 1\n")
        (tmp_path / ".entry.yml.swp").write_text("x")
        for _ in range(200):
            if seen:
                break
            time.sleep(0.05)
        assert set(seen) == {str(tmp_path / "entry.yml")}
        assert observer.changed() == {tmp_path / "entry.yml"}
        assert observer.changed() == set()
    finally:
        observer.stop()
        observer.join()


def test_too_many_changes_are_not_told_one_by_one(tmp_path: Path):
    observer = fast_mkdocs_serve.Observer()
    observer._note(str(tmp_path / str(number)) for number in range(observer.MOST + 1))

    assert observer.changed() is None


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
    of_one = check.of_one
    monkeypatch.setattr(
        "generator.check.of_one", lambda project, one, *rest: looked.append(one.document.path) or of_one(project, one, *rest)
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
