"""Makes error answers in the documented form, with the texts of the entries.

Must not decide when an error comes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from generator.schemas.entry import Entry, Message
from generator.text.message import compile_signature, fill, placeholders
from mock_api.world import new_id


@dataclasses.dataclass(frozen=True)
class Failure:
    """An error answer before it is sent."""

    status: int
    type: str
    message: str
    error_code: str | None = None
    slug: str | None = None
    edge: bool = False
    """True for an answer of the network edge, which has no outer `type` and no request id."""
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def error(self) -> dict[str, Any]:
        """Return the inner error object."""
        error: dict[str, Any] = {"type": self.type, "message": self.message}
        if self.error_code:
            error["details"] = {"error_code": self.error_code, **self.details}
        return error

    def body(self, request_id: str) -> dict[str, Any]:
        """Return the whole body."""
        return {"error": self.error()} if self.edge else {"type": "error", "error": self.error(), "request_id": request_id}

    def response(self) -> JSONResponse:
        """Return the HTTP answer."""
        request_id = new_id("req")
        headers = dict(self.headers) if self.edge else {"request-id": request_id, **self.headers}
        return JSONResponse(self.body(request_id), self.status, headers)


def of_entry(
    entry: Entry, values: Mapping[str, str] | None = None, *, containing: str = "", headers: Mapping[str, str] | None = None
) -> Failure:
    """Return the failure that `entry` describes, worded by its first message, or by the first that holds `containing`.

    `values` fill placeholders; others take their example values.
    """
    message = next((message for message in entry.messages if containing in message.template), None)
    if message is None:
        raise LookupError(f"{entry.slug} has no message with {containing!r}")
    status = message.status or entry.main.status
    error_code = message.error_code or (entry.main.error_code if message.status is None else None)
    identity = next(
        (item for item in entry.identities if item.status == status and (error_code is None or item.error_code == error_code)), entry.main
    )
    if status is None:
        raise LookupError(f"{entry.slug} has no HTTP status")
    return Failure(
        status=status,
        type=identity.type or "invalid_request_error",
        message=_worded(message, values or {}),
        error_code=error_code,
        slug=entry.slug,
        edge=entry.origin == "edge",
        headers=headers or {},
    )


def _worded(message: Message, values: Mapping[str, str]) -> str:
    names = placeholders(message.template)
    return fill(message.template, {name: values.get(name, message.fill.get(name, "")) for name in names})


def owner(entries: Mapping[str, Entry], status: int, text: str) -> str | None:
    """Return the slug of the entry whose template recognises `text`, the most specific one, or None."""
    best: tuple[int, str] | None = None
    for slug, entry in entries.items():
        for message in entry.messages:
            if (message.status or entry.main.status) != status:
                continue
            signature = compile_signature(message.template)
            weight = sum(map(len, signature.literals))
            if signature.recognises(text) and (best is None or weight > best[0]):
                best = (weight, slug)
    return best[1] if best else None
