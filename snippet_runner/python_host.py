"""Runs Python programs in forks of itself, so that the SDK is imported once.

A process of its own, started by `hosts`: reads one JSON line a program from
standard input and answers each with two, when it has begun and when it has
ended; several may run at once. Imports nothing of this project.
"""

from __future__ import annotations

import ipaddress
import json
import os
import resource
import sys
import traceback
from typing import Any

import anthropic
import anthropic.types.messages

anthropic.Anthropic(api_key="warm-up", base_url="http://127.0.0.1:9").close()

#: Events whose second value is an address, and events whose first one is an address or a name.
_ADDRESSED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind")
_ASKING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
_STARTING = ("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen")


def _only_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _STARTING:
        raise PermissionError(f"a snippet may not start another program ({event})")
    if event not in _ADDRESSED and event not in _ASKING:
        return
    host = arguments[1] if event in _ADDRESSED else arguments[0]
    if isinstance(host, tuple):
        host = host[0]
    elif event in _ADDRESSED:
        return  # a path on this machine, or a socket that is already connected
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is not None and not _is_loopback(str(host)):
        raise PermissionError(f"a snippet may reach only this machine, not {host}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _told(error: BaseException, file: str) -> dict[str, Any]:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    if isinstance(error, SyntaxError) and error.filename == file:
        lines.append(error.lineno)
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


def _attend(job: dict[str, Any]) -> None:
    """Fork the program and tell its process id, then the signal that it died of. A line this short is written whole."""
    child = os.fork()
    if child == 0:
        try:
            _run(job)
        finally:
            os._exit(0)
    _tell({"job": job["file"], "pid": child})
    _, status = os.waitpid(child, 0)
    _tell({"job": job["file"], "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None})


def _tell(value: dict[str, Any]) -> None:
    os.write(1, json.dumps(value).encode() + b"\n")


def main() -> None:
    """Fork for each job a process that attends to it, until there are no more."""
    for line in sys.stdin:
        while _ended():
            pass
        if os.fork() == 0:
            try:
                _attend(json.loads(line))
            finally:
                os._exit(0)


def _ended() -> bool:
    """Return whether one of the forks had ended, and let go of it."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return False


if __name__ == "__main__":
    main()
