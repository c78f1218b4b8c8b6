"""Reads the built site the way a browser or a crawler would."""

from __future__ import annotations

import copy
import dataclasses
import functools
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

#: Elements that refer to an address, and the attribute that holds it.
REFERRING = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}


@dataclasses.dataclass(frozen=True)
class Page:
    """One built page: its address below the site, such as `/ko/errors/batch_error/`, and its document."""

    address: str
    soup: BeautifulSoup

    @property
    def language(self) -> str:
        return self.address.split("/")[1]

    @property
    def is_guide(self) -> bool:
        return "/errors/" in self.address

    @property
    def twin(self) -> str:
        """The address of the same page in the other language."""
        other = "en" if self.language == "ko" else "ko"
        return f"/{other}/" + self.address.split("/", 2)[2]

    @functools.cached_property
    def ids(self) -> list[str]:
        """Every id of the page, in order, with those that stand there twice."""
        return [str(tag["id"]) for tag in self.soup.find_all(id=True)]

    @functools.cached_property
    def links(self) -> set[str]:
        """Every address that the page refers to, as written."""
        return {str(tag[REFERRING[tag.name]]) for tag in self.soup.find_all(list(REFERRING)) if tag.has_attr(REFERRING[tag.name])}


def read_all(site: Path) -> dict[str, Page]:
    """Return every HTML page of the site by address."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        address = "/" + file.relative_to(site).as_posix().removesuffix("index.html")
        pages[address] = Page(address, BeautifulSoup(file.read_text(encoding="utf-8"), "lxml"))
    return pages


def languages_of(pages: dict[str, Page]) -> list[Page]:
    """Return the pages that are written in a language: homes and guides, without the 404 pages and `/`."""
    return [page for address, page in pages.items() if address.startswith(("/ko/", "/en/")) and not address.endswith("404.html")]


def resolve(page: Page, link: str) -> tuple[str, str] | None:
    """Return (address, fragment) of a link that stays on the site; None for one that leaves it."""
    parts = urlsplit(urljoin(f"https://site{page.address}", link))
    if parts.netloc != "site" or parts.scheme != "https":
        return None
    return unquote(parts.path), unquote(parts.fragment)


def text_of(tag: Tag) -> str:
    """Return what a reader reads in an element: without the mark that links to a heading, and with single spaces."""
    tag = copy.copy(tag)  # the pages are shared by all tests
    for link in tag.select(".headerlink"):
        link.decompose()
    return squeezed(tag.get_text())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
