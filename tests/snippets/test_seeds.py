"""The four programs of the two guides that this project started from, as they stand: the runner catches each.

`seeds/` holds the code word for word. The two functions about batches are called
by the smallest frame there is; the two about files are whole programs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.content.project import Project
from snippet_runner import judge
from snippet_runner.hosts import Hosts
from snippet_runner.outcome import Outcome
from snippet_runner.run import Runner
from tests.snippets.programs import SLUGS

SEEDS = Path(__file__).resolve().parent / "seeds"
#: What a reader adds to make the file programs run: a client, a file, the import that is missing.
PDF_PY = "open('doc.pdf', 'wb').write(b'%PDF-1.7')\n"
PDF_TS = """
import fs from "node:fs";
import Anthropic from "@anthropic-ai/sdk";
const client = new Anthropic();
fs.writeFileSync("doc.pdf", "%PDF-1.7");
"""
ONE = '[{"custom_id": "a", "params": {}}]'
TWICE = '[{"custom_id": "a", "params": {}}, {"custom_id": "a", "params": {}}]'
MANY = '[{"custom_id": str(n)} for n in range(10_001)]'


@dataclasses.dataclass(frozen=True)
class Seed:
    """One seed in one frame, and how it fails."""

    slug: str
    role: str
    suffix: str
    before: str
    after: str
    complaints: tuple[str, ...]
    """All that the judge says, up to the numbers in it."""


CASES: dict[str, Seed] = {
    "batch, Python, one good request": Seed(
        "batch_error",
        "fix",
        "py",
        "",
        f"validate_batch({ONE})\n",
        ("raised NameError: name 'json' is not defined", "got no good answer"),
    ),
    "batch, Python, a duplicate id": Seed(
        "batch_error",
        "trigger",
        "py",
        "",
        f"validate_batch({TWICE})\n",
        (
            "raised ValueError, but the page says BadRequestError",
            "has the status None, but the page answers ['200', '400', '404', '413']",
            "has the type None, but the page says invalid_request_error",
            "says 'Duplicate custom_id: a', which no message of the page recognises",
            "the last answer of the mock was not this entry's: None",
        ),
    ),
    "batch, Python, as many as the API takes": Seed(
        "batch_error",
        "fix",
        "py",
        "",
        f"validate_batch({MANY})\n",
        ("raised ValueError: Batch too large: 10001 > 10,000", "got no good answer"),
    ),
    "batch, TypeScript, one good request": Seed("batch_error", "fix", "ts", "", f"validateBatch({ONE});\n", ("got no good answer",)),
    "batch, TypeScript, a duplicate id": Seed(
        "batch_error",
        "trigger",
        "ts",
        "",
        f"validateBatch({TWICE});\n",
        (
            "raised Error, but the page says BadRequestError",
            "has the status None, but the page answers ['200', '400', '404', '413']",
            "has the type None, but the page says invalid_request_error",
            "says 'Duplicate: a', which no message of the page recognises",
            "the last answer of the mock was not this entry's: None",
        ),
    ),
    "files, Python, as it stands": Seed(
        "file_upload_error",
        "fix",
        "py",
        "",
        "",
        ("raised FileNotFoundError: [Errno 2] No such file or directory: 'doc.pdf'", "got no good answer"),
    ),
    "files, Python, with a file": Seed(
        "file_upload_error",
        "fix",
        "py",
        PDF_PY,
        "",
        ("raised AttributeError: 'Files' object has no attribute 'create'", "got no good answer"),
    ),
    "files, TypeScript, as it stands": Seed(
        "file_upload_error", "fix", "ts", "", "", ("raised ReferenceError: client is not defined", "got no good answer")
    ),
    "files, TypeScript, with a client and a file": Seed(
        "file_upload_error", "fix", "ts", PDF_TS, "", ("raised TypeError: client.files.create is not a function", "got no good answer")
    ),
}
HERE = {name: seed for name, seed in CASES.items() if seed.slug in SLUGS}


@pytest.fixture
def run(hosts: Hosts, runner: Runner) -> Callable[[Seed], tuple[Outcome, list[str]]]:
    def run(seed: Seed) -> tuple[Outcome, list[str]]:
        code = (SEEDS / f"{seed.slug}.{seed.suffix}.txt").read_text(encoding="utf-8")
        scenario = f"id=seed-{seed.slug}-{seed.suffix}-{abs(hash(seed))}"
        name = f"{seed.role}.{seed.suffix}"
        outcome = hosts.run(name, seed.before + code + seed.after, f"{runner.base_url}/scenario/{scenario}")
        world = runner.mock.worlds.pop(scenario)
        entry = runner.project.catalogue.by_slug[seed.slug].entry
        return outcome, judge.complaints(entry, name, outcome, world.log if world else ())

    return run


@pytest.mark.parametrize("seed", HERE.values(), ids=HERE)
def test_a_seed_is_caught(run: Callable[[Seed], tuple[Outcome, list[str]]], seed: Seed):
    outcome, complaints = run(seed)

    assert complaints, outcome
    assert tuple(complaints) == seed.complaints


def test_all_four_seeds_are_here(project: Project):
    pieces = {file.name for file in SEEDS.iterdir()}

    assert pieces == {f"{slug}.{suffix}.txt" for slug in ("batch_error", "file_upload_error") for suffix in ("py", "ts")}
    assert {(seed.slug, seed.suffix) for seed in HERE.values()} >= {tuple(name.removesuffix(".txt").split(".")) for name in pieces}
    assert {seed.slug for seed in HERE.values()} <= project.catalogue.by_slug.keys()
