"""The mock as a web application: addresses, bodies, answers.

Must not hold a rule or a text of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from generator.content.project import Project
from mock_api import caching, good, resources, scenario, streams, texts
from mock_api.answers import Failure, of_entry
from mock_api.batches import Batches
from mock_api.buckets import UNITS
from mock_api.files import Files
from mock_api.rules import Call, Knowledge, first_failure, key_failure, size_failure
from mock_api.scenario import ScenarioError
from mock_api.shapes import read_json
from mock_api.weather import Asked, Strike
from mock_api.world import Logged, World, Worlds, new_id

PREFIX = "/scenario/"
#: What is asked of a model, so that the weather may look at it.
MESSAGES = ("/v1/messages", "/v1/messages/count_tokens")


class Abort(Exception):  # noqa: N818 - a way to end the connection, no failure
    """The connection ends here, without another byte."""


class TooLarge(Exception):  # noqa: N818 - an answer, no failure of ours
    """More came than this endpoint takes."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class MockApi:
    """One application; its worlds can be read by tests in the same process."""

    def __init__(self, project: Project, default: str = "", scale: int = 1) -> None:
        self.known = Knowledge(project)
        self.scale = scale
        """What the limits for whole bodies are divided by: each byte of a body counts as so many."""
        self.worlds = Worlds(caching.rules(self.known.facts.grouped))
        self.default = default
        self._parse(default)  # a mistake shows at the start, not at the first request
        self.files = Files(self.known)
        self.batches = Batches(self.known)
        self.starlette = Starlette()

    def _parse(self, text: str) -> scenario.Scenario:
        return scenario.parse(text, self.known.entries, self.known.facts.models.models)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        if scope["type"] != "http":
            await self.starlette(scope, receive, send)
            return
        request = Request(scope, receive)
        text, path = self._split(request.url.path)
        if "content-length" not in request.headers:
            request = Request(scope, self._counted(receive, path))
        try:
            weather = self._parse(text)
        except ScenarioError as error:
            await Failure(404, "not_found_error", str(error)).response()(scope, receive, send)
            return
        world = self.worlds.get(weather)
        with world.request():
            await self._log_and_answer(request, path, world, receive, send)

    async def _log_and_answer(self, request: Request, path: str, world: World, receive: Receive, send: Send) -> None:
        entry = Logged(request.method, path, 200)
        try:
            response = await self._answer(request, path, world, entry)
        except Abort:
            entry.status = 0
            world.log.append(entry)
            await streams.cut(request.scope, send, started=False)
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
            await response(request.scope, receive, _watched(request.scope, send, entry, getattr(response, "whole", True)))

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
            failure = size_failure(path, size * self.scale, self.known)
            if failure is not None:
                raise TooLarge(failure)
            return message

        return counted

    async def _answer(self, request: Request, path: str, world: World, entry: Logged) -> Response:
        failure = key_failure(request.headers, self.known)
        declared = int(request.headers.get("content-length") or 0)
        failure = size_failure(path, declared * self.scale, self.known) or failure
        if failure is not None:
            await _drain(request)
            return _refused(failure, entry)
        asked, body = Asked(), None
        if path in MESSAGES and request.method == "POST":
            asked, body = await _look(request, path)
            entry.job = texts.job(body)
        strike = world.weather.before(asked)
        if strike.name in (None, "slow") or strike.name in streams.BROKEN:
            entry.injected = strike.name == "slow"
            response = await self._route(request, path, world, entry, asked, strike)
        else:
            await _drain(request)
            entry.injected = True
            if strike.name == "connection_error":
                entry.slug = strike.name
                raise Abort
            answer = _foreign if strike.name in scenario.FOREIGN else _refused
            response = answer(self._weather(strike, asked), entry)
        await _wait(request.receive, strike.wait)
        response.headers.update(strike.headers)
        return response

    def _weather(self, strike: Strike, asked: Asked) -> Failure:
        assert strike.name is not None
        headers = {"retry-after": strike.retry_after} if strike.retry_after else {}
        if strike.limit is None:
            return of_entry(self.known.entries[strike.name], headers=headers)
        name, most = strike.limit
        entry = self.known.entries.get(f"rate_limit_{name}", self.known.entries["rate_limit_error"])
        values = {"n": f"{most:,}", "unit": UNITS[name][1]}
        if asked.model is not None:
            values["model"] = asked.model
        if name == "requests":
            values["advice"] = "Try again later."
        return of_entry(entry, values, headers=headers)

    async def _route(self, request: Request, path: str, world: World, entry: Logged, asked: Asked, strike: Strike) -> Response:
        if path.startswith("/v1/files"):
            return _marked(await self.files.answer(request, path, world), entry)
        if path.startswith("/v1/messages/batches"):
            return _marked(await self.batches.answer(request, path, world, entry), entry)
        if path.startswith("/v1/agents/") and request.method in ("GET", "POST"):
            return _marked(await resources.agent(request, path, self.known), entry)
        if path == "/v1/models" and request.method == "GET":
            return resources.models(self.known)
        if path in MESSAGES and request.method == "POST":
            return await self._message(request, path, world, entry, asked, strike)
        return _refused(self.known.no_resource(), entry)

    async def _message(self, request: Request, path: str, world: World, entry: Logged, asked: Asked, strike: Strike) -> Response:
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
        if strike.name is None:
            strike = world.weather.within(asked)
        answer = good.message(body, world, strike.wait)
        if strike.name in scenario.DECLINED:
            answer = good.declined(answer)
        if strike.name in (*scenario.DECLINED, *streams.BROKEN):
            entry.slug, entry.injected = strike.name, True
        if not asked.stream:
            return JSONResponse(answer, headers=headers)
        return streams.stream(answer, strike.name if strike.name in streams.BROKEN else None, strike.share, headers)


async def _look(request: Request, path: str) -> tuple[Asked, Any]:
    """Return the facts about a message request that the weather may use, and its body; an unreadable body gives none."""
    try:
        body = read_json(await request.body())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return Asked(), None
    counted = path == "/v1/messages"
    stream = counted and body.get("stream") is True
    return Asked(str(body.get("model")), stream, good.tokens(body), counted), body


async def _wait(receive: Receive, seconds: float) -> None:
    """Wait for `seconds`; raises ClientDisconnect when the client leaves meanwhile."""
    if seconds <= 0:
        return
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
            raise ClientDisconnect


def _watched(scope: Scope, send: Send, entry: Logged, whole: bool) -> Send:
    """Return a `send` that notes in `entry` whether the answer came to its end; it does so before the client can have read it."""
    gone = scope.get("mock_api.gone", lambda: False)

    async def watched(message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            entry.complete = whole and not gone()
        await send(message)

    return watched


async def _drain(request: Request) -> None:
    """Read and forget the body: a client that is still sending would take an early answer for a broken connection."""
    async for _ in request.stream():
        pass


def _refused(failure: Failure, entry: Logged) -> Response:
    entry.slug, entry.message = failure.slug, failure.message
    return failure.response()


def _foreign(failure: Failure, entry: Logged) -> Response:
    """Return the answer of a server that is not the API, such as a proxy: plain text, no error type, no request id."""
    entry.slug, entry.message = failure.slug, failure.message
    return PlainTextResponse(failure.message, failure.status, dict(failure.headers))


def _marked(answer: Response | Failure, entry: Logged) -> Response:
    return _refused(answer, entry) if isinstance(answer, Failure) else answer
