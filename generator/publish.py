"""What is done to a built site before a host gets it.

Must not know about entries or about MkDocs.
"""

from __future__ import annotations

import base64
import calendar
import datetime
import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

#: Scripts of these types are data, which a browser does not run.
_DATA_TYPES = {"application/json", "application/ld+json"}


def epoch(day: datetime.date) -> int:
    """Return the seconds from 1970 to the start of `day`, UTC."""
    return calendar.timegm(day.timetuple())


def root_path(site_url: str | None) -> str:
    """Return the path at which the site starts: `/`, or `/folder/` below a host."""
    path = urlsplit(site_url or "").path or "/"
    return path if path.endswith("/") else f"{path}/"


def site_url(project: Path) -> str:
    """Return where the site stands, with a slash at the end: `SITE_URL`, else the address in `mkdocs.yml`, else `/`.

    Looks for the address as text: the file holds tags that only MkDocs can read.
    """
    file = project / "mkdocs.yml"
    found = re.search(r"^site_url:.*?(https?://[^\s\"'\]]+)", file.read_text(encoding="utf-8"), re.MULTILINE) if file.is_file() else None
    address = os.environ.get("SITE_URL") or (found.group(1) if found else "/")
    return address if address.endswith("/") else f"{address}/"


def replace(target: Path, staged: Path) -> None:
    """Put `staged` in the place of `target`; at every moment one of the two is whole."""
    old = target.parent / f".{target.name}.old"
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    try:
        staged.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def add(site: Path, files: Mapping[str, str]) -> None:
    """Write files (path to text) into the site; raises FileExistsError rather than write over what stands there."""
    for path, text in files.items():
        file = site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)


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


def inline_script_hashes(site: Path) -> list[str]:
    """Return the CSP hash of every inline script of the site, each once, in order."""
    hashes = set()
    for file in site.rglob("*.html"):
        parser = _InlineScripts()
        parser.feed(file.read_text(encoding="utf-8"))
        for script in parser.scripts:
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            hashes.add(f"'sha256-{digest}'")
    return sorted(hashes)


def security_headers(site: Path) -> dict[str, str]:
    """Return the headers that a host should send with every page. The site asks no other host for anything."""
    scripts = " ".join(["'self'", *inline_script_hashes(site)])
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


def write_headers(site: Path) -> None:
    """Write `_headers`, which Netlify and Cloudflare Pages read."""
    # The folders of the search are named after their content.
    kept = {f"/search/{folder.name}/*": KEPT for folder in sorted((site / "search").glob("*")) if folder.is_dir()}
    lines = []
    for path, headers in {"/*": security_headers(site), **FILE_HEADERS, **kept}.items():
        lines += [path, *(f"  {name}: {value}" for name, value in headers.items())]
    (site / "_headers").write_text("\n".join(lines) + "\n", encoding="utf-8")
