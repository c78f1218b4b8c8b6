"""Renders the pages about what programs and readers can use besides the guides: decoder, mock, data; and the way to a language.

Templates get finished values: they look nothing up and decide nothing but layout.
"""

from __future__ import annotations

from generator.content.snippets import API_FOLDER
from generator.render import home_list
from generator.render.base import LABELS, code_block, identity_name
from generator.render.environment import front_matter
from generator.render.guides import Guides
from generator.schemas.entry import LANGUAGES
from generator.text.writer import Writer

#: Guides whose fixed program shows what the mock is for: a retry, a wait, a broken stream, a batch row, an empty account.
MOCK_EXAMPLES = (
    "overloaded_error",
    "rate_limit_input_tokens",
    "stream_interrupted",
    "batch_request_errored",
    "credit_balance_too_low",
)


class Tools(Guides):
    """Renders the pages about tools; that of the mock shows programs of guides."""

    def decode(self, language: str) -> str:
        """Return the Markdown of the page of the decoder."""
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
        return front_matter(meta) + self._render("decode.md.j2", writer)

    def mock(self, language: str) -> str:
        """Return the Markdown of the page about the mock: its scenarios, and programs that it was tried with."""
        writer = Writer(self.project, language)
        by_slug = self.project.catalogue.by_slug
        scenarios = sorted(
            {weather.split(";")[0] for entry in self.project.catalogue.entries for weather in entry.snippets.weather.values()}
            & by_slug.keys()
        )
        chosen = [by_slug[slug].entry for slug in MOCK_EXAMPLES if slug in by_slug]
        examples = [
            {"entry": entry, "weather": entry.snippets.weather.get("fix", ""), "tabs": self._code(entry, writer)} for entry in chosen
        ]
        body = self._render("mock.md.j2", writer, scenarios=[(name, by_slug[name].entry) for name in scenarios], examples=examples)
        meta = {
            "title": writer.t("mock.title"),
            "description": writer.t("mock.lead"),
            "template": "guide.html",
            "language": language,
            "path": f"{language}/mock/",
            "checked": max((entry.checked.isoformat() for entry in chosen), default=None),
            "crumbs": [{"title": writer.t("mock.title")}],
        }
        return front_matter(meta) + body

    def api(self, language: str, site: str) -> str:
        """Return the Markdown of the page about what programs read; `site` is the address of the site."""
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
        checked = max((entry.checked.isoformat() for entry in self.project.catalogue.entries), default=None)
        body = self._render(
            "api.md.j2",
            writer,
            site=site,
            example=next((entry.slug for entry in self.project.catalogue.entries), "slug"),
            fields=fields,
            programs=programs,
            versions=self.versions,
            proved=self._proof_of(code),
        )
        meta = {
            "title": writer.t("api.title"),
            "description": writer.t("api.lead"),
            "template": "guide.html",
            "language": language,
            "path": f"{language}/api/",
            "checked": checked,
            "crumbs": [{"title": writer.t("api.title")}],
        }
        return front_matter(meta) + body

    def llms(self, site: str) -> str:
        """Return the table of contents of the copies, in the form of llmstxt.org."""
        writers = {language: Writer(self.project, language) for language in LANGUAGES}
        groups = home_list.groups(self.project.catalogue.entries)
        pages = self.project.handbook.in_order()
        return self._render(
            "llms.txt.j2", writers["en"], korean=writers["ko"], groups=groups, pages=pages, site=site, identity_name=identity_name
        )

    def chooser(self) -> str:
        """Return the Markdown of `/`, which leads on to a language."""
        checked = max((entry.checked.isoformat() for entry in self.project.catalogue.entries), default=None)
        return front_matter({"title": "claude-errors", "template": "chooser.html", "checked": checked})
