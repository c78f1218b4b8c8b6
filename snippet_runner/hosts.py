"""Starts programs under limits: a scrubbed environment, loopback only, a fresh folder, time and memory.

Must not judge how they end.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from snippet_runner.outcome import Outcome, Raised

SECONDS = 10
MEGABYTES = 512
#: Entries whose programs may take more, as (megabytes, seconds), and why.
MORE = {
    "batch_too_large": (1024, 40),  # the SDKs hold a body of 256 MB twice, as text and as bytes
    "file_too_large": (1024, 40),  # fetch of Node holds a form with a 500 MB file once; all of it goes over loopback
}

#: Seconds after which a process that does not say that its program began or ended is taken for broken.
_PATIENCE = 60
_HERE = Path(__file__).resolve().parent
#: The key is no key; the mock takes any.
_KEY = "test-key-for-the-mock"


def environment(base_url: str, home: Path) -> dict[str, str]:
    """Return the whole environment of a program: no key, no proxy, nothing of the caller's environment."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "ANTHROPIC_API_KEY": _KEY,
        "ANTHROPIC_BASE_URL": base_url,
        "NO_PROXY": "127.0.0.1,localhost",
    }


class Hosts:
    """Runs Python programs in forks of one process, and TypeScript programs with Node. Safe to use from several threads."""

    def __init__(self, node: str, node_modules: Path) -> None:
        self.node = node
        self.node_modules = node_modules
        self._python: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._told: dict[str, queue.SimpleQueue[dict[str, Any]]] = {}
        self._turn = threading.Lock()

    def __enter__(self) -> Hosts:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def run(
        self,
        name: str,
        source: str,
        base_url: str,
        *,
        megabytes: int = MEGABYTES,
        seconds: int = SECONDS,
        beside: Mapping[str, bytes] = MappingProxyType({}),
    ) -> Outcome:
        """Run `source`, called `name` (its ending tells the language), and return how it ended.

        The program finds the files `beside` (name to content) in its folder.
        """
        with _folder() as folder:
            work = folder / "work"
            work.mkdir()
            for other, content in beside.items():
                (work / other).write_bytes(content)
            file = folder / name
            file.write_text(source, encoding="utf-8")
            job = {
                "file": str(file),
                "folder": str(work),
                "output": str(folder / "output.txt"),
                "result": str(folder / "result.json"),
                "seconds": seconds,
                "environment": environment(base_url, work),
            }
            run = self._run_python if name.endswith(".py") else self._run_node
            return run(job, folder, megabytes, seconds)

    def close(self) -> None:
        """Stop the Python process."""
        if self._python is not None:
            assert self._python.stdin is not None
            assert self._python.stdout is not None
            assert self._reader is not None
            self._python.stdin.close()
            self._python.wait(10)
            self._reader.join(10)
            self._python.stdout.close()
            self._python = None

    def _run_python(self, job: dict[str, Any], folder: Path, megabytes: int, seconds: int) -> Outcome:
        told: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        began = time.monotonic()
        with self._turn:
            self._told[job["file"]] = told
            host = self._python_host()
            assert host.stdin is not None
            host.stdin.write(json.dumps(job) + "\n")
            host.stdin.flush()
        watch = _Watch(told.get(timeout=_PATIENCE)["pid"], megabytes, seconds)
        died = told.get(timeout=seconds + _PATIENCE)["signal"]
        del self._told[job["file"]]
        return _outcome(job, began, watch, died)

    def _python_host(self) -> subprocess.Popen[str]:
        if self._python is None:
            command = [sys.executable, "-I", str(_HERE / "python_host.py")]
            clean = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": tempfile.gettempdir()}
            self._python = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=clean)
            self._reader = threading.Thread(target=self._read, args=(self._python,), daemon=True)
            self._reader.start()
        return self._python

    def _read(self, host: subprocess.Popen[str]) -> None:
        """Hand each line of the Python process to the run that waits for it."""
        assert host.stdout is not None
        for line in host.stdout:
            told = json.loads(line)
            self._told[told["job"]].put(told)

    def _run_node(self, job: dict[str, Any], folder: Path, megabytes: int, seconds: int) -> Outcome:
        (folder / "node_modules").symlink_to(self.node_modules)
        (folder / "package.json").write_text('{"type": "module"}')
        began = time.monotonic()
        with Path(job["output"]).open("wb") as output:
            process = subprocess.Popen(
                [self.node, str(_HERE / "node_host.mjs"), job["file"], job["result"]],
                cwd=job["folder"],
                env=job["environment"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
            watch = _Watch(process.pid, megabytes, seconds)
            code = process.wait()
        return _outcome(job, began, watch, -code if code < 0 else None)


class _Watch:
    """Looks at a process until it is gone; kills it when it takes too long or too much."""

    def __init__(self, pid: int, megabytes: int, seconds: int) -> None:
        self.pid = pid
        self.peak_mb = 0
        self.reason: str | None = None
        self._limits = megabytes, seconds
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        megabytes, seconds = self._limits
        began = time.monotonic()
        while not self._done.wait(0.02):
            self.peak_mb = max(self.peak_mb, _resident_mb(self.pid))
            if self.peak_mb > megabytes:
                self._kill(f"took more than {megabytes} MB")
            elif time.monotonic() - began > seconds:
                self._kill(f"took longer than {seconds} s")

    def _kill(self, reason: str) -> None:
        self.reason = self.reason or reason
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def _resident_mb(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) // 1000
    except OSError:
        pass
    return 0


def _outcome(job: dict[str, Any], began: float, watch: _Watch, died: int | None) -> Outcome:
    seconds = time.monotonic() - began
    watch.stop()
    output = Path(job["output"]).read_text(encoding="utf-8", errors="replace") if Path(job["output"]).is_file() else ""
    result = Path(job["result"])
    if watch.reason or died is not None or not result.is_file():
        reason = "ended without saying how" if died is None else f"died of signal {died}"
        return Outcome(None, seconds, watch.peak_mb, output, watch.reason or reason)
    told = json.loads(result.read_text(encoding="utf-8"))
    return Outcome(None if told is None else Raised.of(told), seconds, watch.peak_mb, output)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="snippet-")).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
