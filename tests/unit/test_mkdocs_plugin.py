"""Whole builds: the same bytes everywhere, and nothing lost when one fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from generator.mkdocs_plugin import WATCHED, ClaudeErrorsPlugin
from tests.unit.projects import UMBRELLA, SmallProject, small_project

#: Runs MkDocs three years later.
LATER = """
import datetime, runpy, sys, time
seconds, now = 10**8, time.time
time.time = lambda: now() + seconds
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=seconds)
    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)
    @classmethod
    def today(cls):
        return cls.now()
datetime.datetime = Later
sys.argv[0] = "mkdocs"
runpy.run_module("mkdocs", run_name="__main__")
"""


def build(
    small: SmallProject, *options: str, python: tuple[str, ...] = ("-m", "mkdocs"), **environment: str
) -> subprocess.CompletedProcess:
    command = [sys.executable, *python, "build", *options]
    variables = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    variables |= {"NO_MKDOCS_2_WARNING": "1", **environment}
    return subprocess.run(command, cwd=small.root, env=variables, capture_output=True, encoding="utf-8", check=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def leftovers(small: SmallProject) -> list[str]:
    return [path.name for path in small.root.iterdir() if path.name.startswith(".")]


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> SmallProject:
    small = small_project(tmp_path_factory.mktemp("built") / "project", shared)
    result = build(small, "--strict")
    assert result.returncode == 0, result.stderr
    assert [line for line in result.stderr.splitlines() if not line.startswith("INFO ")] == []
    return small


@pytest.fixture
def built(built_once: SmallProject, tmp_path: Path) -> SmallProject:
    """A project with a good site."""
    return SmallProject(shutil.copytree(built_once.root, tmp_path / "project", symlinks=True))


def test_build_gives_pages_indexes_and_headers_and_leaves_nothing_else(built: SmallProject):
    site = tree(built.root / "site")

    assert {"index.html", "ko/index.html", "en/errors/stuck_image/index.html", "ko/errors/big_image/index.html", "_headers"} <= site.keys()
    assert {"api/v1/errors.json", "llms.txt", "ko/feed.xml", "en/errors/stuck_image/index.md"} <= site.keys()
    assert "search/index.json" in site
    assert leftovers(built) == []


def break_entry(small: SmallProject) -> None:
    small.edit(UMBRELLA, "  en: Overload\n", "  en: [Overload\n")


def break_rendering(small: SmallProject) -> None:
    small.into_guide("{{ nothing }}")


def break_outputs(small: SmallProject) -> None:
    """A mistake that shows after the last page was written."""
    small.edit("templates/llms.txt.j2", "## Data", "## {{ nothing }}")


def break_theme(small: SmallProject) -> None:
    small.edit("templates/theme/guide.html", "{% extends", "{% if %}{% extends")


def break_link(small: SmallProject) -> None:
    """A warning, which a strict build takes as a failure after the last page was written."""
    small.into_guide('<a href="../nowhere/">x</a>')


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        (break_entry, "errors/busy_error.yml:7:8: not valid YAML"),
        (break_rendering, "'nothing' is undefined"),
        (break_theme, "TemplateSyntaxError"),
        (break_outputs, "'nothing' is undefined"),
        (break_link, "Aborted with 6 warnings in strict mode!"),
    ],
)
def test_failed_build_leaves_the_site_byte_for_byte(built: SmallProject, mistake, message):
    before = tree(built.root / "site")
    mistake(built)
    result = build(built, "--strict")

    assert result.returncode != 0
    assert message in result.stdout + result.stderr
    assert tree(built.root / "site") == before
    assert leftovers(built) == []


def test_failed_first_build_leaves_no_site(small: SmallProject):
    break_link(small)

    assert build(small, "--strict").returncode != 0
    assert not (small.root / "site").exists()
    assert leftovers(small) == []


def test_warning_alone_does_not_keep_a_lenient_build_from_the_site(built: SmallProject):
    before = tree(built.root / "site")
    break_link(built)

    assert build(built).returncode == 0
    assert tree(built.root / "site") != before


def test_page_of_an_entry_that_went_away_leaves_the_site(built: SmallProject):
    built.edit("errors/stuck_image.yml", "redirect_from: [big_image]\n", "")

    assert build(built, "--strict").returncode == 0
    assert not (built.root / "site/ko/errors/big_image").exists()


def test_build_is_the_same_in_another_folder_time_zone_hash_order_and_year(built: SmallProject, tmp_path: Path, shared: Path):
    other = small_project(tmp_path / "a longer name" / "elsewhere", shared)
    result = build(other, "--strict", python=("-c", LATER), TZ="Pacific/Kiritimati", PYTHONHASHSEED="7", LC_ALL="C")
    assert result.returncode == 0, result.stderr
    one, two = tree(built.root / "site"), tree(other.root / "site")

    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []


def test_second_build_of_the_same_project_is_the_same(built: SmallProject):
    before = tree(built.root / "site")

    assert build(built, "--strict", PYTHONHASHSEED="3").returncode == 0
    assert tree(built.root / "site") == before


def test_strange_titles_and_texts_are_shown_and_run_nothing(small: SmallProject):
    title = "`__init__` </title><script>alert(1)</script> `{id}`"
    small.edit(UMBRELLA, "  en: Overload\n", f'  en: "{title}"\n')
    small.edit(UMBRELLA, "  ko: 과부하\n", f'  ko: "과부하 {title}"\n')
    small.edit(UMBRELLA, "    en: one try\n", "    en: one <script>alert(2)</script> try\n")
    small.edit(UMBRELLA, "aliases: [", 'redirect_from: [old_error]\naliases: ["\'><script>alert(3)</script>", ')
    assert build(small, "--strict").returncode == 0
    pages = {path: text.decode() for path, text in tree(small.root / "site").items() if path.endswith(".html")}

    assert "__init__ &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; {id}" in pages["en/errors/busy_error/index.html"].split("<h1")[1]
    assert [path for path, page in pages.items() if "<script>alert" in page] == []


class Server:
    """Stands in for the server of `mkdocs serve`."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    def watch(self, path: str) -> None:
        self.calls.append(("watch", path))

    def unwatch(self, path: str) -> None:
        self.calls.append(("unwatch", path))


