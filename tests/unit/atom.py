"""What RFC 4287 says that a feed must be, as far as a structure can tell it."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SPACE = "{http://www.w3.org/2005/Atom}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
#: Elements of which there may be at most one (RFC 4287, 4.1.1 and 4.1.2).
_ONCE = ("id", "title", "subtitle", "updated", "published", "summary", "content", "generator", "icon", "logo", "rights")


def parse(text: str) -> Element:
    """Return the root of a feed; declarations of entities are refused, so nothing is read from elsewhere."""
    assert "<!" not in text
    return ElementTree.fromstring(text.encode())


def mistakes(text: str) -> list[str]:
    """Return what is wrong with a feed."""
    root = parse(text)
    if root.tag != f"{SPACE}feed":
        return [f"is a {root.tag}"]
    found = _of_element(root, "feed")
    links = [link.attrib for link in root.findall(f"{SPACE}link")]
    if not any(link.get("rel") == "self" for link in links):
        found.append("feed: has no link to itself")  # 4.1.1: should
    entries = root.findall(f"{SPACE}entry")
    if root.find(f"{SPACE}author/{SPACE}name") is None:
        found += [f"entry {n}: has no author" for n, entry in enumerate(entries) if entry.find(f"{SPACE}author/{SPACE}name") is None]
    ids = Counter(element.text for element in root.iter(f"{SPACE}id"))
    found += [f"id {name} stands {count} times" for name, count in ids.items() if count > 1]
    for number, entry in enumerate(entries):
        found += _of_element(entry, f"entry {number}")
        if entry.find(f"{SPACE}content") is None and not _alternates(entry):
            found.append(f"entry {number}: has neither content nor an alternate")
    return found


def _of_element(element: Element, name: str) -> list[str]:
    found = []
    for tag in ("id", "title", "updated"):
        child = element.find(f"{SPACE}{tag}")
        if child is None or not (child.text or "").strip():
            found.append(f"{name}: has no {tag}")
    found += [f"{name}: has several {tag}" for tag in _ONCE if len(element.findall(f"{SPACE}{tag}")) > 1]
    updated = element.findtext(f"{SPACE}updated") or ""
    if not _TIME.fullmatch(updated):
        found.append(f"{name}: {updated!r} is no time")
    identifier = element.findtext(f"{SPACE}id") or ""
    if not re.match(r"[a-z]+:", identifier):
        found.append(f"{name}: the id is no absolute IRI")
    found += [f"{name}: a link leads nowhere" for link in element.findall(f"{SPACE}link") if not link.get("href")]
    found += [f"{name}: a category has no term" for item in element.findall(f"{SPACE}category") if not item.get("term")]
    found += [f"{name}: two alternates of {kind}" for kind, count in Counter(_alternates(element)).items() if count > 1]
    return found


def _alternates(element: Element) -> list[tuple[str | None, str | None]]:
    links = element.findall(f"{SPACE}link")
    return [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"]
