"""How often decoder and search are right: `make accuracy CORPUS=folder`.

Reads `*.jsonl` texts of the corpus (`id, text, slugs[, weak]`; no slugs: not a Claude API error) and prints a
table for the decoder and, as what it must beat, for plain matching of the same wordings. `queries-dev.jsonl`
goes to the search; see `search_accuracy`.
"""

from __future__ import annotations

import collections
import csv
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import search_accuracy  # noqa: E402
from noise import NOISES  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from generator.content import project as projects  # noqa: E402
from generator.content.project import Project  # noqa: E402
from generator.decode.decode import Answer, Decoder  # noqa: E402
from generator.decode.index import build  # noqa: E402
from generator.text.message import compile_signature  # noqa: E402

Text = dict[str, Any]
Outcome = str
#: What an answer can be, from best to worst.
OUTCOMES = ("right", "acceptable", "missed", "wrong")


class Judge:
    """Rates answers, given the pages that exist and the families of errors without a page."""

    def __init__(self, project: Project, families: dict[str, str]) -> None:
        self.pages = set(project.catalogue.by_slug)
        self.families = families

    def group(self, text: Text) -> str:
        """Return the row of the table that a text belongs to."""
        if not text["slugs"]:
            return "not Claude's"
        kind = "has a guide" if text["slugs"][0] in self.pages else "has none yet"
        return f"{kind}, weak" if text.get("weak") else kind

    def outcome(self, text: Text, slug: str | None) -> Outcome:
        """Return what the first answer `slug` is worth; None when the text was refused."""
        wanted = text["slugs"]
        if not wanted:
            return "right" if slug is None else "wrong"
        if slug is None:
            return "missed"
        if wanted[0] in self.pages:
            return "right" if slug == wanted[0] else "acceptable" if slug in wanted else "wrong"
        return "right" if slug in wanted or slug in self.ancestors(wanted[0]) else "wrong"

    def ancestors(self, slug: str) -> Iterable[str]:
        """Yield the families of an error without a guide, nearest first."""
        while slug := self.families.get(slug, ""):
            yield slug


def families(project: Project, corpus: Path) -> dict[str, str]:
    """Return slug to family: from the entries and, where it is there, from `facts/catalogue.tsv` beside the corpus."""
    found = {pending.slug: entry.slug for entry in project.catalogue.entries for pending in project.pending(entry)}
    found |= {entry.slug: entry.family for entry in project.catalogue.entries if entry.family}
    listed = corpus.parent / "facts" / "catalogue.tsv"
    if listed.is_file():
        with listed.open(encoding="utf-8", newline="") as rows:
            found |= {row["slug"]: row["parent"] for row in csv.DictReader(rows, delimiter="\t") if row["parent"]}
    return found


def plain(project: Project) -> Callable[[str], str | None]:
    """Return plain matching, which the decoder must beat: a function from a text to the slug of the longest wording in it.

    A wording is in a text when its literal parts stand there in their order.
    """
    signatures = [
        (compile_signature(template), slug)
        for entry in project.catalogue.entries
        for slug, templates in (
            (entry.slug, [message.template for message in entry.messages]),
            *((entry.slug, pending.messages) for pending in project.pending(entry)),
        )
        for template in templates
    ]
    signatures.sort(key=lambda pair: -sum(map(len, pair[0].literals)))
    return lambda text: next((slug for signature, slug in signatures if signature.recognises(text)), None)


def first(answer: Answer) -> str | None:
    """Return the guide that comes first."""
    return answer.slugs[0] if answer.slugs else None


def table(console: Console, title: str, counts: dict[str, collections.Counter[Outcome]]) -> None:
    """Print a table of outcomes by group, in numbers and per cent."""
    shown = Table(title=title, title_justify="left")
    for name in ("texts", "n", *OUTCOMES):
        shown.add_column(name, justify="left" if name == "texts" else "right")
    for group, counter in sorted(counts.items()):
        total = counter.total()
        shown.add_row(
            group, str(total), *(f"{counter[name]} ({100 * counter[name] / total:.1f} %)" if counter[name] else "" for name in OUTCOMES)
        )
    console.print(shown)


def main(corpus: Path) -> None:
    """Print the tables for the corpus in the folder `corpus`."""
    console = Console(highlight=False)
    project = projects.load(ROOT)
    judge = Judge(project, families(project, corpus))
    files = [file for file in sorted(corpus.glob("*.jsonl")) if not file.name.startswith("queries")]
    texts: list[Text] = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    decoder = Decoder(build(project))
    baseline = plain(project)
    ways: dict[str, Callable[[str], str | None]] = {
        "Decoder": lambda text: first(decoder.decode(text)),
        "Plain matching of the same wordings": baseline,
    }
    for name, decode in ways.items():
        counts: dict[str, collections.Counter[Outcome]] = collections.defaultdict(collections.Counter)
        began = time.perf_counter()
        for text in texts:
            counts[judge.group(text)][judge.outcome(text, decode(text["text"]))] += 1
        table(console, f"{name}: {1000 * (time.perf_counter() - began) / len(texts):.2f} ms a text in Python", counts)
    labels: dict[str, collections.Counter[Outcome]] = collections.defaultdict(collections.Counter)
    for text in texts:
        label = text.get("label") or (text["slugs"] or ["none"])[0]
        labels[label][judge.outcome(text, first(decoder.decode(text["text"])))] += 1
    table(
        console,
        "Labels with an answer that is not right",
        {label: found for label, found in labels.items() if found["right"] < found.total()},
    )
    shown = Table(title="Answers that stay the same", title_justify="left")
    shown.add_column("after")
    shown.add_column("kept", justify="right")
    kept_of_all = 0
    for name, noise in NOISES.items():
        kept = sum(first(decoder.decode(text["text"])) == first(decoder.decode(noise(text["text"]))) for text in texts)
        kept_of_all += kept
        shown.add_row(name, f"{100 * kept / len(texts):.1f} %")
    shown.add_row("all of these", f"{100 * kept_of_all / len(texts) / len(NOISES):.1f} %")
    console.print(shown)
    if (corpus / search_accuracy.QUERIES).is_file():
        search_accuracy.main(corpus)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        raise SystemExit("usage: make accuracy CORPUS=folder   (a folder with *.jsonl)")
    main(Path(sys.argv[1]))
