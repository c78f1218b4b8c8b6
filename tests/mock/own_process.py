"""The mock as a process of its own, to see when it is ready and how much memory it takes."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_PROGRAM = """
import sys
from pathlib import Path
from generator.content import project
from mock_api.app import MockApi
from mock_api.server import running
with running(MockApi(project.load(Path(sys.argv[1])))) as address:
    print(address, flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def started(root: Path, temporary: Path) -> Iterator[tuple[str, int]]:
    """Start a mock of the project in `root` and yield its address and its process id; its uploads go to `temporary`."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    command = [sys.executable, "-c", _PROGRAM, str(root)]
    with subprocess.Popen(command, cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, "the mock did not start"
        yield address, process.pid
        process.stdin.close()


def cpu_seconds(pid: int) -> float:
    """Return the processor time that the process has taken so far: its time alone on a machine, whatever else runs."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_megabytes(pid: int) -> float:
    """Return the most memory that the process has had so far, as the kernel counted it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1000