@pytest.fixture
def config(small: SmallProject, monkeypatch: pytest.MonkeyPatch) -> MkDocsConfig:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    return load_config(str(small.root / "mkdocs.yml"))


def started(command: Any) -> ClaudeErrorsPlugin:
    plugin = ClaudeErrorsPlugin()
    plugin.load_config({})
    plugin.on_startup(command=command, dirty=False)
    return plugin


def test_served_site_keeps_the_last_good_project_until_the_mistake_is_mended(small: SmallProject, config: MkDocsConfig, caplog):
    """Where another plugin has a say, MkDocs builds everything anew after each save."""
    config["hooks"] = {"hook.py": None}
    plugin = started("serve")
    plugin.on_config(config)
    plugin.finished = True
    good = plugin.site
    small.edit(UMBRELLA, "  en: Overload\n", "  en: Overload TODO\n")
    plugin.on_config(config)

    assert plugin.site is good
    assert "errors/busy_error.yml:6:3: title.en: holds a TODO" in caplog.text
    assert "The pages stay as they were" in caplog.text

    small.edit(UMBRELLA, "  en: Overload TODO\n", "  en: Overload again\n")
    plugin.on_config(config)

    assert plugin.site.project.cards["busy_error"].title.en == "Overload again"


def test_server_does_not_start_with_a_broken_project(small: SmallProject, config: MkDocsConfig):
    break_entry(small)

    with pytest.raises(PluginError, match=r"1 problem in the entries; the site was not built\."):
        started("serve").on_config(config)


def test_build_never_falls_back_on_an_earlier_project(small: SmallProject, config: MkDocsConfig):
    config["hooks"] = {"hook.py": None}
    plugin = started("build")
    plugin.on_config(config)
    small.edit(UMBRELLA, "  ko: 과부하\n  en: Overload\n", "  ko: 과부하 TODO\n  en: Overload TODO\n")

    with pytest.raises(PluginError, match="2 problems"):
        plugin.on_config(config)


