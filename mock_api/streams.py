"""Sends streams: whole, ended by an error event, or cut as a broken network would.

Must not decide which of these happens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mock_api import good

#: Error events of the streams that go wrong, by scenario: type and message.
ERROR_EVENTS = {
    "overloaded_in_stream": ("overloaded_error", "Overloaded"),
    "stream_error": ("api_error", "Internal server error"),
}
#: Every way in which a stream can go wrong, by scenario.
BROKEN = (*ERROR_EVENTS, "stream_interrupted")


def stream(answer: dict[str, Any], broken: str | None, share: float, headers: Mapping[str, str]) -> Response:
    """Return the stream of `answer`; with a name from BROKEN it breaks after `share` (0 to 1) of its events."""
    events = [good.encoded(event) for event in good.events(answer)]
    if broken is None:
        return _Stream(events, headers)
    started = events[: int(len(events) * share)]
    if broken not in ERROR_EVENTS:
        return _CutStream(started, headers)
    kind, message = ERROR_EVENTS[broken]
    error = {"type": "error", "error": {"details": None, "type": kind, "message": message}}
    return _FailedStream([*started, good.encoded(error)], headers)


class _Stream(Response):
    """Sends events; the last one also ends the answer, so that a client that has read it knows that all was sent."""

    media_type = "text/event-stream"
    whole = True
    """False when the message is not delivered whole; the log of the world records it."""

    def __init__(self, events: list[bytes], headers: Mapping[str, str]) -> None:
        super().__init__(headers=headers)
        self.events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in self.raw_headers if name != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for place, event in enumerate(self.events, 1):
            await send({"type": "http.response.body", "body": event, "more_body": self.more(place)})
            await asyncio.sleep(0)  # lets the network send one by one, and others have their turn

    def more(self, place: int) -> bool:
        return place < len(self.events)


class _FailedStream(_Stream):
    """Sends the first events of a stream and an error event, then ends as HTTP wants it."""

    whole = False


class _CutStream(_Stream):
    """Sends the first events of a stream, then ends the connection."""

    whole = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, send)
        await asyncio.sleep(0.05)  # lets the client read what was sent before the end
        await cut(scope, send, started=True)

    def more(self, place: int) -> bool:
        return True


async def cut(scope: Scope, send: Send, *, started: bool) -> None:
    """End the connection without a proper end; uvicorn gives the transport in the scope's extensions (see `server`)."""
    abort = scope.get("mock_api.abort")
    if abort is not None:
        abort()
        await asyncio.sleep(0)  # the server notices that the connection is gone, and misses no end of the answer
    elif not started:  # pragma: no cover - only under another server
        await send({"type": "http.response.start", "status": 500, "headers": []})
        await send({"type": "http.response.body", "body": b""})
