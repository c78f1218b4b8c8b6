"""Makes the files that hold something of every entry, or takes them over from the last site.

What each entry gives to them stands in files of its own, its parts: so it is neither sent between processes nor
held in memory of all entries at once, and what did not change is not written again. A part is named after its
content, so that builds that run at once leave each other alone, and it is believed by its digest only. Must not
know how a part is made.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

from generator.build import pieces as groups
from generator.build.last_site import Files, LastSite
from generator.build.pieces import Group
from generator.content.project import Project
from generator.exports import files as outputs
from generator.schemas.entry import LANGUAGES
from generator.search import again, index
from generator.search.weights import Found
from generator.system import files, parallel

#: What an entry gives, by the files that are made of it: the index of the search, and all others.
SEARCH, REST = "search", "rest"
KINDS = (SEARCH, REST)
#: When more than one of so many entries changed, the index of the search is made from nothing.
SHARE = 5


class Known(TypedDict):
    """Files that were made together, and what they were made of."""

    of: Any
    files: Files


def write_parts(folder: Path, name: str, part: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write what the entry of this name gives below `folder`, a file for each of KINDS, and return their paths and digests."""
    found = []
    for kind in KINDS:
        content = json.dumps(part[kind], ensure_ascii=False, separators=(",", ":")).encode()
        path = f"{kind}/{name}.{hashlib.sha256(content).hexdigest()[:16]}.json"
        found += files.write_all(folder, {path: content}, private=True)
    return found


