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
from mkdocs.livereload import LiveReloadServer
from watchdog import events

from generator import check
from generator.mkdocs_plugin import ClaudeErrorsPlugin
from generator.serve import live as live_module
from generator.serve import server as serving
from generator.serve.live import Live
from tests.site.test_build import CHANGES, edit_entry, edit_theme, remove_entry, stock
from tests.unit.projects import FULL, UMBRELLA, SmallProject

PAGE = "en/errors/busy_error/index.html"


@pytest.fixture
def live(small: SmallProject, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """A site as a server has it, whose pages are made only when they are asked for."""
    monkeypatch.setattr(live_module, "QUIET", 10_000)
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    config = load_config(str(small.root / "mkdocs.yml"))
    config.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build(config)
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    plugin = config.plugins["claude-errors"]
    assert isinstance(plugin, ClaudeErrorsPlugin)
    assert plugin.theme
    live = Live(plugin.site, plugin.made, plugin.theme, plugin.cache, lambda: None)
    plugin.made = live.made
    live.reload()
    yield live
    live.end()


def target(live: Live) -> Path:
    return Path(live._theme.config.site_dir)


def make_all(live: Live) -> None:
    """Make what was not asked for, as after a quiet while."""
    live._changed.clear()
    live.make_rest()


def served(live: Live, page: str = PAGE) -> str:
    """Return what a reader of the page gets."""
    return live.page(page) or (target(live) / page).read_text(encoding="utf-8")


def changed(before: dict[Path, int]) -> list[str]:
    return [file.name for file, when in before.items() if file.stat().st_mtime_ns != when]


def times(live: Live) -> dict[Path, int]:
    return {file: file.stat().st_mtime_ns for file in target(live).rglob("*.html")}


def test_page_that_is_asked_for_is_new_and_no_other_is_made(small: SmallProject, live: Live):
    before = times(live)
    edit_theme(small)
    live.reload()

    assert changed(before) == []
    assert "<hr>" in served(live)
    assert [file for file, when in before.items() if file.stat().st_mtime_ns != when] == [target(live) / PAGE]


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
    make_all(live)
    other = stock(small, tmp_path / "stock")
    served_tree, built = _tree(target(live)), _tree(other / "site")
    # The packed sitemap is for hosts.
    assert {path for path in built if served_tree.get(path) != built[path]} <= {"sitemap.xml.gz"}


@pytest.mark.parametrize("change", [change for change in CHANGES if change.__name__ != "edit_settings"], ids=lambda change: change.__name__)
def test_every_page_that_is_asked_for_is_that_of_a_build(small: SmallProject, live: Live, tmp_path: Path, change):
    change(small)
    live.reload()
    asked = {address: served(live, address).encode() for address in live._by_address}
    built = _tree(stock(small, tmp_path / "stock") / "site")

    assert len(asked) > 10
    assert {address for address, page in asked.items() if page != built[address]} == set()


def test_change_that_is_taken_back_shows_the_page_of_before(small: SmallProject, live: Live):
    before = served(live, "en/errors/stuck_image/index.html")
    edit_entry(small)
    live.reload()
    assert "Nothing at all." in served(live, "en/errors/stuck_image/index.html")
    small.edit(FULL, "  en: Nothing at all.[^vision]", "  en: Nothing.[^vision]")
    live.reload()

    assert served(live, "en/errors/stuck_image/index.html") == before


def test_change_that_nobody_told_of_is_found_in_the_end(small: SmallProject, live: Live):
    edit_entry(small)
    make_all(live)

    assert "Nothing at all." in served(live, "en/errors/stuck_image/index.html")


def test_what_was_saved_beside_a_mistake_is_read_with_its_mending(small: SmallProject, live: Live):
    small.edit(UMBRELLA, "  en: Overload\n", "  en: [Overload\n")
    live.reload()
    edit_entry(small)
    live.reload()
    assert "not valid YAML" in served(live)

    small.edit(UMBRELLA, "  en: [Overload\n", "  en: Overload\n")
    live.reload()

    assert "Nothing at all." in served(live, "en/errors/stuck_image/index.html")


def _without_a_fact(small: SmallProject) -> None:
    """Take away a fact that an entry refers to."""
    path = "facts/limits.yml"
    text = (small.root / path).read_text(encoding="utf-8")
    small.write(path, text.replace("max_side:", "longest_side:"))
    assert text != (small.root / path).read_text(encoding="utf-8")


def test_entry_that_a_change_elsewhere_made_wrong_says_so_when_it_is_asked_for(small: SmallProject, live: Live):
    _without_a_fact(small)
    live.reload()

    assert "is not a fact" in served(live, "en/errors/stuck_image/index.html")


def test_entry_that_a_change_elsewhere_made_wrong_is_told_of_when_nobody_asks(small: SmallProject, live: Live):
    told: list[str] = []
    live._tell = lambda: told.append(live.mistake)
    _without_a_fact(small)
    live.reload()
    make_all(live)

    assert "is not a fact" in told[0]
    assert "is not a fact" in served(live, "ko/index.html")


def test_rest_is_not_made_while_a_request_waits(small: SmallProject, live: Live):
    edit_theme(small)
    live.reload()
    live._asking.add(0)
    resting = threading.Thread(target=make_all, args=(live,))
    resting.start()
    resting.join(0.3)
    before = times(live)
    assert resting.is_alive()
    live._asking.clear()
    resting.join(60)

    assert changed(before).count("index.html") >= 8


def test_files_are_looked_at_where_the_system_cannot_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def limited(self: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr("watchdog.observers.Observer.start", limited)
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    polling = server.observer
    try:
        serving.watch(server, [tmp_path])

        assert "inotify watch limit reached" in caplog.text
        assert server.observer is polling
    finally:
        server.server_close()


def test_editor_that_puts_a_new_file_in_place_of_a_watched_one_is_seen(tmp_path: Path):
    seen: list[str] = []
    handler = events.FileSystemEventHandler()
    handler.on_any_event = lambda event: seen.append(str(event.src_path))  # type: ignore[method-assign]
    file = tmp_path / "mkdocs.yml"
    file.write_text("a: 1\n")
    observer = serving.Observer()
    observer.schedule(handler, str(file))
    observer.start()
    try:
        for number in range(2):  # the second time it is another file
            seen.clear()
            (tmp_path / "new").write_text(f"a: {number + 2}\n")
            (tmp_path / "new").replace(file)
            deadline = time.monotonic() + 10
            while not seen and time.monotonic() < deadline:
                time.sleep(0.01)
            assert seen
        time.sleep(0.5)  # what else the replacement told
        seen.clear()
        file.read_text()
        time.sleep(0.2)
        assert seen == []
    finally:
        observer.stop()
        observer.join()


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
        ("templates/guide.html.j2", 't("guide.meaning")', "nothing", "templates/guide.html.j2:"),
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
    make_all(live)

    assert not (target(live) / "en/errors/busy_region/index.html").exists()


def test_rules_look_only_at_what_changed(small: SmallProject, live: Live, monkeypatch: pytest.MonkeyPatch):
    looked: list[str] = []
    of_one = check.of_one
    monkeypatch.setattr(check, "of_one", lambda project, one, *rest: looked.append(one.document.path) or of_one(project, one, *rest))
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
