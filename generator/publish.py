"""What is done to a built site before a host gets it.

Must not know about entries or about MkDocs.
"""

from __future__ import annotations

import base64
import calendar
import contextlib
import datetime
import functools
import hashlib
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

#: Folder of the files for programs, below the site; its name says their version.
API = "api/v1"
#: So often another build may get in between, where two of them end at once.
ATTEMPTS = 10
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


def staged(target: Path) -> Path:
    """Return the folder in which this process builds what will be `target`, and remove those of builds that were killed."""
    for folder in target.parent.glob(f".{target.name}.*"):
        process = re.fullmatch(r"\.([0-9]+)\.(?:next|old)", folder.name.removeprefix(f".{target.name}"))
        if process and not _runs(int(process.group(1))):
            shutil.rmtree(folder, ignore_errors=True)
    return target.parent / f".{target.name}.{os.getpid()}.next"


def replace(target: Path, staged: Path, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Put `staged` in the place of `target`; at every moment one of the two is whole.

    Of two builds that end at once, one after the other takes the place. `meanwhile` is done while the old files are removed.
    """
    old = target.parent / f".{target.name}.{os.getpid()}.old"
    for attempt in range(ATTEMPTS):
        shutil.rmtree(old, ignore_errors=True)
        moved = False
        try:
            with contextlib.suppress(FileNotFoundError):
                target.rename(old)
                moved = True
            staged.rename(target)
        except OSError:
            if moved and not target.exists():
                old.rename(target)
            if not staged.exists() or attempt == ATTEMPTS - 1:
                raise
        else:
            break
    remover = threading.Thread(target=_remove, args=(str(old),))
    remover.start()
    try:
        meanwhile()
    finally:
        remover.join()


def _remove(folder: str) -> None:
    """Remove a folder that is only ours, in half the time of `shutil.rmtree`, which minds who else might move something in it."""
    try:
        with os.scandir(folder) as found:
            for item in list(found):
                if item.is_dir(follow_symlinks=False):
                    _remove(item.path)
                else:
                    os.unlink(item.path)  # noqa: PTH108 - see above
        os.rmdir(folder)  # noqa: PTH106
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


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


#: A script with all that a browser takes as its content; what looks like one and is none (in a comment) costs a hash, no more.
_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)


# A few scripts stand on every page. The rest is the structured data of one page, which nobody asks for again.
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
