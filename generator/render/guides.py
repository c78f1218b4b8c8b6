"""Renders guides, their Markdown copies, the list of them, and what leads from an earlier slug.

Templates get finished values: they look nothing up and decide nothing but layout.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from generator.content.project import Card
from generator.content.snippets import SnippetSet
from generator.render import lists
from generator.render.base import LABELS, Base, code_block, identity_name
from generator.render.diff import compared
from generator.render.html import RenderedPage, Words
from generator.render.retries import automatic_retries
from generator.render.timeline import lanes
from generator.schemas.entry import Entry
from generator.text.message import fill, response_json
from generator.text.writer import VERDICT_STYLES, MarkdownWriter, Writer

#: More related errors than these would hide the nearest ones.
MOST_RELATED = 4
#: More sections of the hub would hide the nearest ones.
MOST_SECTIONS = 5
#: A jump bar with more links would be a second table of contents.
JUMP_LINKS = 3
#: The programs of a comparison.
_ROLES = ("trigger", "fix")
_SIGNS = {"del": "-", "ins": "+"}


@dataclasses.dataclass(frozen=True)
class Guides:
    """Renders what is about one entry. Of the others it sees the cards."""

    base: Base
    snippets: Mapping[str, SnippetSet]
    """Programs of the guides, by slug."""

    def guide(self, language: str, entry: Entry) -> RenderedPage:
        """Return the guide for `entry`."""
        writer = Writer(self.base.shared, language, entry)
        values = self._values(entry, writer)
        return self.base.page("guide.html.j2", writer, self._meta(entry, writer), **values)

    def copy(self, language: str, entry: Entry, site: str) -> str:
        """Return the guide for `entry` as Markdown that is read as it stands; `site` is the address of the site."""
        writer = MarkdownWriter(self.base.shared, language, entry, site)
        return self.base.text("guide-plain.md.j2", writer, site=site, **self._values(entry, writer))

    def fix(self, entry: Entry) -> dict[str, Any]:
        """Return, by language of the code, the whole fixed program and the lines in which it differs from the failing one."""
        found = self.snippets[entry.slug].files
        fixes = {}
        for suffix, label in LABELS.items():
            if (after := found.get(f"fix.{suffix}")) is None:
                continue
            before = found.get(f"trigger.{suffix}")
            lines, old = after.shown.splitlines(), before.shown.splitlines() if before else []
            rows = compared(old, lines, old, lines)
            changed = [(_SIGNS[row.kind], row.html) for row in rows if row.kind in _SIGNS and not row.blank]
            fixes[label] = {"code": f"{after.shown}\n", "changed": changed}
        return fixes

    def redirect(self, language: str, entry: Entry) -> RenderedPage:
        """Return a page that leads from an earlier slug to `entry`."""
        title = Writer(self.base.shared, language, entry).plain(entry.title)
        target = f"{language}/errors/{entry.slug}/"
        return RenderedPage({"title": title, "template": "redirect.html", "language": language, "target": target})

    def _values(self, entry: Entry, writer: Writer) -> dict[str, Any]:
        """Return what both templates of a guide get."""
        shared = self.base.shared
        members, pending = shared.members(entry.slug), shared.pending(entry)
        big = lists.family(shared, entry)
        t = writer.t
        return {
            "entry": entry,
            "big": big,
            "said": lists.said,
            "members": members,
            "pending": pending,
            "related": [shared.cards[slug] for slug in entry.related if slug != entry.family][:MOST_RELATED],
            "code": self.code(entry, writer),
            "words": {
                "both": Words(lambda n: t("code.gap", n=n), lambda n: t("code.more", n=n), t("code.less")),
                "one": Words(lambda n: t("code.gap_part", n=n), lambda n: t("code.more", n=n), t("code.less_part")),
            },
            "wordings": _wordings(entry),
            "response": response_json(entry),
            "lanes": lanes(entry.waiting, shared.facts) if entry.waiting else [],
            "automatic": automatic_retries(entry, shared.facts),
            "sections": self._sections(entry),
            "jumps": self._jumps(entry, writer, big is not None),
            "platform_names": {key: writer.plain(value.name) for key, value in shared.facts.platforms.items()},
            "versions": self.base.versions,
            "proved": self.base.proved(self.snippets[entry.slug]),
        }

    def _sections(self, entry: Entry) -> list[dict[str, Any]]:
        """Return the sections of the hub for readers of `entry`, each with its page; the nearest ones first."""
        found = self.base.shared.handbook.concerning(entry)[:MOST_SECTIONS]
        return [
            {"target": f"page:{located.path}#{section.id}", "title": section.title, "page": located.page.name} for located, section in found
        ]

    def _family(self, entry: Entry) -> Card | None:
        return self.base.shared.cards[entry.family] if entry.family else None

    def _meta(self, entry: Entry, writer: Writer) -> dict[str, Any]:
        title = writer.plain(entry.title)
        name = identity_name(entry.main)
        head = title if not name or name.split()[-1] in title else f"{name}: {title}"
        crumbs: list[dict[str, str]] = []
        if family := self._family(entry):
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

    def code(self, entry: Entry, writer: Writer) -> list[dict[str, Any]]:
        """Return, for Python and TypeScript, the blocks that the page shows or the reason why one is missing."""
        found = self.snippets[entry.slug]
        tabs = []
        for suffix, label in LABELS.items():
            blocks = dict(self._blocks(entry, writer, suffix))
            impossible = {str(name): reason for name, reason in entry.snippets.impossible.items()}
            reasons = [(role, writer.inline(impossible[f"{role}.{suffix}"])) for role in _ROLES if f"{role}.{suffix}" in impossible]
            repair = f"repair.{suffix}"
            block = code_block(repair, found.files[repair].shown, repair, []) if repair in found.files else None
            tabs.append({"label": label, **dict.fromkeys(_ROLES), **blocks, "reasons": reasons, "repair": block})
        return tabs

    def _blocks(self, entry: Entry, writer: Writer, suffix: str) -> Iterator[tuple[str, dict[str, Any]]]:
        found = self.snippets[entry.slug]
        for role, lines in zip(_ROLES, found.different_lines(suffix), strict=True):
            if (file := found.files.get(f"{role}.{suffix}")) is not None:
                yield role, code_block(f"{role}.{suffix}", file.shown, writer.plain(getattr(entry.snippets, role)), lines)

    def _jumps(self, entry: Entry, writer: Writer, is_big: bool) -> list[tuple[str, str]]:
        links = [
            ("members", writer.t("find.jump"), is_big),
            ("fix", writer.t("jump.code"), True),
            ("recovery", writer.t("jump.recovery"), entry.verdict.sticky),
            ("retry", writer.t("jump.retry"), entry.waiting is not None),
            ("causes", writer.t("guide.causes", n=len(entry.causes)), True),
        ]
        return [(anchor, label) for anchor, label, wanted in links if wanted][:JUMP_LINKS]


def _wordings(entry: Entry) -> list[dict[str, Any]]:
    return [{"message": message, "filled": fill(message.template, message.fill)} for message in entry.messages]
