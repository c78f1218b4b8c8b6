"""Renders guides, their Markdown copies, the list of them, and what leads from an earlier slug.

Templates get finished values: they look nothing up and decide nothing but layout.
"""

from __future__ import annotations

from typing import Any

from generator.render import home_list
from generator.render.base import LABELS, Base, code_block, identity_name
from generator.render.environment import front_matter
from generator.render.timeline import lanes
from generator.schemas.entry import Entry
from generator.text.message import fill, response_json
from generator.text.writer import VERDICT_STYLES, MarkdownWriter, Writer

#: More next steps than these would hide the nearest ones.
MOST_SECTIONS = 5
#: A jump bar with more links would be a second table of contents.
JUMP_LINKS = 3


class Guides(Base):
    """Renders everything that is made of entries alone."""

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

    def index(self, language: str) -> str:
        """Return the Markdown of the home page of `language`: all guides by status and type."""
        writer = Writer(self.project, language)
        entries = self.project.catalogue.entries
        groups = home_list.cut(home_list.groups(entries))
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
                    blocks.append(code_block(name, found.files[name].shown, caption, lines))
                elif name in entry.snippets.impossible:
                    blocks.append({"role": role, "reason": writer.inline(entry.snippets.impossible[name])})
            repair = f"repair.{suffix}"
            block = code_block(repair, found.files[repair].shown, repair, []) if repair in found.files else None
            tabs.append({"label": label, "blocks": blocks, "repair": block})
        return tabs

    def _proved(self, entry: Entry) -> str | None:
        """Return the day on which all programs of the entry ran as they stand; None when one of them did not."""
        return self._proof_of(self.project.snippets[entry.slug])

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


def _wordings(entry: Entry) -> list[dict[str, Any]]:
    return [{"message": message, "filled": fill(message.template, message.fill)} for message in entry.messages]


def _filters(entries: list[Entry]) -> dict[str, list[Any]]:
    statuses = sorted({identity.status for entry in entries for identity in entry.identities if identity.status is not None})
    types = sorted({identity.type for entry in entries for identity in entry.identities if identity.type is not None})
    used = {entry.verdict.retry for entry in entries}
    return {"statuses": statuses, "types": types, "verdicts": [verdict for verdict in VERDICT_STYLES if verdict in used]}
