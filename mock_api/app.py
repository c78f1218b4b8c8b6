"""The mock as a web application: addresses, bodies, answers.

Must not hold a rule or a text of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from generator.project import Project
from mock_api import good, scenario
from mock_api.answers import Failure, of_entry
from mock_api.batches import Batches
from mock_api.files import Files
from mock_api.rules import Call, Knowledge, first_failure, key_failure, size_failure
from mock_api.scenario import Scenario, ScenarioError
from mock_api.shapes import read_json
from mock_api.world import Logged, World, Worlds, new_id

PREFIX = "/scenario/"
#: Error events of the streams that go wrong, by scenario: type and message.
ERROR_EVENTS = {
    "overloaded_in_stream": ("overloaded_error", "Overloaded"),
    "stream_error": ("api_error", "Internal server error"),
}


class Abort(Exception):  # noqa: N818 - a way to end the connection, no failure
    """The connection ends here, without another byte."""


class TooLarge(Exception):  # noqa: N818 - an answer, no failure of ours
    """More came than this endpoint takes."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class MockApi:
    """One application; its worlds can be read by tests in the same process."""

    def __init__(self, project: Project, default: str = "") -> None:
        self.known = Knowledge(project)
        self.worlds = Worlds()
        self.default = default
        scenario.parse(default, self.known.entries)  # a mistake shows at the start, not at the first request
        self.files = Files(self.known)
        self.batches = Batches(self.known)
        self.starlette = Starlette()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.starlette(scope, receive, send)
            return
        request = Request(scope, receive)
        text, path = self._split(request.url.path)
        if "content-length" not in request.headers:
            request = Request(scope, self._counted(receive, path))
        try:
            weather = scenario.parse(text, self.known.entries)
        except ScenarioError as error:
            await self._send(Failure(404, "not_found_error", str(error)).response(), scope, receive, send)
            return
        world = self.worlds.get(weather)
        entry = Logged(request.method, path, 200)
        try:
            response = await self._answer(request, path, world, entry)
        except Abort:
            entry.status = 0
            world.log.append(entry)
            await _cut(scope, send, started=False)
            return
        except ClientDisconnect:
            entry.status = 499
            world.log.append(entry)
            return
        except TooLarge as error:
            response = _refused(error.failure, entry)
        entry.status = response.status_code
        world.log.append(entry)
        with contextlib.suppress(ClientDisconnect):
            await response(scope, receive, send)

    def _split(self, path: str) -> tuple[str, str]:
        """Return (scenario, path of the API): `/scenario/x;times=2/v1/messages` has both."""
        if path.startswith(PREFIX):
            text, _, rest = path.removeprefix(PREFIX).partition("/")
            return text, f"/{rest}"
        return self.default, path

    def _counted(self, receive: Receive, path: str) -> Receive:
        """Return a `receive` that raises TooLarge when a body that does not say how long it is, and may never end, goes over the limit."""
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            failure = size_failure(path, size, self.known)
            if failure is not None:
                raise TooLarge(failure)
            return message

        return counted

    async def _send(self, response: Response, scope: Scope, receive: Receive, send: Send) -> None:
        await response(scope, receive, send)

    async def _answer(self, request: Request, path: str, world: World, entry: Logged) -> Response:
        failure = key_failure(request.headers, self.known)
        declared = int(request.headers.get("content-length") or 0)
        failure = size_failure(path, declared, self.known) or failure
        if failure is not None:
            await _drain(request)
            return _refused(failure, entry)
        if world.scenario.name == "connection_error" and world.strikes():
            await _drain(request)
            entry.slug, entry.injected = "connection_error", True
            raise Abort
        in_stream = world.scenario.name in (*scenario.CONNECTION, *scenario.DECLINED)
        if not in_stream and world.strikes():
            await _drain(request)
            entry.injected = True
            answer = _foreign if world.scenario.name in scenario.FOREIGN else _refused
            return answer(self._weather(world.scenario), entry)
        return await self._route(request, path, world, entry)

    def _weather(self, weather: Scenario) -> Failure:
        assert weather.name is not None
        headers = {"retry-after": weather.retry_after} if weather.retry_after else {}
        return of_entry(self.known.entries[weather.name], headers=headers)

    async def _route(self, request: Request, path: str, world: World, entry: Logged) -> Response:
        if path.startswith("/v1/files"):
            return _marked(await self.files.answer(request, path, world), entry)
        if path.startswith("/v1/messages/batches"):
            return _marked(await self.batches.answer(request, path, world, entry), entry)
        if path.startswith("/v1/agents/") and request.method in ("GET", "POST"):
            return await self._agent(request, path, entry)
        if path == "/v1/models" and request.method == "GET":
            return JSONResponse(self._models(), headers={"request-id": new_id("req")})
        if path in ("/v1/messages", "/v1/messages/count_tokens") and request.method == "POST":
            return await self._message(request, path, world, entry)
        return _refused(self.known.no_resource(), entry)

    async def _agent(self, request: Request, path: str, entry: Logged) -> Response:
        """Return an agent of Managed Agents, as it is or as an update leaves it. Nothing is kept, and every `version` is taken."""
        try:
            body = read_json(await request.body()) if request.method == "POST" else {}
        except ValueError:
            return _refused(self.known.invalid("The request body is not valid JSON"), entry)
        if not isinstance(body, dict):
            return _refused(self.known.invalid("Input should be a valid dictionary"), entry)
        system = body.get("system", "Answer in Korean.")
        agent: dict[str, Any] = {
            **{"id": path.removeprefix("/v1/agents/"), "type": "agent", "name": "Mock", "version": 5 if body else 4},
            **{"system": system if isinstance(system, str) else None, "description": None, "metadata": {}},
            **{"model": {"id": next(iter(self.known.facts.models.models)), "effort": {"type": "high"}, "speed": "standard"}},
            **{"mcp_servers": [], "skills": [], "tools": [], "multiagent": None, "execution_identity": {"type": "service_account"}},
            **{"archived_at": None, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"},
        }
        return JSONResponse(agent, headers={"request-id": new_id("req")})

    async def _message(self, request: Request, path: str, world: World, entry: Logged) -> Response:
        try:
            body = read_json(await request.body())
        except ValueError:
            return _refused(self.known.invalid("The request body is not valid JSON"), entry)
        if not isinstance(body, dict):
            return _refused(self.known.invalid("Input should be a valid dictionary"), entry)
        counting = path.endswith("count_tokens")
        call = Call({**body, "max_tokens": 1} if counting else body, request.headers, world)
        failure = first_failure(call, self.known)
        if failure is not None:
            return _refused(failure, entry)
        headers = {"request-id": new_id("req")}
        if counting:
            return JSONResponse({"input_tokens": good.tokens(body)}, headers=headers)
        answer = good.message(body, world)
        if world.scenario.name in scenario.DECLINED and world.strikes():
            answer = good.declined(answer)
            entry.slug, entry.injected = world.scenario.name, True
        if not body.get("stream"):
            return JSONResponse(answer, headers=headers)
        return self._stream(answer, world, entry, headers)

    def _stream(self, answer: dict[str, Any], world: World, entry: Logged, headers: dict[str, str]) -> Response:
        events = [good.encoded(event) for event in good.events(answer)]
        name = world.scenario.name
        broken = name if name in (*ERROR_EVENTS, "stream_interrupted") and world.strikes() else None
        if broken is None:
            return StreamingResponse(iter(events), media_type="text/event-stream", headers=headers)
        entry.slug, entry.injected = broken, True
        started = events[: len(events) // 2]
        if broken in ERROR_EVENTS:
            kind, message = ERROR_EVENTS[broken]
            error = {"type": "error", "error": {"details": None, "type": kind, "message": message}}
            return StreamingResponse(iter([*started, good.encoded(error)]), media_type="text/event-stream", headers=headers)
        return _CutStream(started, headers)

    def _models(self) -> dict[str, Any]:
        models = [
            {"id": identifier, "type": "model", "display_name": identifier, "created_at": "2026-01-01T00:00:00Z"}
            | {"max_input_tokens": facts.context_tokens, "max_tokens": facts.max_output_tokens, "capabilities": None}
            | {"lifecycle": "deprecated" if facts.status == "deprecated" else "active"}
            for identifier, facts in self.known.facts.models.models.items()
        ]
        return {"data": models, "has_more": False, "first_id": models[0]["id"], "last_id": models[-1]["id"]}


class _CutStream(Response):
    """Sends the first events of a stream, then ends the connection as a broken network would."""

    media_type = "text/event-stream"

    def __init__(self, events: list[bytes], headers: dict[str, str]) -> None:
        super().__init__(headers=headers)
        self.events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in self.raw_headers if name != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for event in self.events:
            await send({"type": "http.response.body", "body": event, "more_body": True})
        await asyncio.sleep(0.05)  # lets the client read what was sent before the end
        await _cut(scope, send, started=True)


async def _cut(scope: Scope, send: Send, *, started: bool) -> None:
    """End the connection without a proper end; uvicorn gives the transport in the scope's extensions (see `server`)."""
    abort = scope.get("mock_api.abort")
    if abort is not None:
        abort()
        await asyncio.sleep(0)  # the server notices that the connection is gone, and misses no end of the answer
    elif not started:  # pragma: no cover - only under another server
        await send({"type": "http.response.start", "status": 500, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def _drain(request: Request) -> None:
    """Read and forget the body: a client that is still sending would take an early answer for a broken connection."""
    async for _ in request.stream():
        pass


def _refused(failure: Failure, entry: Logged) -> Response:
    entry.slug, entry.message = failure.slug, failure.message
    return failure.response()


def _foreign(failure: Failure, entry: Logged) -> Response:
    """Return the answer of somebody else: plain text, no error type, no request id."""
    entry.slug, entry.message = failure.slug, failure.message
    return PlainTextResponse(failure.message, failure.status, dict(failure.headers))


def _marked(answer: Response | Failure, entry: Logged) -> Response:
    return _refused(answer, entry) if isinstance(answer, Failure) else answer


async def lines(rows: list[dict[str, Any]]) -> AsyncIterator[bytes]:
    """Yield rows as JSON Lines."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"
