"""Writes the texts of one page in one language, and keeps count of the sources that they cite.

Must not know about templates or the order of a page.
"""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Callable

from generator.content.project import Shared
from generator.schemas.entry import LANGUAGES, Entry, Source, Text
from generator.schemas.page import Page
from generator.text import inline as markup

#: Verdict to the name that the style sheet uses.
VERDICT_STYLES = {
    "never": "never",
    "after_change": "change",
    "after_delay": "delay",
    "backoff": "backoff",
    "conditional": "cond",
}


@dataclasses.dataclass(frozen=True)
class CitedSource:
    """One row of the list of sources: a page, and each day on which it was read."""

    title: str
    url: str | None
    read: tuple[str, ...]
    note: str


class Writer:
    """Writes the texts of one page in one language and remembers which sources they cite."""

    def __init__(self, project: Shared, language: str, entry: Entry | Page | None = None, depth: int = 2) -> None:
        self.project = project
        self.language = language
        self.t = project.strings[language]
        self.up = "../" * depth
        """From the page, which stands `depth` folders below that of its language, back to that folder."""
        self._own_sources = entry.sources if entry else {}
        self._cited: dict[str, list[Source]] = {}
        self._numbers: dict[str, int] = {}
        self._marks: dict[tuple[int, ...], str] = {}

    def raw(self, text: Text) -> str:
        """Return the text of this language with its facts put in; their sources count as cited."""
        raw: str = getattr(text, self.language)
        for path in markup.references(raw):
            for source_id in self.project.facts.grouped[path].source_ids:
                self.cite(source_id)
        return markup.with_facts(raw, self.project.facts.written)

    def inline(self, text: Text) -> str:
        """Return the text as inline HTML, what it cites at its end."""
        return self._with_citations(self.raw(text))

    def paragraphs(self, text: Text) -> list[str]:
        """Return the inline HTML of each paragraph of the text, what it cites at its end."""
        parts = self.raw(text).split("\n\n")
        return [self._with_citations(part) for part in parts if part.strip()]

    def _with_citations(self, part: str) -> str:
        cited: list[str] = []

        def collect(source_id: str) -> str:
            cited.append(source_id)
            return ""

        return self._written(part, collect) + self.citation(*cited)

    def _written(self, part: str, cite: Callable[[str], str]) -> str:
        return markup.to_html(part, link=self.address, cite=cite)

    def address(self, target: str) -> str:
        """Return the address of a guide (its slug) or of another page (`page:handling/streams#go-on`), as seen from this page."""
        if target.startswith(markup.PAGE_SCHEME):
            path, _, anchor = target.removeprefix(markup.PAGE_SCHEME).partition("#")
            return f"{self.up}{path}/{'#' if anchor else ''}{anchor}"
        return f"{self.up}errors/{target}/"

    def no_wait(self, retry: str) -> str:
        """Return what stands where there is no time to wait: that none is needed or, where the request has to change, that it is no use."""
        return self.t("wait.useless" if retry in ("never", "after_change") else "wait.none")

    def plain(self, text: Text) -> str:
        """Return the text without markup; cites nothing."""
        return markup.plain(markup.with_facts(getattr(text, self.language), self.project.facts.written))

    def when(self, day: str) -> str:
        """Return a year, month or day (`2026`, `2026-10`, `2026-10-21`) as the language writes it."""
        year, *rest = day.split("-")
        if len(rest) == 1:
            return self.t("when.month", y=year, m=self.t(f"months.{rest[0]}"))
        return self.t("when.day", day=day) if rest else self.t("when.year", y=year)

    def search_text(self, entry: Entry) -> str:
        """Return what the filter of the home page looks through: the title in both languages and all names."""
        facts = self.project.facts
        titles = (markup.plain(markup.with_facts(getattr(entry.title, language), facts.written)) for language in LANGUAGES)
        return " ".join((*titles, *search_words(entry))).lower()

    def cite(self, source_id: str) -> int:
        """Return the number, from 1, under which the page lists the source."""
        if source_id not in self._numbers:
            source = self._own_sources.get(source_id) or self.project.facts.sources[source_id]
            key = source.url or source_id
            read = self._cited.setdefault(key, [])
            if source not in read:
                read.append(source)
            self._numbers[source_id] = list(self._cited).index(key) + 1
        return self._numbers[source_id]

    def source(self, source_id: str) -> Source:
        """Return a source; cites it."""
        self.cite(source_id)
        return self._own_sources.get(source_id) or self.project.facts.sources[source_id]

    def cited(self) -> list[CitedSource]:
        """Return the sources cited so far, in the order of their numbers."""
        return [self._listed(group) for group in self._cited.values()]

    def _listed(self, group: list[Source]) -> CitedSource:
        first = group[0]
        title = first.title if isinstance(first.title, str) else self.plain(first.title)
        note = " ".join(self.plain(source.read_note) for source in group if source.read_note)
        return CitedSource(title, first.url, tuple(sorted({source.read.isoformat() for source in group}, reverse=True)), note)

    def citation(self, *source_ids: str) -> str:
        """Return one mark that leads to the sources, as HTML; cites them. Empty without one."""
        if not source_ids:
            return ""
        numbers = tuple(sorted({self.cite(source_id) for source_id in source_ids}))
        if numbers not in self._marks:
            named = ", ".join(str(number) for number in numbers)
            label = html.escape(self.t("guide.source_numbers" if len(numbers) > 1 else "guide.source_number", n=named))
            also = f' data-sources="{" ".join(str(number) for number in numbers)}"' if len(numbers) > 1 else ""
            self._marks[numbers] = f'<sup class="ce-cite"><a href="#source-{numbers[0]}"{also} aria-label="{label}">{named}</a></sup>'
        return self._marks[numbers]


class MarkdownWriter(Writer):
    """Writes texts as Markdown instead of HTML, with absolute addresses: for the copies beside the pages."""

    def __init__(self, project: Shared, language: str, entry: Entry | Page, site: str) -> None:
        super().__init__(project, language, entry)
        self.site = site

    def inline(self, text: Text) -> str:
        """Return the text as one line of Markdown."""
        return " ".join(self.paragraphs(text))

    def _written(self, part: str, cite: Callable[[str], str]) -> str:
        return markup.to_markdown(part, link=self.address, cite=cite)

    def citation(self, *source_ids: str) -> str:
        """Return the numbers of the sources in brackets; cites them. Empty without one."""
        numbers = sorted({self.cite(source_id) for source_id in source_ids})
        return f"[{', '.join(str(number) for number in numbers)}]" if numbers else ""

    def address(self, target: str) -> str:
        """Return the absolute address of the Markdown copy of a guide, or of another page."""
        if target.startswith(markup.PAGE_SCHEME):
            path, _, anchor = target.removeprefix(markup.PAGE_SCHEME).partition("#")
            return f"{self.site}{self.language}/{path}/{'#' if anchor else ''}{anchor}"
        return f"{self.site}{self.language}/errors/{target}/index.md"


def search_words(entry: Entry) -> list[str]:
    """Return what people may type to find the entry: its names, codes, classes and aliases."""
    names: list[str] = [entry.slug]
    for identity in entry.identities:
        names += [str(part) for part in (identity.status, identity.type, identity.error_code) if part is not None]
    return list(dict.fromkeys([*names, *entry.exceptions.python, *entry.exceptions.typescript, *entry.aliases, *entry.redirect_from]))
