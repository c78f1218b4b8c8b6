"""Puts the theme of MkDocs around the HTML of a page.

One of the doors to MkDocs; uses only names that it does not hide.
"""

from __future__ import annotations

from typing import Any, cast

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from generator.render.html import RenderedPage, toc_tokens

#: Settings of this run, and objects that are told apart by what made them.
_OF_THE_RUN = {"config_file_path", "docs_dir", "hooks", "plugins", "site_dir", "strict", "theme", "watch"}


def settings(config: MkDocsConfig) -> str:
    """Return everything that the configuration says and a page may depend on, as text."""
    own = {name: value for name, value in config.items() if name not in _OF_THE_RUN}
    theme = {name: config.theme[name] for name in config.theme}
    return repr((sorted(own.items()), config.theme.name, sorted(theme.items())))


class Theme:
    """Makes whole pages, one after the other, of what MkDocs has ready when it calls the hook `on_env`."""

    def __init__(self, config: MkDocsConfig, nav: Navigation, env: Any) -> None:
        self.config, self._nav, self._env = config, nav, env

    def reads_templates_again(self) -> None:
        """Let a template whose file changed be read again; MkDocs makes a new environment for every build instead."""
        self._env.auto_reload = True

    @property
    def own_names(self) -> list[str]:
        """Return the paths of the HTML files that MkDocs makes itself in a build."""
        return ["index.html", *(name for name in self.config.theme.static_templates if name.endswith(".html"))]

    def own_files(self, chooser: RenderedPage) -> dict[str, str]:
        """Return what MkDocs makes itself in a build: the templates of the theme that are no page, and `/`."""
        found = {"index.html": self.html("index.md", chooser)}
        for name in self.config.theme.static_templates:
            context = get_context(self._nav, [], self.config, base_url=get_relative_url(".", name))
            context = self.config.plugins.on_template_context(context, template_name=name, config=self.config)
            found[name] = str(self._env.get_template(name).render(context))
        return found

    def html(self, path: str, rendered: RenderedPage) -> str:
        """Return the page with this name among the sources of MkDocs, as it stands in the site."""
        page = Page(None, file_of(path, self.config), self.config)
        fill(page, rendered)
        page.active = True
        context = get_context(self._nav, [], self.config, page)
        context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self._nav)
        return str(self._env.get_template(page.meta.get("template", "main.html")).render(context))


def file_of(path: str, config: MkDocsConfig) -> File:
    """Return the source of a page, which has no content of its own."""
    return File.generated(config, path, content="")


def fill(page: Page, rendered: RenderedPage) -> None:
    """Give a page of MkDocs what was rendered of it."""
    page.meta, page.content = dict(rendered.meta), rendered.html
    page.toc = get_toc(cast(Any, toc_tokens(rendered.headings)))
