"""The MkDocs plugin: pages from entries before a build, what programs read and headers after it.

The only module that imports mkdocs. A build goes into a folder beside `site/`
and takes its place only when all went well, so a failed one loses nothing.
"""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator import lint, navigation, outputs, project, publish, site
from generator.project import Project
from generator.schema import LANGUAGES

log = logging.getLogger("mkdocs.plugins.claude_errors")

#: What an author edits; a change in one of them rebuilds the served site.
WATCHED = ("errors", "facts", "pages", "snippets", "templates")

#: Folders of the theme that nothing here asks for.
MATERIAL_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin has no options: everything it needs stands in the project's folders."""


class ClaudeErrorsPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Hooks in the order in which MkDocs calls them."""

    def __init__(self) -> None:
        self.serving = False
        self.target: Path | None = None
        self.good: Project | None = None
        self.finished = False
        self.built_config: MkDocsConfig | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        # Having this hook also makes MkDocs keep the plugin, and `good` with it, between rebuilds.
        self.serving = command == "serve"

    @event_priority(100)  # before other plugins read the configuration
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent
        loaded = self._checked(root)
        written = site.write(loaded, config.site_url)
        log.info("%d pages and assets changed, %d unchanged", len(written.changed), written.unchanged)
        config.docs_dir = str(root / site.DOCS)
        config.extra["strings"] = {language: loaded.strings[language] for language in LANGUAGES}
        config.extra["navigation"] = {language: navigation.links(loaded, language, _paths(root, language)) for language in LANGUAGES}
        config.extra["languages"] = list(LANGUAGES)
        newest = max((entry.checked for entry in loaded.catalogue.entries), default=None)
        if newest:  # MkDocs writes times into the sitemap; a build knows no clock
            os.environ.setdefault("SOURCE_DATE_EPOCH", str(publish.epoch(newest)))
        self.finished = False
        if not self.serving:
            self.target = Path(config.site_dir)
            config.site_dir = str(self.target.parent / f".{self.target.name}.next")
            self.built_config = config
        return config

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        server.unwatch(config.docs_dir)  # written by every build
        for folder in WATCHED:
            server.watch(str(Path(config.config_file_path).parent / folder))
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in list(files):  # what Material's own search needs; the site has another one
            if file.src_uri.startswith(MATERIAL_SEARCH):
                files.remove(file)
        return files

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
            context["base_url"] = publish.root_path(config.site_url)
        return context

    @event_priority(-100)  # after other plugins, whose files count too
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        built = Path(config.site_dir)
        if self.good is not None:
            publish.add(built, outputs.files(self.good, config.site_url))
        publish.write_headers(built)
        self.finished = True

    def on_build_error(self, *, error: Exception) -> None:
        self.finished = False

    def on_shutdown(self) -> None:
        if self.target is None or self.built_config is None:
            return
        staged = self.target.parent / f".{self.target.name}.next"
        self.built_config.site_dir = str(self.target)  # `mkdocs gh-deploy` goes on from here
        if self.finished:
            publish.replace(self.target, staged)
        else:
            shutil.rmtree(staged, ignore_errors=True)

    def _checked(self, root: Path) -> Project:
        """Return the project when nothing is wrong; while serving, fall back on the last good one."""
        loaded = project.load(root)
        problems = lint.run(loaded)
        if not problems:
            self.good = loaded
            return loaded
        for problem in problems:
            log.error("%s", problem)
        if self.serving and self.good is not None:
            log.error("The pages stay as they were until this is mended.")
            return self.good
        noun = "problem" if len(problems) == 1 else "problems"
        raise PluginError(f"{len(problems)} {noun} in the entries; the site was not built.")


def _paths(root: Path, language: str) -> set[str]:
    """Return the addresses below a language of the pages that were written."""
    folder = root / site.DOCS / language
    return {file.relative_to(folder).with_suffix("").as_posix() for file in folder.rglob("*.md")}


def _use_language(config: MkDocsConfig, language: str | None) -> None:
    # Material looks its words up in the theme's language while it renders a page; pages are rendered one at a time.
    config.theme["language"] = language or "en"
