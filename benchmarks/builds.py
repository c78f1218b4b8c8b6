"""How long builds, saves and checks take, beside other generators on the same Markdown: part of `make bench`.

For each size a project of that many guides is made (`corpus.py`), built once, and its Markdown
given to the peers (`peers.py`). Then all take turns: a cold build, a build after one change,
a check, as often as asked; then one server after the other, since one that polls its files
would slow down the rest. Figures are medians, in seconds and MB.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import itertools
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE)]

import corpus  # noqa: E402
import measure  # noqa: E402
import peers  # noqa: E402
import reader  # noqa: E402
import served  # noqa: E402
from table import Goal, goals, medians  # noqa: E402

SCRATCH = ROOT / "build" / "bench"
RESULT = ROOT / "build" / "bench.md"
#: Name of the earlier version in the tables.
EARLIER = "version before"
#: A peer's server may take so long for a page.
PATIENCE = 600.0
#: An author saves again after so many seconds, whether the server has made all other pages by then or not.
PAUSE = 15.0
SAVES = ("entry", "snippet", "fact", "template", "strings")

GOALS = (
    Goal("cold build, of MkDocs", "claude-errors: cold build, s", ("MkDocs: cold build, s",), ((0, 0.35),)),
    Goal("cold build, of MkDocs without search", "claude-errors: cold build, s", ("MkDocs without search: cold build, s",)),
    Goal("cold build, of Hugo", "claude-errors: cold build, s", ("Hugo: cold build, s",)),
    Goal(
        "build after one entry changed, of MkDocs' build",
        "claude-errors: build after a change, s",
        ("MkDocs: cold build, s",),
        ((200, 0.08),),
    ),
    *(
        Goal(f"save of {name} until served, of {peer}", f"claude-errors: {name} saved, s", (f"{peer}: page saved, s",), ((0, most),))
        for name in ("entry", "snippet", "fact")
        for peer, most in (("Hugo", 1.5), ("Zensical", 0.4))
    ),
    *(
        Goal(
            f"save of {name} until served, of MkDocs",
            f"claude-errors: {name} saved, s",
            ("MkDocs: template saved, s",),
            ((0, 0.2), (500, 0.1), (2000, 0.05)),
        )
        for name in ("template", "strings")
    ),
    Goal("memory of the largest process, of MkDocs", "claude-errors: largest process, MB", ("MkDocs: largest process, MB",), ((0, 1.2),)),
    Goal("memory of all processes, of MkDocs", "claude-errors: all processes, MB", ("MkDocs: all processes, MB",), ((0, 1.2),)),
    Goal("first visit of the home page", "home: first visit, kB", (), ((0, 90.0),), " kB"),
    Goal("slowest chip in it, phone", "home: slowest chip, ms", (), ((0, reader.PRESSED),), " ms"),
    Goal("claude-errors check", "claude-errors: check, s", (), ((0, 1.0), (500, 3.0), (2000, 12.0)), " s"),
    # Beside an earlier version, where one takes part.
    *(
        Goal(f"{figure.partition(',')[0]}, of the version before", f"claude-errors: {figure}", (f"{EARLIER}: {figure}",), ((0, 1.15),))
        for figure in (
            *("cold build, s", "largest process, MB", "all processes, MB", "check, s"),
            *("template saved, s", "strings saved, s"),
        )
    ),
)

Figures = dict[str, list[float]]


def size(count: int | None, rounds: int, before: Path | None = None) -> tuple[dict[str, float], dict[str, str]]:
    """Return the medians of all figures with `count` guides, or with the real ones, and why a peer is not among them, by its name.

    `before` is a clone of an earlier version that takes part.
    """
    SCRATCH.mkdir(parents=True, exist_ok=True)
    # A new one: what a run that was ended left is not removed before the end of this one, see `Contender.clean`.
    folder = Path(tempfile.mkdtemp(dir=SCRATCH, prefix=f"{count or 'real'}-"))
    project = peers.own(corpus.make(folder / "claude-errors", count))
    earlier = [peers.own(corpus.make(folder / "earlier", count, before), before, EARLIER)] if before else []
    for one in (project, *earlier):
        say(f"  {one.name}, first build")
        measure.run(one.build, one.folder, one.environment)
    contenders = [project, *earlier, *peers.peers(folder, project.folder / "build" / "docs")]
    numbers = itertools.count(1000)
    figures: Figures = collections.defaultdict(list)
    failed: dict[str, str] = {}
    for turn in range(rounds):
        for contender in contenders[turn % len(contenders) :] + contenders[: turn % len(contenders)]:
            if contender.name in failed:
                continue
            say(f"  {contender.name}, round {turn + 1} of {rounds}")
            try:
                _builds(contender, figures, next(numbers))
            except measure.Failed as failure:
                if contender is project:
                    raise
                failed[contender.name] = str(failure).strip().splitlines()[-1]
                for name in [name for name in figures if name.startswith(f"{contender.name}: ")]:
                    del figures[name]  # of fewer rounds than those of the others
        for one in (project, *earlier):
            figures[f"{one.name}: check, s"].append(_check(one))
    _home(project, figures)
    for contender in contenders:
        if contender.name not in failed:
            say(f"  {contender.name}, server")
            _saves(contender, figures, numbers, rounds)
    return {name: statistics.median(values) for name, values in figures.items()}, failed


def _builds(contender: peers.Contender, figures: Figures, number: int) -> None:
    name = contender.name
    contender.clean()
    cold = measure.run(contender.build, contender.folder, contender.environment)
    figures[f"{name}: cold build, s"].append(cold.seconds)
    figures[f"{name}: largest process, MB"].append(cold.largest)
    figures[f"{name}: all processes, MB"].append(cold.together)
    if contender.starts_anew:
        return
    next(iter(contender.edits.values()))(contender.folder, number)
    again = measure.run(contender.build, contender.folder, contender.environment)
    figures[f"{name}: build after a change, s"].append(again.seconds)


def _check(project: peers.Contender) -> float:
    return measure.run((*project.build[:-1], "check"), project.folder, project.environment).seconds


def _home(project: peers.Contender, figures: Figures) -> None:
    """Measure the home page of the built site; without a Chromium that is said and left out."""
    try:
        with served.serving(project.folder / "site") as address, reader.chromium() as browser:
            with browser.new_context(viewport={"width": 390, "height": 844}) as context:
                first = reader.visit(context.new_page(), f"{address}/en/").bytes
            pressed = reader.pressed(browser, address)
    except RuntimeError as error:
        say(f"  the home page is left out: {error}")
        return
    figures["home: first visit, kB"].append(first / 1000)
    figures["home: slowest chip, ms"].append(pressed)


def _saves(contender: peers.Contender, figures: Figures, numbers: itertools.count[int], rounds: int) -> None:
    """Save every kind of file `rounds` times while the server runs; what fails is said and left out."""
    try:
        with measure.serving(contender.serve, contender.folder, contender.environment) as server:
            server.wait_for(peers.PAGE, "<", PATIENCE)
            for _ in range(rounds):
                for kind, edit in contender.edits.items():
                    server.rest(PAUSE)
                    text = edit(contender.folder, next(numbers))
                    saved = time.perf_counter()
                    served = server.wait_for(peers.PAGE, text, PATIENCE)
                    figures[f"{contender.name}: {kind} saved, s"].append(served - saved)
    except measure.Failed as failure:
        say(f"  {contender.name} is left out: {failure}")


def machine() -> str:
    """Return what machine this is, in a line."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = next((int(line.split()[1]) / 2**20 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    python = platform.python_version()
    cores = len(os.sched_getaffinity(0))
    busy = os.getloadavg()[0]
    return f"{cores} cores ({model}), {memory:.0f} GiB, {platform.system()}, Python {python}; load at the start {busy:.1f}"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def say(text: str) -> None:
    """Print progress where it is not part of the result."""
    print(text, file=sys.stderr, flush=True)