def test_server_watches_what_an_author_edits_and_not_what_a_build_writes(small: SmallProject, config: MkDocsConfig):
    plugin, server = started("serve"), cast(Any, Server())
    plugin.on_config(config)
    plugin.on_serve(server, config=config, builder=None)
    names = [name for name in WATCHED if (small.root / name).is_dir()]

    assert server.calls == [("watch", str(small.root / name)) for name in names]
    assert set(names) >= {"errors", "facts", "snippets", "templates"}


def test_served_site_stands_where_mkdocs_wants_it(config: MkDocsConfig):
    before = config.site_dir
    plugin = started("serve")
    plugin.on_config(config)
    plugin.on_shutdown()

    assert config.site_dir == before


def test_site_is_built_beside_its_place_and_moved_there(small: SmallProject, config: MkDocsConfig):
    plugin = started("build")
    plugin.on_config(config)
    staged = Path(config.site_dir)
    staged.mkdir()
    (staged / "index.html").write_text("new", encoding="utf-8")
    plugin.finished = True
    plugin.on_shutdown()

    assert staged.parent == small.root
    assert not staged.exists()
    assert (small.root / "site/index.html").read_text(encoding="utf-8") == "new"


def test_command_that_goes_on_after_a_build_finds_the_site_in_its_place(small: SmallProject, config: MkDocsConfig):
    # `mkdocs gh-deploy` reads site_dir after the plugins have shut down.
    plugin = started("gh-deploy")
    plugin.on_config(config)
    Path(config.site_dir).mkdir()
    plugin.finished = True
    plugin.on_shutdown()

    assert config.site_dir == str(small.root / "site")


def test_build_interrupted_before_its_end_leaves_nothing_behind(small: SmallProject, config: MkDocsConfig):
    plugin = started("build")
    plugin.on_config(config)
    Path(config.site_dir).mkdir()
    plugin.on_shutdown()

    assert leftovers(small) == []
    assert not (small.root / "site").exists()


def test_error_after_the_last_page_takes_the_build_back(small: SmallProject, config: MkDocsConfig):
    plugin = started("build")
    plugin.on_config(config)
    Path(config.site_dir).mkdir()
    plugin.finished = True
    plugin.on_build_error(error=RuntimeError())
    plugin.on_shutdown()

    assert leftovers(small) == []
    assert not (small.root / "site").exists()


def test_time_of_a_build_is_the_newest_day_of_the_entries(config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    started("build").on_config(config)

    assert os.environ["SOURCE_DATE_EPOCH"] == "1791590400"  # 2026-10-10


def test_time_that_the_caller_gives_stays(config: MkDocsConfig):
    started("build").on_config(config)

    assert os.environ["SOURCE_DATE_EPOCH"] == "1"


@pytest.mark.parametrize(
    ("template", "url", "language", "base"),
    [
        ("ko/404.html", "https://a.example/", "ko", "/"),
        ("en/404.html", "https://a.example/docs/", "en", "/docs/"),
        ("404.html", "https://a.example/docs/", None, "/docs/"),
        ("robots.txt", "https://a.example/docs/", None, ".."),
    ],
)
def test_page_for_any_address_starts_at_the_root_of_the_site(config: MkDocsConfig, template, url, language, base):
    plugin = started("build")
    plugin.on_config(config)
    config.site_url = url
    context: Any = plugin.on_template_context(cast(Any, {"base_url": ".."}), template_name=template, config=config)

    assert (context["language"], context["base_url"]) == (language, base)
    assert context["strings"].language == (language or "en")


def test_nothing_of_the_theme_s_own_search_is_published(built: SmallProject):
    assert [path for path in tree(built.root / "site") if "lunr" in path or "worker" in path or "search_index" in path] == []


def test_entry_of_the_project_is_built_again_after_a_mistake(built: SmallProject):
    break_entry(built)
    assert build(built, "--strict").returncode != 0
    built.edit(UMBRELLA, "  en: [Overload\n", "  en: Overload of all\n")

    assert build(built, "--strict").returncode == 0
    assert "Overload of all" in (built.root / "site/en/errors/busy_error/index.html").read_text(encoding="utf-8")
