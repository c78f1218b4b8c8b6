"""Renders the pages of one language as Markdown.

The only module that imports jinja2. Templates get finished values: they look
nothing up and decide nothing but layout. Must not write files.
"""

from __future__ import annotations

import functools
import html
import json
import re
from pathlib import Path
from typing import Any, Literal

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator import break_even, calculator_page, calculators, changes, decision, guide_list
from generator.api_schema import Error, Message, Model, Pending, Verdict
from generator.handbook import LocatedPage
from generator.markup import escaped
from generator.project import Project
from generator.report import proof
from generator.response import response_json
from generator.schema import LANGUAGES, Entry
from generator.signature import fill, pieces
from generator.snippets import API_FOLDER, FILES, PAGE_FILES, SnippetSet
from generator.timeline import lanes
from generator.versions import sdk_versions
from generator.writer import VERDICT_STYLES, MarkdownWriter, Writer

#: Guides whose fixed program shows what the mock is for: a retry, a wait, a broken stream, a batch row, an empty account.
MOCK_EXAMPLES = (
    "overloaded_error",
    "rate_limit_input_tokens",
    "stream_interrupted",
    "batch_request_errored",
    "credit_balance_too_low",
)
#: Names of the pictures of how long to wait.
WAITING: tuple[Literal["retry_after", "backoff"], ...] = ("retry_after", "backoff")
#: More next steps than these would hide the nearest ones.
MOST_SECTIONS = 5
#: A jump bar with more links would be a second table of contents.
JUMP_LINKS = 3


#: Suffix of a snippet to the label of its tab.
LABELS = {"py": "Python", "ts": "TypeScript"}


class _Sandbox(ImmutableSandboxedEnvironment):
    """Asks once for each type and name what a template may look at, which else takes a fifth of the time of a page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may read `attr` of `obj`; the rules of jinja2 look at nothing but its type."""
        key = (type(obj), attr)
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]


