"""Renders the pages about what programs and readers can use besides the guides: decoder, mock, data; and the way to a language.

Templates get finished values: they look nothing up and decide nothing but layout.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from generator.content.project import Project
from generator.content.snippets import API_FOLDER
from generator.render import lists
from generator.render.base import LABELS, Base, code_block, identity_name
from generator.render.guides import Guides
from generator.render.html import RenderedPage
from generator.schemas.entry import LANGUAGES, Entry
from generator.text.writer import VERDICT_STYLES, Writer

#: Guides whose fixed program shows what the mock is for: a retry, a wait, a broken stream, a batch row, an empty account.
MOCK_EXAMPLES = (
    "overloaded_error",
    "rate_limit_input_tokens",
    "stream_interrupted",
    "batch_request_errored",
    "credit_balance_too_low",
)


@dataclasses.dataclass(frozen=True)
class Tools:
    """Renders the home page and the pages about tools; that of the mock shows programs of guides."""

    base: Base
    project: Project
    guides: Guides

    def index(self, language: str) -> RenderedPage:
        """Return the home page of a language: what is asked for most, then all errors by status."""
        writer = Writer(self.project, language)
        entries = self.project.catalogue.entries
        meta = {
            "title": writer.t("home.title"),
            "description": writer.t("home.description"),
            "template": "home.html",
            "language": language,
            "path": f"{language}/",
            "checked": _newest(entries),
            "hide": ["toc"],
        }
        shared = self.project.shared
        cards = (*shared.cards.values(), *shared.shorts.values())
        used = {card.retry for card in cards}
        return self.base.page(
            "index.html.j2",
            writer,
            meta,
            frequent=lists.frequent(shared, "home"),
            groups=lists.home(shared),
            count=len(cards),
            verdicts=[verdict for verdict in VERDICT_STYLES if verdict in used],
            said=lists.said,
        )

    def decode(self, language: str) -> RenderedPage:
        """Return the page of the decoder."""
        writer = Writer(self.project, language)
        meta = {
            "title": writer.t("decode.title"),
            "description": writer.t("decode.lead"),
            "template": "decode.html",
            "language": language,
            "path": f"{language}/decode/",
            "crumbs": [{"title": writer.t("decode.title")}],
            "hide": ["toc"],
        }
        return self.base.page("decode.html.j2", writer, meta)

    def mock(self, language: str) -> RenderedPage:
        """Return the page about the mock: its scenarios, and programs that it was tried with."""
        writer = Writer(self.project, language)
        by_slug = self.project.catalogue.by_slug
        scenarios = sorted(
            {weather.split(";")[0] for entry in self.project.catalogue.entries for weather in entry.snippets.weather.values()}
            & by_slug.keys()
        )
        chosen = [by_slug[slug].entry for slug in MOCK_EXAMPLES if slug in by_slug]
        examples = [
            {"entry": entry, "weather": entry.snippets.weather.get("fix", ""), "tabs": self.guides.code(entry, writer)} for entry in chosen
        ]
        meta = {
            "title": writer.t("mock.title"),
            "description": writer.t("mock.lead"),
            "template": "guide.html",
            "language": language,
            "path": f"{language}/mock/",
            "checked": _newest(chosen),
            "crumbs": [{"title": writer.t("mock.title")}],
        }
        named = [(name, by_slug[name].entry) for name in scenarios]
        return self.base.page("mock.html.j2", writer, meta, scenarios=named, examples=examples)

    def api(self, language: str, site: str) -> RenderedPage:
        """Return the page about what programs read; `site` is the address of the site."""
        from generator.schemas.published import Error, Message, Model, Pending, Verdict

        writer = Writer(self.project, language)
        code = self.project.page_snippets[API_FOLDER]
        programs = [
            {"label": label, **code_block(snippet.name, snippet.shown, f"look_up.{suffix}", [])}
            for suffix, label in LABELS.items()
            if (snippet := code.files.get(f"program.{suffix}"))
        ]
        models: dict[str, type[Model]] = {"error": Error, "verdict": Verdict, "message": Message, "pending": Pending}
        fields = {name: [field.alias or key for key, field in model.model_fields.items()] for name, model in models.items()}
        meta = {
            "title": writer.t("api.title"),
            "description": writer.t("api.lead"),
            "template": "guide.html",
            "language": language,
            "path": f"{language}/api/",
            "checked": _newest(self.project.catalogue.entries),
            "crumbs": [{"title": writer.t("api.title")}],
        }
        return self.base.page(
            "api.html.j2",
            writer,
            meta,
            site=site,
            example=next((entry.slug for entry in self.project.catalogue.entries), "slug"),
            fields=fields,
            programs=programs,
            versions=self.base.versions,
            proved=self.base.proved(code),
        )

    def llms(self, site: str) -> str:
        """Return the table of contents of the copies, in the form of llmstxt.org."""
        writers = {language: Writer(self.project, language) for language in LANGUAGES}
        groups = _by_status(self.project.catalogue.entries)
        pages = self.project.handbook.in_order()
        return self.base.text(
            "llms.txt.j2", writers["en"], korean=writers["ko"], groups=groups, pages=pages, site=site, identity_name=identity_name
        )

    def chooser(self) -> RenderedPage:
        """Return `/`, which leads on to a language."""
        return RenderedPage({"title": "claude-errors", "template": "chooser.html", "checked": _newest(self.project.catalogue.entries)})


def _newest(entries: Iterable[Entry]) -> str | None:
    """Return the newest day on which one of the entries was checked."""
    return max((entry.checked.isoformat() for entry in entries), default=None)


def _by_status(entries: Iterable[Entry]) -> list[tuple[int | None, list[Entry]]]:
    """Return the entries by status, statuses in order and errors without one last; an umbrella page stands before its members."""
    found: dict[int | None, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.family or entry.slug, entry.family is not None, entry.slug)):
        found.setdefault(entry.main.status, []).append(entry)
    return sorted(found.items(), key=lambda item: (item[0] is None, item[0] or 0))
