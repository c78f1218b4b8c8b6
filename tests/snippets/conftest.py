"""What runs programs: one mock and one pair of hosts a worker."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import toolchain

from generator.content import project as projects
from generator.content.project import Project
from mock_api.app import MockApi
from mock_api.server import running
from snippet_runner import blocks
from snippet_runner.blocks import Block
from snippet_runner.hosts import MORE, Hosts
from snippet_runner.run import Result, Runner
from tests.snippets.programs import SCALE


@pytest.fixture(scope="session")
def project(root: Path) -> Project:
    return projects.load(root)


@pytest.fixture(scope="session")
def make_hosts() -> Callable[[], Hosts]:
    """Return a function that makes hosts; the npm packages are there, installed by the first worker that asked."""
    with (toolchain.SNIPPETS / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        toolchain.install_node_packages()
    return lambda: Hosts(toolchain.node(), toolchain.SNIPPETS / "node_modules")


@pytest.fixture(scope="session")
def hosts(make_hosts: Callable[[], Hosts]) -> Iterator[Hosts]:
    made = make_hosts()
    yield made
    made.close()


@pytest.fixture(scope="session")
def runner(project: Project) -> Iterator[Runner]:
    mock = MockApi(project)
    with running(mock) as address:
        yield Runner(project, mock, address)


@pytest.fixture(scope="session")
def small_runner(project: Project) -> Iterator[Runner]:
    """A runner for programs that send hundreds of MB: their sizes, and the limits of its mock, are a hundredth."""
    mock = MockApi(project, scale=SCALE)
    with running(mock) as address:
        yield Runner(project, mock, address, scale=SCALE)


@pytest.fixture(scope="session")
def page_runner(runner: Runner, built_site: Path) -> Runner:
    """A runner that also knows the built site."""
    return Runner(runner.project, runner.mock, runner.base_url, built_site)


@pytest.fixture(scope="session")
def shown(built_site: Path) -> list[Block]:
    """Every program on every page of the built site."""
    return blocks.of_site(built_site)


@pytest.fixture(scope="session")
def guides(shown: list[Block]) -> dict[tuple[str, str, str], Block]:
    """The program of each guide by language, slug and file name."""
    return {(block.address.split("/")[1], block.slug, block.name): block for block in shown if "/errors/" in block.address}


@pytest.fixture(scope="session")
def results(
    request: pytest.FixtureRequest, shown: list[Block], page_runner: Runner, small_runner: Runner, hosts: Hosts
) -> dict[tuple[str, str, str], Result]:
    """How every program of the pages ended, by slug, name and text, all run once, several at a time.

    Those that send hundreds of MB run in their real size with --real-sizes, else in a hundredth of it.
    """
    heavy = [] if request.config.getoption("--real-sizes") else [block for block in shown if block.slug in MORE]
    light = [block for block in shown if block not in heavy]
    ran = [*page_runner.run_all(light, hosts, lambda result: None), *small_runner.run_all(heavy, hosts, lambda result: None)]
    return {(result.slug, result.name, result.text): result for result in ran}


@pytest.fixture(scope="session")
def ran(guides: dict[tuple[str, str, str], Block], runner: Runner, hosts: Hosts) -> Callable[[str, str], Result]:
    """Return a function that runs a program of an English page, each once."""
    results: dict[tuple[str, str], Result] = {}

    def run(slug: str, name: str) -> Result:
        if (slug, name) not in results:
            results[slug, name] = runner.run(guides["en", slug, name], hosts)
        return results[slug, name]

    return run
