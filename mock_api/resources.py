"""Answers about what the mock does not keep: models and agents.

Must not know about messages.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mock_api.answers import Failure
from mock_api.rules import Knowledge
from mock_api.shapes import read_json
from mock_api.world import new_id


def models(known: Knowledge) -> Response:
    """Return the list of all models that requests can name."""
    found = [
        {"id": identifier, "type": "model", "display_name": identifier, "created_at": "2026-01-01T00:00:00Z"}
        | {"max_input_tokens": facts.context_tokens, "max_tokens": facts.max_output_tokens, "capabilities": None}
        | {"lifecycle": "deprecated" if facts.status == "deprecated" else "active"}
        for identifier, facts in known.facts.models.models.items()
    ]
    ends = {"first_id": found[0]["id"], "last_id": found[-1]["id"]}
    return JSONResponse({"data": found, "has_more": False, **ends}, headers={"request-id": new_id("req")})


async def agent(request: Request, path: str, known: Knowledge) -> Response | Failure:
    """Return an agent of Managed Agents, as it is or as an update leaves it. Nothing is kept, and every `version` is taken."""
    try:
        body = read_json(await request.body()) if request.method == "POST" else {}
    except ValueError:
        return known.invalid("The request body is not valid JSON")
    if not isinstance(body, dict):
        return known.invalid("Input should be a valid dictionary")
    system = body.get("system", "Answer in Korean.")
    found: dict[str, Any] = {
        **{"id": path.removeprefix("/v1/agents/"), "type": "agent", "name": "Mock", "version": 5 if body else 4},
        **{"system": system if isinstance(system, str) else None, "description": None, "metadata": {}},
        **{"model": {"id": next(iter(known.facts.models.models)), "effort": {"type": "high"}, "speed": "standard"}},
        **{"mcp_servers": [], "skills": [], "tools": [], "multiagent": None, "execution_identity": {"type": "service_account"}},
        **{"archived_at": None, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"},
    }
    return JSONResponse(found, headers={"request-id": new_id("req")})
