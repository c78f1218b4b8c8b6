"""What all tests share: the project, a copy of it to break, and a closed network."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.unit.projects import SmallProject, shared_folders, small_project

ROOT = Path(__file__).resolve().parent.parent
#: What a build reads.
INPUTS = ("errors", "facts", "pages", "snippets", "templates", "schema", "mkdocs.yml", "requirements", "lint-exceptions.yml")


#: Where the built site of the tests pretends to stand.
SITE_URL = "https://errors.test/"


def copy_inputs(target: Path) -> None:
    """Copy what a build reads into `target`."""
    target.mkdir(parents=True)
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        else:
            shutil.copy(source, target / name)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--real-sizes", action="store_true", help="run programs that send 250 to 500 MB as they are, not in a hundredth")
    parser.addoption("--update-golden", action="store_true", help="write golden pages and expected reports anew; look at the diff")


@pytest.fixture(scope="session")
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return a function that compares a text with a file; with --update-golden it writes the file instead."""
    update: bool = request.config.getoption("--update-golden")

    def compare(file: Path, text: str) -> None:
        if update:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert file.is_file(), f"{file.name} is missing; write it with --update-golden"
        assert text == file.read_bytes().decode(), f"{file.name} differs; if it should, run pytest --update-golden and look at the diff"

    return compare


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of this process reaches another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(str(address[0])):
            raise OSError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def copy_of_project(tmp_path: Path) -> Callable[[], Path]:
    """Return a function that copies the inputs of the project into a folder that a test may break."""

    def copy() -> Path:
        target = tmp_path / "project"
        copy_inputs(target)
        return target

    return copy


def shared_by_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of this run that all its workers see."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keep other workers out until this one is done."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real entries, built strictly from a copy of the project: once, by the first worker that asks."""
    folder = shared_by_workers(tmp_path_factory) / "built"
    with locked(folder.with_suffix(".lock")):
        if not (folder / "site").is_dir():  # of a failed build there is none, so every worker reports it
            shutil.rmtree(folder, ignore_errors=True)
            copy_inputs(folder)
            command = [sys.executable, "-m", "mkdocs", "build", "--strict"]  # --quiet would hide warnings from --strict
            environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": SITE_URL}
            result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
            assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Templates and schemas that small projects share until they change them."""
    return shared_folders(tmp_path_factory.mktemp("shared"))


@pytest.fixture
def small(tmp_path: Path, shared: Path) -> SmallProject:
    """A valid project of three entries."""
    return small_project(tmp_path / "project", shared)
