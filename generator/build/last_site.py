"""What is known of the last site, and what of it may stand in the next one.

A record says what each group of pages was made of and which bytes its files had. It is sealed, and a
group is taken over only when each of its files still has these bytes. They are read in every build, on another core
while the project is loaded; what was touched since is read again. Must not know what a group is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.system import files, fresh, parallel, store

#: What is known of the last site, below the project's folder; ignored by git.
KEPT = Path("build/last-site.json")
#: Of each entry what the files of the whole site hold, below the project's folder too.
PARTS = Path("build/parts")

Made = dict[str, dict[str, Any]]
#: Path and digest of files, in the tree (`docs`), in the `site` and among the `parts`; each may be left out.
Files = dict[str, list[tuple[str, str]]]


class LastSite:
    """The site that the last build left."""

    def __init__(self, root: Path, folder: Path, docs: Path) -> None:
        """Look at the site in `folder`, and at its Markdown in `docs`, of the project in `root`."""
        self._record, self.folder, self.docs, self.parts = root / KEPT, folder, docs, root / PARTS
        there = self._record.is_file() and (folder / "index.html").is_file()
        self._look = parallel.aside(lambda: dict(self._looked_at())) if there else lambda: None
        self._seen: dict[str, list[Any]] = {}

    def kept(self, version: str, built: Path) -> dict[str, Any]:
        """Return what is known of the last site, if it was of this `version` and is not the one that is `built`."""
        known = store.load(self._record, version) if self.folder != built else None
        self._seen = (self._look() or {}) if known else {}
        return known or {}

    def take_over(self, found: Files, built: Path) -> bool:
        """Put files into the folder `built`, if all are what was written; tell whether they are."""
        for folder, part in ((self.docs, "docs"), (self.parts, "parts"), (self.folder, "site")):
            if any(self._digest(f"{folder}/{path}") != digest for path, digest in found.get(part, ())):
                return False
        for path, _ in found["site"]:
            files.share(f"{self.folder}/{path}", f"{built}/{path}")
        return True

    def _looked_at(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield each file by name with its digest, and with what changes when somebody writes to it or puts another in its place."""
        for root in (self.docs, self.parts, self.folder):
            for folder, _, names in os.walk(root):
                for name in names:
                    file = f"{folder}/{name}"
                    stamp = fresh.stamp(file)
                    if fresh.is_settled(stamp):
                        yield file, [stamp, files.digest(file)]

    def _digest(self, file: str) -> str:
        """Return the digest of a file, as it was read a moment ago if nobody touched it since."""
        stamp, digest = self._seen.get(file, ([], ""))
        return str(digest) if stamp == list(fresh.stamp(file)) else files.digest(file)

    def keep(self, version: str, groups: Made, others: Mapping[str, object]) -> None:
        """Note what the site that is now in the folder was made of: its groups, and what else is to be known by name."""
        kept = {name: made for name, made in groups.items() if not made["messages"]}
        store.save(self._record, version, {"groups": kept, **others})
