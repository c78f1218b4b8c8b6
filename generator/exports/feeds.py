"""Makes an Atom feed (RFC 4287) of a language: its guides by the day on which they were last checked.

Must not write, and knows no clock: every time in a feed comes from the entries.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from generator.content.project import Project, Shared
from generator.schemas.entry import Entry
from generator.text.writer import Writer

#: Ids stay the same when the site moves to another host, as Atom wants; so no address is in them.
_IDS = uuid.UUID("6f0c9a52-64a4-5f0e-9c55-0d6a3b1f7e21")
_NO_ENTRY = datetime.date(1970, 1, 1)


def feed(project: Project, language: str, site: str, made: Mapping[str, str]) -> str:
    """Return the feed of `language` for a site that stands at `site`, an address with a slash at its end.

    `made` is what `of_entry` returned in this language, by slug.
    """
    t = project.strings[language]
    # The newest day first; entries of one day by their slugs, so that two builds are the same.
    entries = sorted(project.catalogue.entries, key=lambda entry: (-entry.checked.toordinal(), entry.slug))
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language})
    _text(root, "id", _identifier(language))
    _text(root, "title", t("home.title"))
    _text(root, "subtitle", t("home.description"))
    _text(root, "updated", _time(max((entry.checked for entry in entries), default=_NO_ENTRY)))
    _text(SubElement(root, "author"), "name", "claude-errors")
    _link(root, "self", f"{site}{language}/feed.xml", "application/atom+xml")
    _link(root, "alternate", f"{site}{language}/", "text/html", language)
    ElementTree.indent(root)
    head = ElementTree.tostring(root, encoding="unicode").removesuffix("\n</feed>")
    rest = [f"\n  {made[entry.slug]}" for entry in entries]
    return "".join(('<?xml version="1.0" encoding="utf-8"?>\n', head, *rest, "\n</feed>\n"))


def of_entry(project: Shared, language: str, entry: Entry, site: str) -> str:
    """Return the element of one guide, as it stands in the feed."""
    writer, element = Writer(project, language), Element("entry")
    page = f"{site}{language}/errors/{entry.slug}/"
    _text(element, "id", _identifier(f"{language}/errors/{entry.slug}"))
    _text(element, "title", writer.plain(entry.title))
    _text(element, "updated", _time(entry.checked))
    _link(element, "alternate", page, "text/html", language)
    _link(element, "alternate", f"{page}index.md", "text/markdown", language)
    for name in dict.fromkeys(identity.type for identity in entry.identities if identity.type):
        SubElement(element, "category", {"term": name})
    verdict = writer.t(f"verdict.long.{entry.verdict.retry}")
    say, why = writer.plain(entry.verdict.say), writer.plain(entry.verdict.why)
    _text(element, "summary", f"{writer.plain(entry.summary)} {verdict}: {say} {why}")
    ElementTree.indent(element, level=1)
    return ElementTree.tostring(element, encoding="unicode")


def _identifier(name: str) -> str:
    return uuid.uuid5(_IDS, name).urn


def _time(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _link(parent: Element, relation: str, address: str, kind: str, language: str | None = None) -> None:
    attributes = {"rel": relation, "type": kind, "href": address}
    SubElement(parent, "link", attributes | ({"hreflang": language} if language else {}))
