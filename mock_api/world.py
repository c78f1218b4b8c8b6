"""What the mock remembers for one scenario: requests, files, batches, the state of the weather.

Each scenario text has a world of its own, so clients with different scenarios
never see each other. Must not answer requests.
"""

from __future__ import annotations

import contextlib
import dataclasses
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mock_api.caching import Cache, Rules
from mock_api.scenario import Scenario
from mock_api.weather import Weather

#: Seconds without a request after which a world is forgotten, with its files.
IDLE_SECONDS = 600.0
#: Seconds for requests whose client has left to end, before their world is forgotten.
PATIENCE = 5.0
#: For a world that is asked for no answer.
NO_CACHING = Rules({}, 0, {"5m": 0.0, "1h": 0.0})


@dataclasses.dataclass
class Logged:
    """One request and how it was answered."""

    method: str
    path: str
    status: int
    slug: str | None = None
    """Entry whose rule or scenario made the answer; None for a good answer or a mistake that no entry has."""
    injected: bool = False
    """True when the scenario, and not the request, was the reason."""
    message: str = ""
    job: int | None = None
    """The `job <number>` that the prompt named."""
    complete: bool = False
    """True when the answer was delivered whole: not for a stream that was cut or ended by an error event, a connection that was
    closed, a client that left."""
    rows: tuple[tuple[int | None, str], ...] = ()
    """For a new batch: the job of each row and how it ends, such as `succeeded` or `errored`."""


@dataclasses.dataclass
class StoredFile:
    """An uploaded file, on disk."""

    metadata: dict[str, Any]
    path: Path


@dataclasses.dataclass
class StoredBatch:
    """A batch and the results that it will have."""

    body: dict[str, Any]
    results: list[dict[str, Any]]


class World:
    """State of one scenario. Requests run in one event loop, so only the log is shared with other threads."""

    def __init__(self, scenario: Scenario, caching: Rules = NO_CACHING) -> None:
        self.scenario = scenario
        self.cache = Cache(caching)
        self.log: list[Logged] = []
        self.files: dict[str, StoredFile] = {}
        self.batches: dict[str, StoredBatch] = {}
        self.thinking: dict[str, str] = {}
        self.weather = Weather(scenario)
        self.used = time.monotonic()
        self._folder: Path | None = None
        self._open = 0
        self.idle = threading.Event()
        """Set while no request is being answered."""
        self.idle.set()

    @contextlib.contextmanager
    def request(self) -> Iterator[None]:
        """Keep the world busy while a request is answered."""
        self._open += 1
        self.idle.clear()
        try:
            yield
        finally:
            self._open -= 1
            if self._open == 0:
                self.idle.set()

    @property
    def struck(self) -> int:
        """How many requests the scenario held for."""
        return self.weather.struck

    def folder(self) -> Path:
        """Return the folder for uploads, made at the first one."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="claude-errors-mock-"))
        return self._folder

    def close(self) -> None:
        """Delete the uploads."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


class Worlds:
    """All worlds, by scenario text."""

    def __init__(self, caching: Rules = NO_CACHING) -> None:
        self._caching = caching
        self._worlds: dict[str, World] = {}
        self._lock = threading.Lock()

    def get(self, scenario: Scenario) -> World:
        """Return the world of `scenario`, made new when there is none."""
        with self._lock:
            now = time.monotonic()
            for text in [text for text, world in self._worlds.items() if now - world.used > IDLE_SECONDS]:
                self._worlds.pop(text).close()
            world = self._worlds.setdefault(scenario.text, World(scenario, self._caching))
            world.used = now
            return world

    def pop(self, text: str) -> World | None:
        """Forget a world and return it; its files are gone, and its log holds what was under way. Not for the event loop: it waits."""
        world = self._worlds.get(text)
        if world is not None:
            world.idle.wait(PATIENCE)
        return self._forget(text)

    def close(self) -> None:
        """Forget all worlds."""
        for text in list(self._worlds):
            self._forget(text)

    def _forget(self, text: str) -> World | None:
        with self._lock:
            world = self._worlds.pop(text, None)
        if world is not None:
            world.close()
        return world


def new_id(prefix: str) -> str:
    """Return an id in the API's form: a prefix, `_01` and letters."""
    return f"{prefix}_01{secrets.token_hex(11)}"
