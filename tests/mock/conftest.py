"""One mock for all tests of a worker, in a thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from generator.content import project
from mock_api.app import MockApi
from mock_api.server import running
from tests.mock.service import Service


@pytest.fixture(scope="session")
def service(root: Path) -> Iterator[Service]:
    api = MockApi(project.load(root))
    with running(api) as address, httpx2.Client(verify=False, trust_env=False, timeout=60) as http:
        yield Service(api, address, http)
