"""The MkDocs plugin: pages from entries before a build, what programs read and headers after it.

Uses only what MkDocs promises to keep; the rest is left to `fast_mkdocs` and `fast_mkdocs_serve`. A build goes into a
folder beside `site/` and takes its place only when all went well, so a failed one loses nothing.
"""

from __future__ import annotations

import functools
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator.build import headers, swap, theme_files
from generator.content import address, readings
from generator.content.problems import Problem
from generator.render.compiled import Compiled, Piece
from generator.render.environment import environment

# Everything that knows the models is imported by the hook that needs it first. They take a quarter of a second to make;
# meanwhile the templates are compiled on another core, from `on_config` on.
if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from generator.build.site import FastBuild
    from generator.content.project import Project
    from generator.serve.pages import Live

log = logging.getLogger("mkdocs.plugins.claude_errors")

Step = TypeVar("Step")

#: What an author edits; a change in one of them rebuilds the served site.
WATCHED = ("errors", "facts", "pages", "snippets", "templates")

#: Folders of the theme that nothing here asks for.
MATERIAL_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """Everything else that the plugin needs stands in the project's folders."""

    fast = Type(bool, default=True)
    """Whether the pages are built on all cores; without it MkDocs does everything, with the same result."""


class ClaudeErrorsPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Hooks in the order in which MkDocs calls them."""

    def __init__(self) -> None:
        self.serving = False
        self.target: Path | None = None
        self.staged = Path()
        self.good: Project | None = None
        self.finished = False
        self.built_config: MkDocsConfig | None = None
        self.fast: FastBuild | None = None
        self.compiled: Compiled
        self.live: Live | None = None
        self.dirty = False
        self.nav: Navigation | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # Having this hook also makes MkDocs keep the plugin, and `good` with it, between rebuilds.
        self.serving = command == "serve"
        self.dirty = dirty

    @event_priority(100)  # before other plugins read the configuration
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent
        self.fast = None
        if may_be_fast := self._may_be_fast(config):
            readings.begin(root)
            self.compiled = Compiled(root)
            self.compiled.start(lambda: _templates(root, config))
            environment(root / "templates").bytecode_cache = self.compiled
            theme_files.skip_hidden(config.theme)

        from generator.build import plan
        from generator.build.site import FastBuild
        from generator.schemas.entry import LANGUAGES

        config.docs_dir = str(root / plan.DOCS)
        if may_be_fast:
            self.fast = self._or_report(lambda: FastBuild(root, config))
            self.fast.start()
            loaded = self.fast.project
        else:
            loaded = self._checked(root)
            written = plan.write(loaded, config.site_url)
            log.info("%d pages and assets changed, %d unchanged", len(written.changed), written.unchanged)
        config.extra["strings"] = {language: loaded.strings[language] for language in LANGUAGES}
        config.extra["navigation"] = plan.links(loaded)
        config.extra["languages"] = list(LANGUAGES)
        newest = max((entry.checked for entry in loaded.catalogue.entries), default=None)
        if newest:  # MkDocs writes times into the sitemap; a build knows no clock
            os.environ.setdefault("SOURCE_DATE_EPOCH", str(address.epoch(newest)))
        self.finished = False
        if not self.serving:
            self.target = Path(config.site_dir)
            self.staged = swap.staged(self.target)
            config.site_dir = str(self.staged)
            self.built_config = config
        return config

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        server.unwatch(config.docs_dir)  # written by every build
        if self.fast:
            return self._serve_fast(self.fast, server, config)
        for folder in _watched(config):
            server.watch(str(folder))
        return server

    def _serve_fast(self, fast: FastBuild, server: LiveReloadServer, config: MkDocsConfig) -> LiveReloadServer:
        from generator.serve import server as fast_mkdocs_serve
        from generator.serve.pages import Live, rebuilder

        settings = Path(config.config_file_path)
        server.unwatch(str(settings))  # with the observer that is replaced
        changed = fast_mkdocs_serve.watch_at_once(server, [settings, *_watched(config)])
        self.live = Live(fast, functools.partial(fast_mkdocs_serve.reload_browsers, server))
        build = server.builder

        def build_anew() -> FastBuild | None:
            build()
            return self.fast

        server.builder = rebuilder(self.live, settings, build_anew, changed)
        fast_mkdocs_serve.answer_from(server, Path(config.site_dir), self.live.page)
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in list(files):  # what Material's own search needs; the site has another one
            if file.src_uri.startswith(MATERIAL_SEARCH):
                files.remove(file)
        return self.fast.leave_to_mkdocs(files) if self.fast else files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.nav = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        fast, nav = self.fast, self.nav
        if fast and nav:
            self.compiled.receive()
            self.compiled.keep()  # now, while memory is not full yet; what is written takes some too
            env.bytecode_cache = self.compiled
            # A process with threads must not be forked.
            self._or_report(lambda: fast.make(files, nav, env, 1 if self.live else None))
        return env

    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        _use_language(config, page.meta.get("language"))
        context["strings"] = config.extra["strings"].get(page.meta.get("language"))  # type: ignore[typeddict-unknown-key]
        return context

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> TemplateContext:
        language = next((code for code in config.extra["languages"] if template_name.startswith(f"{code}/")), None)
        _use_language(config, language)
        context["language"] = language  # type: ignore[typeddict-unknown-key]
        context["strings"] = config.extra["strings"][language or "en"]  # type: ignore[typeddict-unknown-key]
        if template_name.endswith("404.html"):
            # A host shows this page at any depth, so its addresses start at the root of the site.
            context["base_url"] = address.root_path(config.site_url)
        if self.fast and template_name == "sitemap.xml":
            context["pages"] = self.fast.pages(context["pages"])
        return context

    @event_priority(-100)  # after other plugins, whose files count too
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        built = Path(config.site_dir)
        if self.fast:
            self.fast.finish()
            self.compiled.keep()
        else:
            if self.good is not None:
                from generator.exports import files as outputs

                swap.add(built, outputs.files(self.good, config.site_url))
            headers.write_headers(built)
        self.finished = True

    def on_build_error(self, *, error: Exception) -> None:
        self.finished = False

    def on_shutdown(self) -> None:
        if self.live:
            self.live.end()
        if self.target is None or self.built_config is None:
            return
        staged = self.staged
        self.built_config.site_dir = str(self.target)  # `mkdocs gh-deploy` goes on from here
        if self.finished:
            swap.replace(self.target, staged, self.fast.keep if self.fast else lambda: None)
        else:
            shutil.rmtree(staged, ignore_errors=True)

    def _checked(self, root: Path) -> Project:
        """Return the project when nothing is wrong; while serving, fall back on the last good one."""
        from generator import check
        from generator.content import project

        loaded = project.load(root)
        problems = check.run(loaded)
        if not problems:
            self.good = loaded
            return loaded
        for problem in problems:
            log.error("%s", problem)
        if self.serving and self.good is not None:
            log.error("The pages stay as they were until this is mended.")
            return self.good
        raise _failure(problems)

    def _may_be_fast(self, config: MkDocsConfig) -> bool:
        """Tell whether nobody else has a say in what becomes of a page."""
        return self.config.fast and not self.dirty and list(config.plugins) == ["claude-errors"] and not config.hooks

    def _or_report(self, step: Callable[[], Step]) -> Step:
        """Return what `step` does; what is wrong with the entries is told in the words of a build."""
        from generator.build.site import Broken

        try:
            return step()
        except Broken as broken:
            for problem in broken.problems:
                log.error("%s", problem)
            raise _failure(broken.problems) from None


def _failure(problems: list[Problem]) -> PluginError:
    noun = "problem" if len(problems) == 1 else "problems"
    return PluginError(f"{len(problems)} {noun} in the entries; the site was not built.")


def _templates(root: Path, config: MkDocsConfig) -> list[Piece]:
    """Return what renders HTML and what renders Markdown, and the templates that each will need, the largest piece first."""
    own, custom = root / "templates", Path(config.theme.custom_dir or root)
    files = sorted(own.rglob("*.j2"), key=lambda file: file.stat().st_size, reverse=True)
    pages = [file.relative_to(own).as_posix() for file in files]
    theme = [file.relative_to(custom).as_posix() for file in custom.rglob("*.html")]
    theme += ["main.html", *config.theme.static_templates]
    # Material finds the words of a language, and the icon of a colour scheme, by names that are put together.
    theme += [f"partials/languages/{file.stem}.html" for file in own.glob("strings/*.yml")]
    theme += [f".icons/{scheme['toggle']['icon']}.svg" for scheme in config.theme.get("palette", ()) if "toggle" in scheme]
    return [(functools.partial(_quietly, config.theme.get_env), theme), *((functools.partial(environment, own), [name]) for name in pages)]


def _quietly(make: Callable[[], Step]) -> Step:
    """Return what `make` does; what it is told of, MkDocs tells too."""
    logging.disable()
    try:
        return make()
    finally:
        logging.disable(logging.NOTSET)


def _watched(config: MkDocsConfig) -> list[Path]:
    folders = (Path(config.config_file_path).parent / name for name in WATCHED)
    return [folder for folder in folders if folder.is_dir()]


def _use_language(config: MkDocsConfig, language: str | None) -> None:
    # Material looks its words up in the theme's language while it renders a page; pages are rendered one at a time.
    config.theme["language"] = language or "en"
