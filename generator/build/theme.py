"""Builds the pages of a site as MkDocs does, byte for byte, on all cores.

With `fast_mkdocs_serve` the only module that uses what MkDocs 1.6.1 does not promise to keep:

- `Page.render` makes a Markdown converter for every page. Here one converter does all; so its three
  processors of `mkdocs.structure.pages` are put into it once, and told which page comes next.
- Its `_RawHTMLPreprocessor` reads the whole HTML of every page for the ids in it, a sixth of the work
  on a page; only a link from another page's Markdown to one of them needs it, and then it is done.
- Nearly all pages hold nothing that `QuickMarkdown` does not convert; it does not even ask those processors.
- `_build_page` writes what `get_context` and the theme's template give. That is done here too, without
  its hooks, of which only those of this plugin exist: with another plugin MkDocs does its own work.

`plugins: [claude-errors: {fast: false}]` leaves everything to MkDocs; a test compares the two.
"""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import markdown  # type: ignore[import-untyped]
from mkdocs.commands import build as commands
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages as internals
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import meta as front_matter

from generator.build.quick_markdown import QuickMarkdown

__all__ = ["File", "Files", "MkDocsConfig", "Navigation", "PageMaker"]

log = logging.getLogger("mkdocs.plugins.claude_errors")

#: A line of the front matter that `render` writes: JSON, which is YAML too.
_FRONT_MATTER = re.compile(r"---\n((?:[a-z_]+: .*\n)*)---\n\n*")
#: Settings of this run, and objects that are told apart by what made them.
_OF_THE_RUN = {"config_file_path", "docs_dir", "hooks", "plugins", "site_dir", "strict", "theme", "watch"}


def settings(config: MkDocsConfig) -> str:
    """Return everything that the configuration says and a page may depend on, as text."""
    own = {name: value for name, value in config.items() if name not in _OF_THE_RUN}
    theme = {name: config.theme[name] for name in config.theme}
    return repr((sorted(own.items()), config.theme.name, sorted(theme.items())))


