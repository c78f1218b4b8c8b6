"""Runs the mock on loopback: for a reader in the foreground, for tests in a thread.

Must not know what is answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from generator.content import project
from mock_api.app import MockApi

HOST = "127.0.0.1"


class _Protocol(HttpToolsProtocol):
    """Gives the application a way to end its connection as a broken network would, and to see that the client left."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        application: Any = self.config.loaded_app

        async def with_abort(scope: Any, receive: Any, send: Any) -> None:
            scope["mock_api.abort"] = transport.abort
            scope["mock_api.gone"] = transport.is_closing
            await application(scope, receive, send)

        self.app = with_abort


def _server(application: MockApi, port: int) -> uvicorn.Server:
    config = uvicorn.Config(application, HOST, port, http=_Protocol, lifespan="off", log_level="critical", access_log=False)
    return uvicorn.Server(config)


def serve(root: Path, port: int, scenario: str) -> None:
    """Serve until interrupted. Raises ScenarioError for a scenario that is none, OSError when the port is taken."""
    application = MockApi(project.load(root), scenario)
    with socket.socket() as probe:  # uvicorn would print a traceback of its own
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
    try:
        _server(application, port).run()
    finally:
        application.worlds.close()


@contextlib.contextmanager
def running(application: MockApi) -> Iterator[str]:
    """Serve `application` in a thread on a free port and yield its address; its worlds can be read meanwhile."""
    server = _server(application, 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the mock did not start")
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://{HOST}:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        application.worlds.close()
