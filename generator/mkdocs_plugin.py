"""The MkDocs plugin: pages from entries before a build, what programs read and headers after it.

The pages are made on all cores and written beside those of MkDocs. Where another plugin has a say in what becomes of a
page, MkDocs makes all of them by its hooks, from the same HTML. A build goes into a folder beside `site/` and takes its
place only when all went well, so a failed one loses nothing.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator import check
from generator.build import headers, plan, site, swap, theme
from generator.build.pieces import Piece
from generator.build.site import Broken, Site, Target
from generator.build.theme import Theme
from generator.content import address, reading
from generator.content.problems import Problem
from generator.render import Renderer
from generator.render.environment import environment, keep_compiled
from generator.render.html import RenderedPage
from generator.schemas.entry import LANGUAGES
from generator.system.cache import FOLDER, project_cache

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from generator.serve.live import Live
    from generator.serve.server import Signal

log = logging.getLogger("mkdocs.plugins.claude_errors")

Result = TypeVar("Result")

#: What an author edits; a change in one of them shows in the served site.
WATCHED = ("errors", "facts", "pages", "snippets", "templates")
#: MkDocs builds this page itself: a site must have one in its navigation.
CHOOSER = "index.md"
#: Folders of the theme that nothing here asks for.
MATERIAL_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """Nothing: what the plugin needs stands in the project's folders."""


class ClaudeErrorsPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Hooks in the order in which MkDocs calls them."""

    def __init__(self) -> None:
        self.serving = self.dirty = self.finished = False
        self.target: Path | None = None
        """Where the site will stand after a build; None while serving."""
        self.config_of_build: MkDocsConfig | None = None
        self.live: Live | None = None
        self.signal: Signal | None = None
        self.site: Site
        self.renderer: Renderer
        self.made: dict[str, Piece] = {}
        self.theme: Theme | None = None
        self.nav: Navigation

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # Having this hook also makes MkDocs keep the plugin between rebuilds.
        self.serving, self.dirty = command == "serve", dirty

    @event_priority(100)  # before other plugins read the configuration
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent
        self.cache = project_cache(root)
        reading.fill(root, self.cache)
        self.site = _or_report(lambda: self._loaded(root, config))
        project = self.site.project
        self.renderer = Renderer(project, self.cache)
        config.extra |= {"strings": dict(project.strings), "navigation": self.site.links, "languages": list(LANGUAGES)}
        newest = max((entry.checked for entry in project.catalogue.entries), default=None)
        if newest:  # MkDocs writes times into the sitemap; a build knows no clock
            os.environ.setdefault("SOURCE_DATE_EPOCH", str(address.epoch(newest)))
        self.finished = False
        if not self.serving:
            self.target = Path(config.site_dir)
            config.site_dir = str(swap.staged(self.target))
            self.config_of_build = config
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in list(files):  # Material's own search, since the site has another one; and the assets, which get their folder
            if file.src_uri.startswith(MATERIAL_SEARCH) or file.src_dir == config.docs_dir:
                files.remove(file)
        for path, content in plan.assets(self.site.project).items():
            files.append(File.generated(config, path, content=content))
        for path in self._left_to_mkdocs(config):
            files.append(theme.file_of(path, config))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.nav = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        return ""

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        rendered = self._rendered(page.file.src_uri)
        theme.fill(page, rendered)
        return rendered.html

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        root = self.site.project.root
        for one in (env, environment(root / "templates")):
            keep_compiled(one, root / FOLDER / "templates")
        self.theme = Theme(config, self.nav, env) if self._is_alone(config) else None
        self.made = _or_report(lambda: site.write_units(self.site, self.theme, self._target(config), self.cache))
        return env

    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        _use_language(config, page.meta.get("language"))
        context["strings"] = config.extra["strings"].get(page.meta.get("language"))  # type: ignore[typeddict-unknown-key]
        return context

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> TemplateContext:
        language = next((code for code in LANGUAGES if template_name.startswith(f"{code}/")), None)
        _use_language(config, language)
        context["language"] = language  # type: ignore[typeddict-unknown-key]
        context["strings"] = config.extra["strings"][language or "en"]  # type: ignore[typeddict-unknown-key]
        if template_name.endswith("404.html"):
            # A host shows this page at any depth, so its addresses start at the root of the site.
            context["base_url"] = address.root_path(config.site_url)
        if template_name == "sitemap.xml":
            listed = [page for piece in self.made.values() for page in piece.pages if page["path"]]
            context["listed"] = sorted(listed, key=lambda page: str(page["path"]))  # type: ignore[typeddict-unknown-key]
        return context

    @event_priority(-100)  # after other plugins, whose files count too
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        built = Path(config.site_dir)
        site.write_aggregates(self.site, self.made, self._target(config))
        for sentence in site.broken_links(self.made, built):
            log.warning("%s", sentence)
        if self.theme:
            site.write_headers(self.made, built, self.theme.own_names)
        else:
            headers.write_headers(built)
        if not self.serving:
            site.tidy(self.site, list(self.made.values()), self.cache)
        self.finished = True

    def on_build_error(self, *, error: Exception) -> None:
        self.finished = False

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        root = self.site.project.root
        watched = [root / name for name in WATCHED if (root / name).is_dir()]
        if self.theme is None:
            for folder in watched:
                server.watch(str(folder))
            return server
        from generator.serve import server as serving
        from generator.serve.live import Live

        settings, build = Path(config.config_file_path), server.builder
        server.unwatch(str(settings))  # with the observer that is replaced
        server.unwatch(config.docs_dir)
        serving.watch(server, [settings, *watched])
        self.signal = serving.Signal(server)
        self.live = live = Live(self.site, self.made, self.theme, self.cache, self.signal)
        self.made = live.made

        def build_anew() -> None:
            build()
            if self.theme:
                live.take(self.site, self.made, self.theme)
                self.made = live.made

        server.builder = serving.rebuilder(live, settings, build_anew)
        serving.answer_with(server, live)
        return server

    def on_shutdown(self) -> None:
        if self.live and self.signal:
            self.live.end()
            self.signal.remove()
        if self.target is None or self.config_of_build is None:
            return
        staged = Path(self.config_of_build.site_dir)
        self.config_of_build.site_dir = str(self.target)  # `mkdocs gh-deploy` goes on from here
        if self.finished:
            swap.replace(self.target, staged)
        else:
            shutil.rmtree(staged, ignore_errors=True)

    def _loaded(self, root: Path, config: MkDocsConfig) -> Site:
        """Return the site as it is now; while serving, a broken one leaves the last good one."""
        try:
            loaded = site.load(root, theme.settings(config), config.site_url, self.cache)
            if not self._is_alone(config) and (problems := check.run(loaded.project)):
                raise Broken(problems)
            return loaded
        except Broken as broken:
            if not (self.serving and self.finished):
                raise
            failure(broken.problems)
            log.error("The pages stay as they were until this is mended.")
            return self.site

    def _target(self, config: MkDocsConfig) -> Target:
        return Target(Path(config.site_dir), self.target)

    def _is_alone(self, config: MkDocsConfig) -> bool:
        """Tell whether no other plugin or hook has a say in what becomes of a page."""
        return not self.dirty and list(config.plugins) == ["claude-errors"] and not config.hooks

    def _left_to_mkdocs(self, config: MkDocsConfig) -> list[str]:
        """Return the names of the pages that MkDocs makes itself."""
        planned = [] if self._is_alone(config) else [page.path for unit in self.site.units for page in unit.pages]
        return [CHOOSER, *planned]

    def _rendered(self, path: str) -> RenderedPage:
        if path == CHOOSER:
            return self.renderer.tools.chooser()
        return next(page for unit in self.site.units for page in unit.pages if page.path == path).make(self.renderer)


def _or_report(step: Callable[[], Result]) -> Result:
    """Return what `step` returns; what is wrong with the entries ends the build in the words of an author."""
    try:
        return step()
    except Broken as broken:
        raise failure(broken.problems) from None


def _use_language(config: MkDocsConfig, language: str | None) -> None:
    # Material looks its words up in the theme's language while it renders a page; pages are rendered one at a time.
    config.theme["language"] = language or "en"


def failure(problems: list[Problem]) -> PluginError:
    """Log problems in the words of an author, and return what ends the build."""
    for problem in problems:
        log.error("%s", problem)
    noun = "problem" if len(problems) == 1 else "problems"
    return PluginError(f"{len(problems)} {noun} in the entries; the site was not built.")
