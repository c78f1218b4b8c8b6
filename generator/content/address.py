"""Where the site stands, and the time that a build writes into it.

Must not know what the site holds.
"""

from __future__ import annotations

import calendar
import datetime
import os
import re
from pathlib import Path
from urllib.parse import urlsplit


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
