"""The Message Batches API of the mock. Time moves by request: a batch has ended when it is first looked at.

Must not know how a message is made or refused.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mock_api import good, texts
from mock_api.answers import Failure
from mock_api.rules import Call, Knowledge, batch_failure, row_failure
from mock_api.shapes import read_json
from mock_api.world import Logged, StoredBatch, World, new_id

_CREATED = "2026-11-21T00:00:00Z"
_ENDED = "2026-11-21T00:05:00Z"
_EXPIRES = "2026-11-22T00:00:00Z"
_BASE = "/v1/messages/batches"
#: What may be done with one batch, by the end of its address.
_METHODS = {None: ("GET", "DELETE"), "/results": ("GET",), "/cancel": ("POST",)}


class Batches:
    """Answers what is below `/v1/messages/batches`."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known

    async def answer(self, request: Request, path: str, world: World, entry: Logged) -> Response | Failure:
        """Return the answer to a request about batches; rows that end as errored are named in `entry`."""
        if path == _BASE:
            if request.method == "POST":
                return await self._create(request, world, entry)
            if request.method != "GET":
                return self.known.no_resource()
            batches = [batch.body for batch in world.batches.values()]
            ends = {"first_id": batches[0]["id"] if batches else None, "last_id": batches[-1]["id"] if batches else None}
            return _json({"data": batches, "has_more": False, **ends})
        match = re.fullmatch(_BASE + r"/([^/]+)(/results|/cancel)?", path)
        if match is None or request.method not in _METHODS[match.group(2)]:
            return self.known.no_resource()
        batch = world.batches.get(match.group(1))
        if batch is None:
            return self.known.invalid(f"Message Batch {match.group(1)} not found.", 404, "not_found_error")
        if match.group(2) == "/results":
            return self._results(batch, entry)
        if match.group(2) == "/cancel":
            return self._cancel(batch)
        if request.method == "DELETE":
            if batch.body["processing_status"] != "ended":
                return self.known.invalid("In progress batches cannot be deleted. Consider canceling the batch instead.")
            del world.batches[match.group(1)]
            return _json({"id": match.group(1), "type": "message_batch_deleted"})
        return _json(self._ended(batch, request))

    async def _create(self, request: Request, world: World, entry: Logged) -> Response | Failure:
        try:
            body = read_json(await request.body())
        except ValueError:
            return self.known.invalid("The request body is not valid JSON")
        failure = batch_failure(body, self.known)
        if failure is not None:
            return failure
        identifier = new_id("msgbatch")
        ends = world.weather.rows(len(body["requests"]))
        results = [self._result(row, end, request, world) for row, end in zip(body["requests"], ends, strict=True)]
        jobs = [texts.job(row["params"]) for row in body["requests"]]
        entry.rows = tuple((job, result["result"]["type"]) for job, result in zip(jobs, results, strict=True))
        batch: dict[str, Any] = {
            "id": identifier,
            "type": "message_batch",
            "processing_status": "in_progress",
            "request_counts": {"processing": len(results), "succeeded": 0, "errored": 0, "canceled": 0, "expired": 0},
            "created_at": _CREATED,
            "expires_at": _EXPIRES,
            "ended_at": None,
            "archived_at": None,
            "cancel_initiated_at": None,
            "results_url": None,
        }
        world.batches[identifier] = StoredBatch(batch, results)
        return _json(batch)

    def _result(self, row: dict[str, Any], end: str | None, request: Request, world: World) -> dict[str, Any]:
        """Return the result of a row; `end` is what the weather makes of one without a mistake."""
        failure = row_failure(Call(row["params"], request.headers, world), self.known)
        if failure is None and end == "errored":
            failure = self.known.invalid("Internal server error", 500, "api_error")
        if failure is None and end == "expired":
            result: dict[str, Any] = {"type": "expired"}
        elif failure is None:
            result = {"type": "succeeded", "message": good.message(row["params"], world)}
        else:
            result = {"type": "errored", "error": failure.body(new_id("req"))}
        return {"custom_id": row["custom_id"], "result": result}

    def _cancel(self, batch: StoredBatch) -> Response | Failure:
        if batch.body["processing_status"] == "ended":  # the wording is not documented; this one is the mock's
            return self.known.invalid(f"Message Batch {batch.body['id']} has ended and cannot be canceled.")
        batch.body |= {"processing_status": "canceling", "cancel_initiated_at": _CREATED}
        batch.results = [{**row, "result": {"type": "canceled"}} for row in batch.results]
        return _json(batch.body)

    def _ended(self, batch: StoredBatch, request: Request) -> dict[str, Any]:
        if batch.body["processing_status"] != "ended":
            counts = Counter(row["result"]["type"] for row in batch.results)
            states = ("processing", "succeeded", "errored", "canceled", "expired")
            url = str(request.url).split("?")[0].rstrip("/") + "/results"
            ended = {"processing_status": "ended", "ended_at": _ENDED, "results_url": url}
            batch.body |= ended | {"request_counts": {state: counts.get(state, 0) for state in states}}
        return batch.body

    def _results(self, batch: StoredBatch, entry: Logged) -> Response | Failure:
        if batch.body["processing_status"] != "ended":
            return self.known.invalid(f"Message Batch {batch.body['id']} has no available results.", 404, "not_found_error")
        if any(row["result"]["type"] == "errored" for row in batch.results):
            entry.slug = "batch_request_errored"
        content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in batch.results)
        return Response(content, media_type="application/x-jsonl", headers={"request-id": new_id("req")})


def _json(body: dict[str, Any]) -> Response:
    return JSONResponse(body, headers={"request-id": new_id("req")})
