"""What all kinds of pages share: the project, its templates, and the blocks of its programs.

Must not know a page.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from generator.content import proof
from generator.content.project import Shared
from generator.content.snippets import FILES, PAGE_FILES, SnippetSet
from generator.render.environment import environment
from generator.render.html import Builder, RenderedPage, coloured
from generator.schemas.entry import Identity
from generator.system.cache import Cache, digest
from generator.text.writer import VERDICT_STYLES, Writer

#: Suffix of a snippet to the label of its tab.
LABELS = {"py": "Python", "ts": "TypeScript"}

#: Kind of the coloured programs in the cache.
PROGRAMS = "programs"


@dataclasses.dataclass(frozen=True)
class Base:
    """Renders templates with what every page may show."""

    shared: Shared
    cache: Cache
    """Has programs as HTML."""
    versions: Mapping[str, str]
    """Pinned versions of the SDKs, by package."""

    def page(self, template: str, writer: Writer, meta: dict[str, Any], **values: Any) -> RenderedPage:
        """Return the page that a template makes of these values."""
        builder = Builder(self._coloured, lambda title: writer.t("guide.heading_link", title=title))
        html = self.text(template, writer, html=builder, **values)
        return RenderedPage(meta, html, tuple(builder.headings))

    def text(self, template: str, writer: Writer, **values: Any) -> str:
        """Return what a template makes of these values."""
        made = environment(self.shared.root / "templates").get_template(template)
        return made.render(w=writer, t=writer.t, verdict_class=VERDICT_STYLES, **values)

    def _coloured(self, source: str, language: str) -> str:
        key = digest(language, source)
        return self.cache.get_or_make(PROGRAMS, key, lambda: coloured(source, language).encode()).decode()

    def proved(self, code: SnippetSet) -> str | None:
        """Return the day on which all these programs ran as they stand; None when one of them did not."""
        return proof.day(code, self.versions)


def base(shared: Shared, cache: Cache) -> Base:
    """Return the base of all pages of a project."""
    return Base(shared, cache, proof.sdk_versions(shared.root))


def identity_name(main: Identity) -> str:
    """Return status and type as people write them: `429 rate_limit_error`; empty when there is neither."""
    return " ".join(str(part) for part in (main.status, main.type) if part is not None)


def code_block(name: str, shown: str, caption: str, lines: list[int]) -> dict[str, Any]:
    """Return what a template shows of a program: `fence` is what stands around it in Markdown, `lines` are marked."""
    role, language = {**FILES, **PAGE_FILES}[name]
    longest = max((len(line) - len(line.lstrip("`")) for line in shown.splitlines()), default=0) if "`" in shown else 0
    return {"role": role, "language": language, "caption": caption, "lines": lines, "fence": "`" * max(3, longest + 1), "shown": shown}
