"""Renders the pages of `pages/` and those that are computed from facts: glossary, change log, calculators.

Templates get finished values: they look nothing up and decide nothing but layout.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

# What only one kind of page needs is imported where that page is made: most builds make none of them.
from generator.content.handbook import LocatedPage
from generator.content.project import Project
from generator.render.base import LABELS, Base, code_block
from generator.render.html import RenderedPage
from generator.text.writer import MarkdownWriter, Writer

#: Names of the pictures of how long to wait.
WAITING: tuple[Literal["retry_after", "backoff"], ...] = ("retry_after", "backoff")


@dataclasses.dataclass(frozen=True)
class Pages:
    """Renders the hub and what belongs to it."""

    base: Base
    project: Project

    def page(self, language: str, located: LocatedPage) -> RenderedPage:
        """Return a page of `pages/`."""
        page, handbook = located.page, self.project.handbook
        writer = Writer(self.project, language, page, depth=located.path.count("/") + 1)
        hub = handbook.by_path[located.parent].page if located.parent else None
        crumbs = [{"title": writer.plain(hub.name), "path": f"{language}/{located.parent}/"}] if hub else []
        meta: dict[str, Any] = {
            "title": writer.plain(page.title),
            "description": writer.plain(page.lead),
            "template": "guide.html",
            "language": language,
            "path": f"{language}/{located.path}/",
            "kind": page.kind,
            "has_copy": True,
            "checked": page.checked.isoformat(),
            "crumbs": [*crumbs, {"title": writer.plain(page.name)}],
        }
        if page.kind == "HowTo":
            meta["steps"] = [{"title": writer.plain(section.title), "id": section.id} for section in page.sections]
        return self.base.page("page.html.j2", writer, meta, **self._page_values(located))

    def page_copy(self, language: str, located: LocatedPage, site: str) -> str:
        """Return a page of `pages/` as Markdown that is read as it stands; `site` is the address of the site."""
        writer = MarkdownWriter(self.project, language, located.page, site)
        return self.base.text("page-plain.md.j2", writer, site=site, path=located.path, **self._page_values(located))

    def _page_values(self, located: LocatedPage) -> dict[str, Any]:
        """Return what both templates of a page of `pages/` get."""
        from generator.costs import break_even, calculators
        from generator.render import decision
        from generator.render.timeline import lanes

        page, handbook, cards = located.page, self.project.handbook, self.project.cards
        figures = [part.figure for section in page.sections for part in section.parts if part.figure]
        tables = [part.computed for section in page.sections for part in section.parts if part.computed]
        return {
            "page": page,
            "programs": {program.folder: self._program(program.folder) for program in page.programs},
            "parts": handbook.below(located.path),
            "guides": {section.id: [cards[slug] for slug in section.guides] for section in page.sections},
            "picture": decision.picture(self.project.catalogue.entries) if "decision" in figures else None,
            "sizes": {"width": decision.WIDTH, "box": decision.BOX, "left": decision.LEFT_WIDTH, "right": decision.RIGHT_WIDTH},
            "break_even_rows": break_even.rows(self.project.facts) if "break_even" in tables else [],
            "break_even_picture": break_even.picture(self.project.facts, calculators.CACHING.model) if "break_even" in figures else None,
            "lanes": {f"timeline_{name}": lanes(name, self.project.facts) for name in WAITING if f"timeline_{name}" in figures},
            "versions": self.base.versions,
        }

    def _program(self, folder: str) -> dict[str, Any]:
        """Return the tabs of a page's program, and the day on which both of its files ran."""
        found = self.project.page_snippets[f"_{folder}"]
        tabs = [
            {"label": label, **code_block(name, found.files[name].shown, "", [])}
            for suffix, label in LABELS.items()
            if (name := f"program.{suffix}") in found.files
        ]
        return {"tabs": tabs, "proved": self.base.proved(found)}

    def glossary(self, language: str) -> RenderedPage:
        """Return the glossary, its terms in the order of the language."""
        facts = self.project.facts
        writer = Writer(self.project, language, depth=1)
        # Hangul syllables stand in the order of the dictionary; Latin letters come first.
        groups: list[dict[str, Any]] = [
            {"id": group.id, "title": group.title, "terms": sorted(group.terms, key=lambda term: getattr(term, language).lower())}
            for group in facts.glossary.groups
        ]
        checked = facts.glossary.checked.isoformat() if facts.glossary.checked else None
        meta = {
            "title": writer.t("glossary.title"),
            "description": writer.t("glossary.lead"),
            "template": "guide.html",
            "language": language,
            "path": f"{language}/glossary/",
            "kind": "DefinedTermSet",
            "checked": checked,
            "crumbs": [{"title": writer.t("glossary.title")}],
            "terms": [
                {"name": getattr(term, language), "id": term.anchor, "description": writer.plain(term.meaning) if term.meaning else None}
                for group in groups
                for term in group["terms"]
            ],
        }
        return self.base.page("glossary.html.j2", writer, meta, groups=groups, checked=checked)

    def changes(self, language: str) -> RenderedPage:
        """Return the page that says what changed and what was checked when."""
        from generator.render import changes

        writer = Writer(self.project, language, depth=1)
        log = changes.log(self.project)
        meta = {
            "title": writer.t("changes.title"),
            "description": writer.t("changes.lead"),
            "template": "guide.html",
            "language": language,
            "path": f"{language}/changes/",
            "kind": "TechArticle",
            "checked": log.until.isoformat() if log.until else None,
            "crumbs": [{"title": writer.t("changes.title")}],
        }
        guides = {entry.slug: entry for entry in self.project.catalogue.entries}
        pages = {path: located.page for path, located in self.project.handbook.by_path.items()}
        return self.base.page("changes.html.j2", writer, meta, log=log, guides=guides, pages=pages)

    def calculators(self, language: str) -> RenderedPage:
        """Return the page of the calculators."""
        from generator.costs import page as calculator_page

        writer = Writer(self.project, language)
        values = calculator_page.values(self.project.facts, writer)
        meta = {
            "title": writer.t("calculators.title"),
            "description": writer.t("calculators.lead"),
            "template": "calculators.html",
            "language": language,
            "path": f"{language}/calculators/",
            "checked": values["checked"],
            "crumbs": [{"title": writer.t("calculators.title")}],
            "kind": "WebApplication",
            "structured": {
                "applicationCategory": "DeveloperApplication",
                "operatingSystem": "Any",
                "browserRequirements": "JavaScript",
                "isAccessibleForFree": True,
                "offers": {"@type": "Offer", "price": "0", "priceCurrency": "USD"},
                "featureList": [writer.t(f"calculators.{part}.title") for part in ("caching", "failures", "batch")],
            },
        }
        return self.base.page("calculators.html.j2", writer, meta, **values)
