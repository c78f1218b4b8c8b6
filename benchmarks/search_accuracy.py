"""How often a real query finds its guide, and what a query costs: `make accuracy CORPUS=folder`.

The corpus is `queries-dev.jsonl`, lines of `lang`, `query`, `slugs` (right answers) and
`group`; it stays outside of the project. A query counts when one of its guides exists.
The pages' own code ranks: `templates/assets/search-core.js`, run by Node.

Why this engine: measured in November 2026 with 29 guides and the 51 queries that one of
them answers. "First three" is in how many queries a right guide is among the first three;
"first key" is what a reader loads until the first answer, compressed; then the same with
2000 guides, their texts mixed from the real ones.

| engine                            | first | first three | first key                  | with 2000       |
| Material's (lunr, particles cut)  | 35    | 43          | 237 kB, at every page view | 5.9 MB          |
| Pagefind 1.6, particles cut       | 18    | 19          | about 150 kB               | about 150 kB    |
| MiniSearch 7, pairs of syllables  | 46    | 48          | 37 kB                      | 1.4 MB, one file|
| this one                          | 47    | 51          | 33 kB                      | 68 kB           |

Pagefind wants every word of a query on the page, and people type sentences; it also needs
'wasm-unsafe-eval' in the policy. MiniSearch ranks nearly as well, but its index is one file
that grows with the site. `--guides 2000` measures this one again.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from toolchain import node  # noqa: E402

from generator.content import project as projects  # noqa: E402
from generator.content.catalogue import Catalogue, Located  # noqa: E402
from generator.content.project import Project  # noqa: E402
from generator.schemas.entry import Entry  # noqa: E402
from generator.search import index as search_index  # noqa: E402

ASSETS = ROOT / "templates" / "assets"
#: What the page loads besides the index when the search is opened.
SCRIPTS = ("search.js", "search-core.js")
QUERIES = "queries-dev.jsonl"
#: As many results as the page shows.
SHOWN = 8
GROUPS = ("official", "seed", "wild", "English")


@dataclasses.dataclass(frozen=True)
class Answer:
    """What the search found for a query: slugs, best first, and what a reader loads for it, compressed."""

    slugs: list[str]
    bytes: int
    files: int


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table: of `count` queries, how many have a right guide first, and among the first three."""

    group: str
    count: int
    first: int
    three: int

    def __str__(self) -> str:
        share = self.three / self.count if self.count else 0
        return f"{self.group:10} {self.count:5} {self.first:7} {self.three:7} {share:8.0%}"


def answers(index: dict[str, bytes], queries: Iterable[tuple[str, str]]) -> list[Answer]:
    """Return the answers to `queries` of (language, text), from an index as `generator.search.index.files` makes it."""
    lines = "\n".join(json.dumps({"language": language, "query": query}) for language, query in queries)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in index.items():
            file = Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        script = Path(__file__).with_name("search.mjs")
        command: list[str | Path] = [node(), script, ASSETS, Path(folder) / search_index.FOLDER, str(SHOWN)]
        result = subprocess.run(command, input=lines, capture_output=True, text=True, encoding="utf-8", check=False)
    if result.returncode:
        raise RuntimeError(result.stderr)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    return [Answer([slug for _, slug in one["found"]], one["bytes"], one["files"]) for one in found]


def opening(index: dict[str, bytes]) -> int:
    """Return what opening the search loads before anything is typed, compressed."""
    parts = [(ASSETS / name).read_bytes() for name in SCRIPTS] + [index[f"{search_index.FOLDER}/index.json"]]
    return sum(len(gzip.compress(part)) for part in parts)


def report(corpus: Path, project: Project) -> list[Row]:
    """Return how the search does on the queries of `corpus`, by group, then in Korean and altogether."""
    queries = list(_answerable(corpus, project))
    found = answers(search_index.files(project), [(query["lang"], query["query"]) for query in queries])
    judged = [(query, answer, set(query["slugs"])) for query, answer in zip(queries, found, strict=True)]

    def row(name: str, wanted: Any) -> Row:
        chosen = [(answer, right) for query, answer, right in judged if wanted(query)]
        ranks = [next((rank for rank, slug in enumerate(answer.slugs) if slug in right), SHOWN) for answer, right in chosen]
        return Row(name, len(chosen), sum(rank < 1 for rank in ranks), sum(rank < 3 for rank in ranks))

    rows = [row(group, lambda query, group=group: query.get("group", "English") == group) for group in GROUPS]
    return [*rows, row("Korean", lambda query: query["lang"] == "ko"), row("all", lambda query: True)]


def grown(project: Project, count: int) -> Project:
    """Return `project` with made-up guides, `count` in all: the texts of real ones with words changed for others and for new ones."""
    dice = random.Random(count)
    located = list(project.catalogue.by_slug.values())
    vocabulary = sorted({word for item in located for _, text in item.texts() for word in f"{text.ko} {text.en}".split() if word.isalpha()})
    made = [_made(located[number % len(located)], number, vocabulary, dice) for number in range(len(located), count)]
    return dataclasses.replace(project, catalogue=Catalogue((*located, *made)))


def _made(model: Located, number: int, vocabulary: list[str], dice: random.Random) -> Located:
    def changed(text: str) -> str:
        return " ".join(_changed(word, vocabulary, dice) for word in text.split(" "))

    def walk(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: walk(item, name) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [walk(item, key) for item in value]
        return changed(value) if isinstance(value, str) and key in ("ko", "en", "template", "aliases", "error_code") else value

    entry = model.entry
    data = entry.model_dump() | {"slug": f"{entry.slug[:40]}_{number}", "redirect_from": [], "pending": []}
    return dataclasses.replace(model, entry=Entry.model_validate(walk(data)))


def _changed(word: str, vocabulary: list[str], dice: random.Random) -> str:
    if not word.isalpha() or dice.random() > 0.4:
        return word
    other = dice.choice(vocabulary)
    if dice.random() < 0.1:  # a word that no guide uses yet
        alphabet = "가나다라마바사아자차카타파하" if "가" <= other[0] <= "힣" else "abcdefghijklmnoprstuvwy"
        at = dice.randrange(len(other))
        return other[:at] + dice.choice(alphabet) + other[at + 1 :]
    return other


def _answerable(corpus: Path, project: Project) -> Iterator[dict[str, Any]]:
    for line in (corpus / QUERIES).read_text(encoding="utf-8").splitlines():
        query = json.loads(line)
        if set(query["slugs"]) & project.catalogue.by_slug.keys():
            yield query


def main(corpus: Path, guides: int = 0) -> None:
    """Print the table, and what queries cost now and with `guides` guides."""
    project = projects.load(ROOT)
    print(f"Search: a right guide is the first, or among the first three\n{'':10} {'n':>5} {'first':>7} {'three':>7}")
    for row in report(corpus, project):
        print(row)
    queries = [(query["lang"], query["query"]) for query in _answerable(corpus, project)]
    for one in (project, *([grown(project, guides)] if guides else [])):
        index = search_index.files(one)
        costs = sorted(answer.bytes for answer in answers(index, queries))
        whole = sum(len(gzip.compress(content)) for content in index.values())
        print(f"{len(one.catalogue.entries)} guides, compressed: index {whole / 1000:.0f} kB in {len(index)} files,", end=" ")
        print(f"opening {opening(index) / 1000:.1f} kB, a query {costs[len(costs) // 2] / 1000:.1f} kB (most {costs[-1] / 1000:.1f} kB)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--guides", type=int, default=0, help="measure the cost with so many guides too")
    options = parser.parse_args()
    main(options.corpus, options.guides)
