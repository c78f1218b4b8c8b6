"""Everything that a page shows as code ran: the blocks of the built pages, one by one, and the report that says so."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest
import toolchain

from generator import project as projects
from generator.report import proof
from mock_api.app import MockApi
from mock_api.server import running
from snippet_runner import blocks
from snippet_runner.hosts import Hosts
from snippet_runner.run import Runner

ROOT = Path(__file__).resolve().parents[2]
PROJECT = projects.load(ROOT)
PROGRAMS = [(slug, name) for slug, found in PROJECT.snippets.items() for name in found.files]


@pytest.fixture(scope="session")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    # Workers share node_modules: one installs, the others wait and find it done.
    with (tmp_path_factory.getbasetemp().parent / "npm.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        toolchain.install_node_packages()
    made = Hosts(toolchain.node(), toolchain.SNIPPETS / "node_modules")
    yield made
    made.close()


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    mock = MockApi(PROJECT)
    with running(mock) as address:
        yield Runner(PROJECT, mock, address)


@pytest.fixture(scope="session")
def found(built_site: Path) -> list[blocks.Block]:
    return blocks.of_site(built_site)


@pytest.mark.parametrize(("slug", "name"), PROGRAMS, ids=[f"{slug}-{name}" for slug, name in PROGRAMS])
def test_what_a_reader_copies_ends_as_the_page_says(runner: Runner, hosts: Hosts, found: list[blocks.Block], slug: str, name: str) -> None:
    shown = [block for block in found if (block.slug, block.name) == (slug, name)]
    assert {block.address.split("/")[1] for block in shown} == {"ko", "en"}
    assert len({block.text for block in shown}) == 1

    result = runner.run(shown[0], hosts)

    assert not result.complaints, result.report()


def test_every_code_block_of_every_page_belongs_to_a_file_that_ran(found: list[blocks.Block]) -> None:
    assert found
    assert blocks.unknown(found, PROJECT.snippets) == []
    assert {(block.slug, block.name) for block in found} == set(PROGRAMS)


def test_report_names_every_snippet_as_it_stands() -> None:
    paths = {snippet.path for snippets in PROJECT.snippets.values() for snippet in snippets.files.values()}

    assert paths <= proof(ROOT).paths, "run `make snippets` and commit snippets/report.json"
