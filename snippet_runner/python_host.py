"""Runs Python programs in forks of itself, so that the SDK is imported once.

A process of its own, started by `hosts`: reads one JSON line a program from
standard input, answers with one line. Imports nothing of this project.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from typing import Any

import anthropic
import anthropic.types.messages

anthropic.Anthropic(api_key="warm-up", base_url="http://127.0.0.1:9").close()

_LOOPBACK = ("127.", "::1", "localhost")


def _only_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.bind"):
        address = arguments[1]
        host = str(address[0]) if isinstance(address, tuple) else "127."
    elif event == "socket.getaddrinfo":
        host = str(arguments[0] or "127.")
    elif event in ("os.exec", "os.posix_spawn", "subprocess.Popen", "os.system"):
        raise PermissionError(f"a snippet may not start another program ({event})")
    else:
        return
    if not host.startswith(_LOOPBACK):
        raise PermissionError(f"a snippet may reach only this machine, not {host}")


def _told(error: BaseException, file: str) -> dict[str, Any]:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return {
        "class_name": type(error).__name__,
        "status": getattr(error, "status_code", None),
        "type": getattr(error, "type", None),
        "error_code": getattr(error, "error_code", None),
        "message": getattr(error, "api_message", None) or str(error),
        "line": lines[-1] if lines else None,
    }


def _run(job: dict[str, Any]) -> None:
    os.setsid()
    os.chdir(job["folder"])
    os.environ.clear()
    os.environ.update(job["environment"])
    output = os.open(job["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    resource.setrlimit(resource.RLIMIT_CPU, (job["seconds"] + 1, job["seconds"] + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    raised = None
    # A frame of its own as `__main__`, so that the program looks as it does when it is started by itself.
    space: dict[str, Any] = {"__name__": "__main__", "__file__": job["file"], "__builtins__": __builtins__}
    sys.addaudithook(_only_loopback)
    try:
        with open(job["file"], encoding="utf-8") as source:  # noqa: PTH123
            exec(compile(source.read(), job["file"], "exec"), space)
    except SystemExit as error:
        if error.code:
            raised = _told(error, job["file"])
    except BaseException as error:
        traceback.print_exc()
        raised = _told(error, job["file"])
    sys.stdout.flush()
    sys.stderr.flush()
    with open(job["result"], "w", encoding="utf-8") as result:  # noqa: PTH123
        json.dump(raised, result)


def main() -> None:
    """Answer each job with the process id of its fork, then with how that ended."""
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                _run(job)
            finally:
                os._exit(0)
        print(json.dumps({"pid": child}), flush=True)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None}), flush=True)


if __name__ == "__main__":
    main()