@functools.lru_cache(maxsize=8)
def _environment(folder: Path) -> _Sandbox:
    """Return what renders the templates of a folder; it reads a template again when its file changed."""
    environment = _Sandbox(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["e"] = html.escape
    environment.filters["message_html"] = message_html
    environment.filters["breakable"] = breakable
    environment.filters["heading"] = heading
    environment.filters["template_html"] = template_html
    environment.filters["words_markdown"] = words_markdown
    environment.filters["code_span"] = code_span
    environment.filters["escaped"] = escaped
    return environment


class Renderer:
    """Renders every kind of page from the templates of the project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.environment = _environment(project.root / "templates")
        self.versions = sdk_versions(project.root)
        self.proof = proof(project.root)

    def guide(self, language: str, entry: Entry) -> str:
        """Return the Markdown of the guide for `entry`."""
        writer = Writer(self.project, language, entry)
        family = self.project.catalogue.by_slug[entry.family].entry if entry.family else None
        body = self._render("guide.md.j2", writer, **self._guide_values(entry, writer))
        return front_matter(self._guide_meta(entry, writer, family)) + body

    def copy(self, language: str, entry: Entry, site: str) -> str:
        """Return the guide for `entry` as Markdown that is read as it stands; `site` is the address of the site."""
        writer = MarkdownWriter(self.project, language, entry, site)
        return self._render("guide-plain.md.j2", writer, site=site, **self._guide_values(entry, writer))

    def llms(self, site: str) -> str:
        """Return the table of contents of the copies, in the form of llmstxt.org."""
        writers = {language: Writer(self.project, language) for language in LANGUAGES}
        groups = guide_list.groups(self.project.catalogue.entries)
        pages = self.project.handbook.in_order()
        return self._render(
            "llms.txt.j2", writers["en"], korean=writers["ko"], groups=groups, pages=pages, site=site, identity_name=identity_name
        )

    def index(self, language: str) -> str:
        """Return the Markdown of the home page of `language`: all guides by status and type."""
        writer = Writer(self.project, language)
        entries = self.project.catalogue.entries
        groups = guide_list.cut(guide_list.groups(entries))
        body = self._render("index.md.j2", writer, groups=groups, count=len(entries), filters=_filters(entries))
        meta = {
            "title": writer.t("home.title"),
            "description": writer.t("home.description"),
            "template": "home.html",
            "language": language,
            "path": f"{language}/",
            "checked": max((entry.checked.isoformat() for entry in entries), default=None),
            "hide": ["toc"],
        }
        return front_matter(meta) + body

    def mock(self, language: str) -> str:
        """Return the Markdown of the page about the mock: its scenarios, and programs that it was tried with."""
        writer = Writer(self.project, language)
        by_slug = self.project.catalogue.by_slug
        scenarios = sorted(
            {weather.split(";")[0] for item in by_slug.values() for weather in item.entry.snippets.weather.values()} & by_slug.keys()
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

    def api(self, language: str, site: str) -> str:
        """Return the Markdown of the page about what programs read; `site` is the address of the site."""
        writer = Writer(self.project, language)
        code = self.project.page_snippets[API_FOLDER]
        programs = [
            {"label": label, **_block(snippet.name, snippet.shown, f"look_up.{suffix}", [])}
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

    def page(self, language: str, located: LocatedPage) -> str:
        """Return the Markdown of a page of `pages/`."""
        page, handbook = located.page, self.project.handbook
        writer = Writer(self.project, language, page, depth=located.path.count("/") + 1)
        body = self._render("page.md.j2", writer, **self._page_values(located))
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
        return front_matter(meta) + body

    def page_copy(self, language: str, located: LocatedPage, site: str) -> str:
        """Return a page of `pages/` as Markdown that is read as it stands; `site` is the address of the site."""
        writer = MarkdownWriter(self.project, language, located.page, site)
        return self._render("page-plain.md.j2", writer, site=site, path=located.path, **self._page_values(located))

    def glossary(self, language: str) -> str:
        """Return the Markdown of the glossary, its terms in the order of the language."""
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
        return front_matter(meta) + self._render("glossary.md.j2", writer, groups=groups, checked=checked)

    def changes(self, language: str) -> str:
        """Return the Markdown of the page that says what changed and what was checked when."""
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
        return front_matter(meta) + self._render("changes.md.j2", writer, log=log, guides=guides, pages=pages)

    def _page_values(self, located: LocatedPage) -> dict[str, Any]:
        """Return what both templates of a page of `pages/` get."""
        page, handbook, catalogue = located.page, self.project.handbook, self.project.catalogue
        figures = [part.figure for section in page.sections for part in section.parts if part.figure]
        tables = [part.computed for section in page.sections for part in section.parts if part.computed]
        return {
            "page": page,
            "programs": {program.folder: self._program(program.folder) for program in page.programs},
            "parts": handbook.below(located.path),
            "guides": {section.id: [catalogue.by_slug[slug].entry for slug in section.guides] for section in page.sections},
            "picture": decision.picture(catalogue.entries) if "decision" in figures else None,
            "sizes": {"width": decision.WIDTH, "box": decision.BOX, "left": decision.LEFT_WIDTH, "right": decision.RIGHT_WIDTH},
            "break_even_rows": break_even.rows(self.project.facts) if "break_even" in tables else [],
            "break_even_picture": break_even.picture(self.project.facts, calculators.CACHING.model) if "break_even" in figures else None,
            "lanes": {f"timeline_{name}": lanes(name, self.project.facts) for name in WAITING if f"timeline_{name}" in figures},
            "versions": self.versions,
        }

    def _program(self, folder: str) -> dict[str, Any]:
        """Return the tabs of a page's program, and the day on which both of its files ran."""
        found = self.project.page_snippets[f"_{folder}"]
        tabs = [
            {"label": label, **_block(name, found.files[name].shown, "", [])}
            for suffix, label in LABELS.items()
            if (name := f"program.{suffix}") in found.files
        ]
        return {"tabs": tabs, "proved": self._proof_of(found)}

    def calculators(self, language: str) -> str:
        """Return the Markdown of the page of the calculators."""
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
        return front_matter(meta) + self._render("calculators.md.j2", writer, **values)

    def chooser(self) -> str:
        """Return the Markdown of `/`, which leads on to a language."""
        checked = max((entry.checked.isoformat() for entry in self.project.catalogue.entries), default=None)
        return front_matter({"title": "claude-errors", "template": "chooser.html", "checked": checked})

    def redirect(self, language: str, entry: Entry) -> str:
        """Return the Markdown of a page that leads from an earlier slug to `entry`."""
        writer = Writer(self.project, language, entry)
        meta = {
            "title": writer.plain(entry.title),
            "template": "redirect.html",
            "language": language,
            "target": f"{language}/errors/{entry.slug}/",
        }
        return front_matter(meta)

    def _render(self, template: str, writer: Writer, **values: Any) -> str:
        return self.environment.get_template(template).render(w=writer, t=writer.t, verdict_class=VERDICT_STYLES, **values)

    def _guide_values(self, entry: Entry, writer: Writer) -> dict[str, Any]:
        """Return what both templates of a guide get."""
        catalogue = self.project.catalogue
        members = catalogue.members(entry.slug)
        related = [catalogue.by_slug[slug].entry for slug in entry.related]
        family = catalogue.by_slug[entry.family].entry if entry.family else None
        siblings = [member for member in catalogue.members(entry.family) if member != entry] if entry.family else []
        listed = [item for item in (family, *siblings, *related) if item is not None]
        return {
            "entry": entry,
            "members": members,
            "pending": catalogue.pending(entry),
            "sections": self._sections(entry),
            "related": list({item.slug: item for item in listed}.values()),
            "code": self._code(entry, writer),
            "wordings": _wordings(entry),
            "response": response_json(entry),
            "lanes": lanes(entry.waiting, self.project.facts) if entry.waiting else [],
            "jumps": self._jumps(entry, writer, bool(members)),
            "platform_names": {key: writer.plain(value.name) for key, value in self.project.facts.platforms.items()},
            "versions": self.versions,
            "proved": self._proved(entry),
        }

    def _sections(self, entry: Entry) -> list[dict[str, Any]]:
        """Return the sections of the hub for readers of `entry`, each with its page; the nearest ones first."""
        found = self.project.handbook.concerning(entry)[:MOST_SECTIONS]
        return [
            {"target": f"page:{located.path}#{section.id}", "title": section.title, "page": located.page.name} for located, section in found
        ]

    def _guide_meta(self, entry: Entry, writer: Writer, family: Entry | None) -> dict[str, Any]:
        title = writer.plain(entry.title)
        name = identity_name(entry)
        head = title if not name or name.split()[-1] in title else f"{name}: {title}"
        crumbs: list[dict[str, str]] = []
        if family:
            crumbs.append({"title": writer.plain(family.title), "path": f"{writer.language}/errors/{family.slug}/"})
        crumbs.append({"title": name or title})
        return {
            "title": title,
            "head_title": head,
            "description": f"{name}: {writer.plain(entry.summary)}" if name else writer.plain(entry.summary),
            "template": "guide.html",
            "language": writer.language,
            "path": f"{writer.language}/errors/{entry.slug}/",
            "slug": entry.slug,
            "status": entry.main.status,
            "verdict": VERDICT_STYLES[entry.verdict.retry],
            "verdict_name": entry.verdict.retry,
            "checked": entry.checked.isoformat(),
            "crumbs": crumbs,
            "faq": [{"question": writer.plain(item.question), "answer": writer.plain(item.answer)} for item in entry.faq],
        }

    def _code(self, entry: Entry, writer: Writer) -> list[dict[str, Any]]:
        """Return, for Python and TypeScript, the blocks that the page shows or the reason why one is missing."""
        found = self.project.snippets[entry.slug]
        tabs = []
        for suffix, label in LABELS.items():
            removed, added = found.different_lines(suffix)
            blocks = []
            for role, lines in (("trigger", removed), ("fix", added)):
                name = f"{role}.{suffix}"
                caption = writer.plain(getattr(entry.snippets, role))
                if name in found.files:
                    blocks.append(_block(name, found.files[name].shown, caption, lines))
                elif name in entry.snippets.impossible:
                    blocks.append({"role": role, "reason": writer.inline(entry.snippets.impossible[name])})
            repair = f"repair.{suffix}"
            block = _block(repair, found.files[repair].shown, repair, []) if repair in found.files else None
            tabs.append({"label": label, "blocks": blocks, "repair": block})
        return tabs

    def _proved(self, entry: Entry) -> str | None:
        """Return the day on which all programs of the entry ran as they stand; None when one of them did not."""
        return self._proof_of(self.project.snippets[entry.slug])

    def _proof_of(self, code: SnippetSet) -> str | None:
        paths = {snippet.path for snippet in code.files.values()}
        return self.proof.date if paths and paths <= self.proof.paths else None

    def _jumps(self, entry: Entry, writer: Writer, has_members: bool) -> list[tuple[str, str]]:
        links = [
            ("code", writer.t("jump.code"), True),
            ("recovery", writer.t("jump.recovery"), entry.verdict.sticky),
            ("members", writer.t("jump.members"), has_members),
            ("pending", writer.t("jump.pending"), bool(self.project.catalogue.pending(entry))),
            ("retry", writer.t("jump.retry"), entry.waiting is not None),
            ("causes", writer.t("guide.causes", n=len(entry.causes)), True),
        ]
        return [(anchor, label) for anchor, label, wanted in links if wanted][:JUMP_LINKS]


def front_matter(meta: dict[str, Any]) -> str:
    """Return `meta` as YAML front matter. JSON is YAML, and has one way to write a value."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items() if value is not None]
    return "\n".join(("---", *lines, "---", "", ""))


def identity_name(entry: Entry) -> str:
    """Return status and type as people write them: `429 rate_limit_error`; empty when there is neither."""
    return " ".join(str(part) for part in (entry.main.status, entry.main.type) if part is not None)


def message_html(template: str, values: dict[str, str]) -> str:
    """Return a message as HTML in which the parts that change are marked."""
    return "".join(
        f"<var>{html.escape(values[text])}</var>" if variable else html.escape(text, quote=False) for text, variable in pieces(template)
    )


def template_html(template: str) -> str:
    """Return a template as HTML in which the placeholders are marked."""
    return "".join(
        f"<var>&lt;{html.escape(text)}&gt;</var>" if variable else html.escape(text, quote=False) for text, variable in pieces(template)
    )


def words_markdown(text: str) -> str:
    """Return words of the interface as Markdown; the only HTML in them is `<code>`."""
    return html.unescape(re.sub(r"</?code>", "`", text))


def code_span(text: str) -> str:
    """Return text as a code span, whatever backticks are in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    space = " " if longest else ""
    return f"{'`' * (longest + 1)}{space}{text}{space}{'`' * (longest + 1)}"


def breakable(name: str) -> str:
    """Return a type's name as HTML that may break after each underscore."""
    return html.escape(name).replace("_", "_<wbr>")


def heading(text: str) -> str:
    """Return plain text for a Markdown heading: no mark in it means anything, `{id}` at its end included."""
    return html.escape(re.sub(r"[\\`*_{}\[\]#]", r"\\\g<0>", text))


def _wordings(entry: Entry) -> list[dict[str, Any]]:
    return [{"message": message, "filled": fill(message.template, message.fill)} for message in entry.messages]


def _block(name: str, shown: str, caption: str, lines: list[int]) -> dict[str, Any]:
    role, language = {**FILES, **PAGE_FILES}[name]
    longest = max((len(line) - len(line.lstrip("`")) for line in shown.splitlines()), default=0)
    return {
        "role": role,
        "language": language,
        "caption": caption,
        "lines": " ".join(map(str, lines)),
        "fence": "`" * max(3, longest + 1),
        "shown": shown,
    }


def _filters(entries: list[Entry]) -> dict[str, list[Any]]:
    statuses = sorted({identity.status for entry in entries for identity in entry.identities if identity.status is not None})
    types = sorted({identity.type for entry in entries for identity in entry.identities if identity.type is not None})
    used = {entry.verdict.retry for entry in entries}
    return {"statuses": statuses, "types": types, "verdicts": [verdict for verdict in VERDICT_STYLES if verdict in used]}