class _Converter:
    """Python-Markdown with the processors of MkDocs."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self.markdown = markdown.Markdown(
            extensions=config["markdown_extensions"],
            extension_configs=config["mdx_configs"] or {},
        )
        self.anchors = internals._ExtractAnchorsTreeprocessor(None, files, config)  # type: ignore[arg-type]
        self.links = internals._RelativePathTreeprocessor(None, files, config)  # type: ignore[arg-type]
        self.title = internals._ExtractTitleTreeprocessor()
        for extension in (self.anchors, self.links, self.title):
            extension._register(self.markdown)
        self.quick = QuickMarkdown(self.markdown)


class PageMaker:
    """Makes the HTML of pages, one after the other."""

    def __init__(self, config: MkDocsConfig, files: Files, nav: Navigation, env: Any) -> None:
        self.config, self.files, self.nav, self.env = config, files, nav, env

    @functools.cached_property
    def _converter(self) -> _Converter:
        """What converts; a build that makes no page has no use for it."""
        return _Converter(self.config, self.files)

    def get_ready(self) -> None:
        """Set up what makes a page now."""
        _ = self._converter

    def make(self, file: File, text: str) -> Page:
        """Return the page of `file`, converted from the Markdown `text`; its HTML comes from `html`."""
        converter = self._converter
        page = Page(None, file, self.config)
        page.markdown, page.meta = _read(text)
        converter.anchors.present_anchor_ids = set()
        converter.links.file, converter.links.links_to_anchors = file, {}
        converted = converter.quick.convert(page.markdown) if "title" in page.meta else None  # else its first heading would be one
        if converted is not None:
            page.content, page.toc, page.links_to_anchors = converted.html, get_toc(cast(Any, converted.tokens)), {}
            return page
        converter.anchors.present_anchor_ids, converter.links.links_to_anchors, converter.title.title = set(), {}, None
        converter.markdown.reset()
        page.content = converter.markdown.convert(page.markdown)
        page.toc = get_toc(getattr(converter.markdown, "toc_tokens", []))
        page._title_from_render = converter.title.title
        page.links_to_anchors = converter.links.links_to_anchors
        # The permalinks of a page's headings are the usual ones, and need no second look.
        if all(target is file and set(links) <= converter.anchors.present_anchor_ids for target, links in page.links_to_anchors.items()):
            page.links_to_anchors = {}
        return page

    def html(self, page: Page) -> bytes:
        """Return the page as it stands in the site; empty when its template gives nothing."""
        page.active = True
        context = get_context(self.nav, [], self.config, page)
        template = self.env.get_template(page.meta.get("template", "main.html"))
        context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=self.nav)
        output = str(template.render(context))
        page.active = False
        return output.encode("utf-8", errors="xmlcharrefreplace") if output.strip() else b""


def warn_of_anchors(maker: PageMaker, page: Page, text_of: Callable[[str], str]) -> None:
    """Warn, as MkDocs does, of links of `page` to anchors that are not there; `text_of` gives the Markdown of a page by its path."""
    for target in page.links_to_anchors or {}:
        with kept_messages():  # what is wrong with that page is told when its own turn comes
            stock = Page(None, target, maker.config)
            stock.markdown, stock.meta = _read(text_of(target.src_uri))
            stock.render(maker.config, maker.files)
    page.validate_anchor_links(files=maker.files, log_level=maker.config.validation.links.anchors)


def files_with(files: Files, paths: Iterable[str], config: MkDocsConfig) -> Files:
    """Return `files` and the pages at `paths`, in the order in which MkDocs finds them in a folder."""
    pages = [
        File(path, config.docs_dir, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
        for path in sorted(paths, key=_place)
    ]
    return Files([*pages, *(file for file in files if not file.is_documentation_page())])


def build_templates(config: MkDocsConfig, env: Any, files: Files, nav: Navigation, page: str) -> None:
    """Build again the templates of the theme that are no page, such as 404.html, and the page that MkDocs builds itself."""
    for name in config.theme.static_templates:
        commands._build_theme_template(name, env, files, config, nav)
    file = files.get_file_from_path(page)
    if file is not None and file.page is not None:
        file.page = None
        file.page = Page(None, file, config)
        commands._populate_page(file.page, config, files)
        commands._build_page(file.page, config, files.documentation_pages(), nav, env)


def set_front_matter(file: File, meta: dict[str, Any], config: MkDocsConfig) -> None:
    """Give a file the page that a template of the site asks for its front matter."""
    Page(None, file, config).meta = meta


def _place(path: str) -> list[tuple[int, str | bool, str]]:
    *folders, name = path.split("/")
    return [*((1, folder, "") for folder in folders), (0, name.split(".")[0] not in ("index", "README"), name)]


def _read(text: str) -> tuple[str, dict[str, Any]]:
    """Return body and front matter, as MkDocs reads them."""
    if match := _FRONT_MATTER.match(text):
        with contextlib.suppress(ValueError):
            lines = (line.split(": ", 1) for line in match.group(1).splitlines())
            return text[match.end() :], {key: json.loads(value) for key, value in lines}
    body, found = front_matter.get_data(text)
    return body, found


@contextlib.contextmanager
def kept_messages() -> Iterator[list[list[Any]]]:
    """Keep what MkDocs logs, as lists of (logger, level, message), instead of showing it: a worker has nowhere to show it."""
    kept: list[list[Any]] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append([record.name, record.levelno, record.getMessage()])

    logger, keeper = logging.getLogger("mkdocs"), Keeper()
    handlers, propagates = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [keeper], False
    try:
        yield kept
    finally:
        logger.handlers, logger.propagate = handlers, propagates


def show_messages(kept: list[list[Any]]) -> None:
    """Log what was kept."""
    for name, level, message in kept:
        logging.getLogger(name).log(level, "%s", message)


def read_templates_again(env: Any) -> None:
    """Let a template whose file changed be read again; MkDocs makes a new environment for every build instead."""
    env.auto_reload = True
