"""The headers that a host should send with the site, with the hash of every script that a page carries in itself.

Must not know what the pages are about.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

#: Scripts of these types are data, which a browser does not run.
_DATA_TYPES = {"application/json", "application/ld+json"}


class _InlineScripts(HTMLParser):
    """Collects the scripts that a page carries in itself and a browser runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._inside = tag == "script" and "src" not in values and values.get("type") not in _DATA_TYPES

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


#: A script with all that a browser takes as its content; what looks like one and is none (in a comment) costs a hash, no more.
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)


# A few scripts stand on every page. The rest is the structured data of one page alone.
@functools.lru_cache(maxsize=32)
def _hash_of(element: str) -> str | None:
    """Return the CSP hash of one script element; None for one that brings nothing or only data."""
    parser = _InlineScripts()
    parser.feed(element)
    parser.close()
    if not parser.scripts:
        return None
    digest = base64.b64encode(hashlib.sha256("".join(parser.scripts).encode()).digest()).decode()
    return f"'sha256-{digest}'"


def script_hashes(page: str) -> set[str]:
    """Return the CSP hash of every inline script of a page."""
    return {digest for element in _SCRIPT.findall(page) if (digest := _hash_of(element))}


def inline_script_hashes(site: Path) -> list[str]:
    """Return the CSP hash of every inline script of the site, each once, in order."""
    return sorted({digest for file in site.rglob("*.html") for digest in script_hashes(file.read_text(encoding="utf-8"))})


def security_headers(hashes: Iterable[str]) -> dict[str, str]:
    """Return the headers that a host should send with every page, for a site with scripts of these hashes.

    The site asks no other host for anything.
    """
    scripts = " ".join(["'self'", *sorted(hashes)])
    policy = {
        "default-src": "'none'",
        "script-src": scripts,
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


#: Headers of some files, by path: what a host may not guess, and who may read them from another site.
FILE_HEADERS = {
    "/assets/*": {"Cache-Control": "public, max-age=3600"},
    "/api/*": {"Access-Control-Allow-Origin": "*"},
    "/:language/:page/index.md": {"Content-Type": "text/markdown; charset=utf-8", "Access-Control-Allow-Origin": "*"},
    "/:language/:hub/:page/index.md": {"Content-Type": "text/markdown; charset=utf-8", "Access-Control-Allow-Origin": "*"},
    "/:language/feed.xml": {"Content-Type": "application/atom+xml; charset=utf-8"},
    "/llms.txt": {"Content-Type": "text/plain; charset=utf-8"},
    "/llms-full.txt": {"Content-Type": "text/plain; charset=utf-8"},
    "/ko/llms-full.txt": {"Content-Type": "text/plain; charset=utf-8"},
}
#: Headers of what never changes under its address.
KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


def write_headers(site: Path, hashes: Iterable[str] | None = None) -> None:
    """Write `_headers`, which Netlify and Cloudflare Pages read; `hashes` are those of all scripts, when they are at hand."""
    # The folders of the search are named after their content.
    kept = {f"/search/{folder.name}/*": KEPT for folder in sorted((site / "search").glob("*")) if folder.is_dir()}
    lines = []
    for path, headers in {
        "/*": security_headers(inline_script_hashes(site) if hashes is None else set(hashes)),
        **FILE_HEADERS,
        **kept,
    }.items():
        lines += [path, *(f"  {name}: {value}" for name, value in headers.items())]
    (site / "_headers").write_text("\n".join(lines) + "\n", encoding="utf-8")
