"""Runs all blocks of a built site and returns for each how it ended.

Must not print; `__main__` does.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import hashlib
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.content.project import Project
from generator.content.snippets import API_FOLDER
from mock_api.app import MockApi
from mock_api.world import Logged
from snippet_runner import blocks, judge
from snippet_runner.blocks import Block
from snippet_runner.hosts import MEGABYTES, MORE, SECONDS, Hosts
from snippet_runner.outcome import Outcome

#: Programs at once: for about half of its time one waits, for the mock or between two tries.
WORKERS = 2 * (os.cpu_count() or 1)


@dataclasses.dataclass(frozen=True)
class Result:
    """One program, how it ended and what is wrong with that."""

    slug: str
    name: str
    text: str
    path: str
    addresses: tuple[str, ...]
    """Pages that show it."""
    outcome: Outcome
    log: tuple[Logged, ...]
    complaints: tuple[str, ...]

    def report(self) -> str:
        """Return what an author needs to mend it: file and line, what is wrong, output, the mock's log."""
        line = self.outcome.raised.line if self.outcome.raised and self.outcome.raised.line else 1
        parts = [f"{self.path}:{line}:1: {complaint}" for complaint in self.complaints]
        parts += [f"    shown on {', '.join(self.addresses)}"]
        parts += [
            f"    mock: {logged.method} {logged.path} -> {logged.status} {logged.slug or ''} {logged.message}" for logged in self.log[-5:]
        ]
        parts += [f"    | {line}" for line in self.outcome.output.strip().splitlines()[-12:]]
        return "\n".join(parts)


class Runner:
    """Runs blocks against one mock. Safe to use from several threads when each has its own `Hosts`."""

    def __init__(self, project: Project, mock: MockApi, base_url: str, site: Path | None = None, scale: int = 1) -> None:
        self.project = project
        self.mock = mock
        self.base_url = base_url
        self.site = site
        """The built site; programs that are not of a guide need files of it."""
        self.scale = scale
        """What the sizes in the programs are divided by; the mock's limits for a body must be scaled alike."""

    def run(self, block: Block, hosts: Hosts, addresses: tuple[str, ...] = ()) -> Result:
        """Run one block in its file's frame, in a world of its own, and judge it."""
        snippet = self.project.programs[block.slug].files[block.name]
        located = self.project.catalogue.by_slug.get(block.slug)
        source = blocks.framed(snippet, blocks.scaled(block.text, self.scale), self.project.root)
        program = self.project.handbook.programs.get(block.slug)
        weather = program.weather or "" if program else ""
        if located:
            weather = located.entry.snippets.weather.get(block.name.split(".")[0], "")  # type: ignore[call-overload]
        mark = hashlib.sha256(f"{block.slug}/{block.name}/{threading.get_ident()}/{block.text}".encode()).hexdigest()[:12]
        scenario = f"{weather};id={mark}".lstrip(";")
        megabytes, seconds = MORE.get(block.slug, (MEGABYTES, SECONDS))
        base_url = f"{self.base_url}/scenario/{scenario}"
        beside = self.beside() if block.slug == API_FOLDER else {}
        outcome = hosts.run(block.name, source, base_url, megabytes=megabytes, seconds=seconds, beside=beside)
        world = self.mock.worlds.pop(scenario)
        log = tuple(world.log) if world else ()
        if located:
            wrong = judge.complaints(located.entry, block.name, outcome, log)
        elif program:
            wrong = judge.program_complaints(program, outcome, log)
        else:
            met = self.project.catalogue.by_slug.get(log[-1].slug or "") if log else None
            wrong = judge.page_complaints(met.entry if met else None, outcome)
        return Result(block.slug, block.name, block.text, snippet.path, addresses or (block.address,), outcome, log, tuple(wrong))

    def beside(self) -> dict[str, bytes]:
        """Return the files of the built site that a page tells its reader to put beside the program."""
        assert self.site is not None, "a program of a page that is no guide needs the built site"
        return {"errors.json": (self.site / "api/v1/errors.json").read_bytes()}

    def run_all(self, found: Iterable[Block], hosts: Hosts, done: Callable[[Result], None]) -> list[Result]:
        """Run each distinct program once, `WORKERS` at a time, and return the results in the order of the pages.

        The programs that may take the most begin first, so that none of them is left for the end.
        """
        shown: dict[tuple[str, str, str], list[Block]] = {}
        for block in found:
            shown.setdefault((block.slug, block.name, block.text), []).append(block)

        def one(same: list[Block]) -> Result:
            result = self.run(same[0], hosts, tuple(block.address for block in same))
            done(result)
            return result

        groups = sorted(shown.values(), key=lambda same: same[0].slug not in MORE)
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            results = {id(same): result for same, result in zip(groups, pool.map(one, groups), strict=True)}
        return [results[id(same)] for same in shown.values()]


def never_run(found: Iterable[Block], results: Iterable[Result]) -> list[Block]:
    """Return the blocks that no result stands for."""
    ran = {(result.slug, result.name, result.text) for result in results}
    return [block for block in found if (block.slug, block.name, block.text) not in ran]
