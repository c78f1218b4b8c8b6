"""Makes the response that a guide shows from what its entry says of the error.

Must not render or read anything.
"""

from __future__ import annotations

import json
from typing import Any

from generator.schema import Entry
from generator.signature import fill

#: The request id of the official documentation's examples (API errors page, read 2026-09-26).
EXAMPLE_REQUEST_ID = "req_018EeWyXxfu5pfWkrYcMdjWG"


def response_body(entry: Entry) -> dict[str, Any] | None:
    """Return the JSON body: the one that the entry gives, else one of the documented shape.

    None when there is nothing to show: no HTTP error answer, or no message is known.
    """
    if entry.response.body is not None:
        return entry.response.body
    if entry.main.type is None or not entry.messages or entry.origin in ("sdk", "subscription"):
        return None
    message = entry.messages[0]
    error: dict[str, Any] = {"type": entry.main.type, "message": fill(message.template, message.fill)}
    if entry.main.error_code is not None:
        error["details"] = {"error_code": entry.main.error_code}
    return {"type": "error", "error": error, "request_id": EXAMPLE_REQUEST_ID}


def response_json(entry: Entry) -> str | None:
    """Return `response_body` as the page prints it."""
    body = response_body(entry)
    return None if body is None else json.dumps(body, indent=2, ensure_ascii=False, default=str)