def report(sizes: list[tuple[int | None, int]], before: Path | None = None) -> str:
    """Measure every size, a number of guides (None: the real ones) so many times, and return both tables as Markdown.

    `before` is a clone of an earlier version that takes part.
    """
    began, where = time.perf_counter(), machine()
    missing = peers.install()
    if missing:
        say(f"The peers are skipped, since they cannot be had: {missing}")
    real = len(list((ROOT / "errors").glob("*.yml")))
    measured: dict[int, dict[str, float]] = {}
    names: dict[int, str] = {}
    words: list[str] = []
    for count, rounds in sizes:
        guides = count or real
        names[guides] = f"N = {guides}" + ("" if count else " (real)") + ("" if rounds > 1 else ", once")
        say(names[guides])
        measured[guides], failed = size(count, rounds, before)
        say(medians(measured, names))  # should a later size fail
        words += [f"{name} is left out at N = {guides}: {why}\n" for name, why in failed.items()]
    shutil.rmtree(SCRATCH)  # not before: see `Contender.clean`
    minutes = (time.perf_counter() - began) / 60
    versions = ", ".join(peers.versions())
    most = max(rounds for _, rounds in sizes)
    return (
        f"{datetime.date.today()}, {where}. {versions}.\n"
        f"Medians of {most}; N guides in two languages; the run took {minutes:.0f} minutes.\n{''.join(words)}\n"
        f"{goals(GOALS, measured, names)}\n{medians(measured, names)}"
    )


def _size(name: str, rounds: int) -> tuple[int | None, int]:
    """Return number of guides and rounds of a size as it is given on the command line."""
    guides, _, own = name.partition(":")
    return None if guides == "real" else int(guides), int(own or rounds)


def main() -> None:
    """Print the tables and write them to `build/bench.md`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", default=["real", "500"], help="`real`, or a number of guides; `2000:1` measures them once only")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--against", type=Path, help="a clone of an earlier version, in which `make site` was run")
    options = parser.parse_args()
    text = report([_size(name, options.rounds) for name in options.sizes], options.against and options.against.resolve())
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