class WholeFiles:
    """The files of one site that hold something of every entry."""

    def __init__(
        self,
        project: Project,
        site_url: str | None,
        places: tuple[LastSite, Path],
        made: Sequence[tuple[Group, dict[str, Any]]],
        part_of: Callable[[Group], dict[str, Any]],
    ) -> None:
        """Make them of groups and what was made of each; `part_of` makes the part of an entry.

        `places` are the last site and the folder of the next.
        """
        self._project, self._site_url, self._made, self._part_of = project, site_url, made, part_of
        self._last, self._built = places
        self._write = functools.partial(files.write_all, self._built, private=self._built != self._last.folder)

    def make(self, last: Mapping[str, Known], of: str, processes: int | None = None) -> dict[str, Known]:
        """See to all of them on several cores; `last` is what is known of the last ones by kind, `of` the name of all entries."""
        # Everything else that they are made of is the same when there is a record of the last site.
        parts = [list(made["files"]["parts"][KINDS.index(SEARCH)]) for group, made in self._made if group.entry]
        kinds: dict[str, tuple[Any, Callable[[], list[Callable[[], Files]]]]] = {
            SEARCH: (parts, lambda: [functools.partial(self._search, last.get(SEARCH), parts)]),
            REST: (of, self._rest_pieces),
        }
        now: dict[str, Known] = {}
        pieces: list[tuple[str, Callable[[], Files]]] = []
        for kind, (what, made_by) in kinds.items():
            known = last.get(kind)
            if known and known["of"] == what and self._last.take_over(known["files"], self._built):
                now[kind] = known
            else:
                now[kind] = {"of": what, "files": {"docs": [], "site": []}}
                pieces += [(kind, piece) for piece in made_by()]
        made = parallel.each(lambda piece: piece[1](), pieces, processes)
        for (kind, _), found in zip(pieces, made, strict=True):
            for place, listed in found.items():
                now[kind]["files"][place] += listed
        return now

    def _search(self, last: Known | None, of: list[list[str]]) -> Files:
        """Make the index of the search."""
        whole = self._search_again(last, of) if last else None
        if last and whole:
            pages = self._write_again(whole, last)
        else:
            whole = index.files(self._project, self._found())
            pages = self._write(whole)
        # The others are named after what is in them: whatever is in both places is the same, and nothing ever writes into it.
        for path, content in whole.items():
            if path == index.MANIFEST or not files.share_new(f"{self._built}/{path}", f"{self._last.docs}/{path}"):
                files.write(self._last.docs / path, content)
        return {"docs": pages, "site": pages}

    def _rest_pieces(self) -> list[Callable[[], Files]]:
        """Return what makes each of the others."""
        slugs = [group.name for group, _ in self._made if group.entry]
        made = outputs.OfAll(
            _Texts(self._built, {slug: outputs.record_path(slug) for slug in slugs}, outputs.record_in),
            {language: _Texts(self._built, {slug: outputs.copy_path(language, slug) for slug in slugs}) for language in LANGUAGES},
            lambda language: {slug: part["feed"][language] for slug, part in zip(slugs, self._rest, strict=True)},
            _Texts(self._built, {page.copy_path: page.copy_path for group, _ in self._made for page in group.pages if page.copy}),
        )
        found = outputs.site_files(self._project, made, self._site_url)
        return [self._lists, *(functools.partial(self._file, path, texts) for path, texts in found.items())]

    def _file(self, path: str, texts: Callable[[], Iterable[str]]) -> Files:
        return {"site": self._write({path: b"".join(text.encode() for text in texts())})}

    def _lists(self) -> Files:
        lists = groups.list_files(self._project, self._rest)
        return {"docs": files.write_all(self._last.docs, lists), "site": self._write(lists)}

    @functools.cached_property
    def _rest(self) -> list[Any]:
        return list(self._parts(REST))

    def _search_again(self, last: Known, of: list[list[str]]) -> dict[str, bytes] | None:
        """Return the index of the search, made from the last one; None when that cannot be, or is not worth it."""
        changed = [number for number, (before, now) in enumerate(zip(last["of"], of, strict=False)) if before != now]
        if len(last["of"]) != len(of) or len(changed) * SHARE > len(of):
            return None
        pairs = {}
        for number in changed:
            before, now = (groups.found(self._part(*place) or []) for place in (last["of"][number], of[number]))
            if not before or not now or before[1:] != now[1:]:  # the numbers of others may have changed
                return None
            pairs[number] = (before[0], now[0])
        content = {path: files.read(f"{self._last.folder}/{path}") for path, _ in last["files"]["site"]}
        if any(hashlib.sha256(content[path]).hexdigest() != digest for path, digest in last["files"]["site"]):
            return None
        return again.files(content, pairs, lambda: index.everything(self._project, self._found()))

    def _write_again(self, whole: Mapping[str, bytes], last: Known) -> list[tuple[str, str]]:
        """Write the index, and return paths and digests. Most of it is as in the last one, whose digests were just found to be true."""
        before = {path.rpartition("/")[2]: (path, digest) for path, digest in last["files"]["site"]}
        pages = []
        for path, content in whole.items():
            old, digest = before.get(path.rpartition("/")[2], ("", ""))
            if hashlib.sha256(content).hexdigest() == digest and files.share_new(f"{self._last.folder}/{old}", f"{self._built}/{path}"):
                pages.append((path, digest))
            else:
                pages += self._write({path: content})
        return pages

    def _found(self) -> Iterator[list[Found]]:
        return map(groups.found, self._parts(SEARCH))

    def _parts(self, kind: str) -> Iterator[Any]:
        """Yield what each entry gives."""
        for group, made in self._made:
            if group.entry:
                yield self._part(*made["files"]["parts"][KINDS.index(kind)]) or self._part_of(group)[kind]

    def _part(self, path: str, digest: str) -> Any:
        """Return a part; None when it is not there as it was written."""
        content = files.read(f"{self._last.parts}/{path}")
        return json.loads(content) if hashlib.sha256(content).hexdigest() == digest else None


class _Texts(dict[str, str]):
    """Texts of the built site, read when they are asked for: together they are large. Holds their paths by name."""

    def __init__(self, built: Path, paths: Mapping[str, str], read: Callable[[str], str] = str) -> None:
        super().__init__(paths)
        self._built, self._read = built, read

    def __getitem__(self, name: str) -> str:
        return self._read((self._built / super().__getitem__(name)).read_bytes().decode())
