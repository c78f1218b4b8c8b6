"""Finds links that lead nowhere, among all pages of a built site.

Pages are ours and well formed, so an expression finds their links and ids; a parser takes fifty times as long.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r'<a [^>]*?href="([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')


def targets(address: str, page: str) -> list[str]:
    """Return the places on the site that a page links to, as paths below it with `#` and an id; `address` is that of the page."""
    found = dict.fromkeys(_LINK.findall(page))
    return [target for href in found if (target := _target(address, href))]


def ids(page: str) -> list[str]:
    """Return the ids of a page."""
    return _ID.findall(page)


def broken(links: Iterable[tuple[str, str]], there: Mapping[str, Container[str]], built: Path) -> Iterator[str]:
    """Yield a sentence for each link (page, target) to a page or an id that is not there.

    `there` has the ids of pages by address; whether another file is there is looked up in the folder `built`.
    """
    known: dict[str, bool] = {}
    for page, target in links:
        path, _, fragment = target.partition("#")
        if path not in known:
            known[path] = path in there or (built / path).is_file()
        if not known[path]:
            yield f"{page} links to {path}, which is not there"
        elif fragment and path in there and fragment not in there[path]:
            yield f"{page} links to {path}, which has no id '{fragment}'"


def _target(address: str, href: str) -> str | None:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    place = posixpath.normpath(posixpath.join("/", posixpath.dirname(address), path)) if path else f"/{address}"
    if path.endswith(("/", ".")) or path == "":
        place = f"{place}/index.html" if path else place
    return f"{place.lstrip('/')}#{unquote(parts.fragment)}"
