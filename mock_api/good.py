"""Makes good answers: messages, whole or as a stream of events.

Must not check anything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from mock_api import texts
from mock_api.world import World, new_id

THINKING = "The mock thinks before it answers."


def signature(text: str) -> str:
    """Return the signature that the mock gives a thinking block; it proves that the text was not changed."""
    return hashlib.sha256(f"mock:{text}".encode()).hexdigest()


def message(body: dict[str, Any], world: World, begins_in: float = 0.0) -> dict[str, Any]:
    """Return a message that answers `body`: thinking when asked for, a tool call when there is a tool and no result yet.

    It begins in `begins_in` seconds; only then can others read what it writes to the cache.
    """
    content: list[dict[str, Any]] = []
    if body["max_tokens"] == 0:  # warms the cache and says nothing (Prompt caching, read 2026-08-22)
        return _message(body, [], "max_tokens", {**usage(body, world, begins_in), "output_tokens": 0})
    if _thinks(body):
        content.append({"type": "thinking", "thinking": THINKING, "signature": signature(THINKING)})
        world.thinking[signature(THINKING)] = THINKING
    tool = _tool_to_call(body)
    if tool is not None:
        words = texts.rest(texts.LOOK_UP, body)
        arguments = _arguments(tool, texts.job(body))
        call = {"type": "tool_use", "id": new_id("toolu"), "name": tool["name"], "input": arguments, "caller": {"type": "direct"}}
        content += [*_text(words), call]
    else:
        content += _text(texts.rest(texts.answer(body), body))
    return _message(body, content, "tool_use" if tool is not None else "end_turn", usage(body, world, begins_in))


def _message(body: dict[str, Any], content: list[dict[str, Any]], reason: str, used: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": new_id("msg"),
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": content,
        "stop_reason": reason,
        "stop_sequence": None,
        "stop_details": None,
        "container": None,
        "usage": used,
    }


def declined(answer: dict[str, Any]) -> dict[str, Any]:
    """Return `answer` as a safety classifier leaves it before any output (Refusals and fallback, read 2026-08-22)."""
    details = {"type": "refusal", "category": "cyber", "explanation": None}
    usage = {**answer["usage"], "output_tokens": 0}
    return {**answer, "content": [], "stop_reason": "refusal", "stop_details": details, "usage": usage}


def usage(body: dict[str, Any], world: World, begins_in: float = 0.0) -> dict[str, Any]:
    """Return the usage block of an answer to `body`, with what it took from the cache of `world`; tokens are estimated."""
    cached = world.cache.use(body, _tokens_of, begins_in)
    written = cached.written["5m"] + cached.written["1h"]
    return {
        "input_tokens": max(tokens(body) - cached.read - written, 1),
        "output_tokens": 12,
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": cached.read,
        "cache_creation": {"ephemeral_5m_input_tokens": cached.written["5m"], "ephemeral_1h_input_tokens": cached.written["1h"]},
        "output_tokens_details": None,
        "inference_geo": None,
        "server_tool_use": None,
        "service_tier": "standard",
    }


def tokens(body: dict[str, Any]) -> int:
    """Estimate the input tokens of a body: one for 4 ASCII characters, one for each other character of its texts."""
    return max(_tokens_of([body.get("system"), body.get("messages"), body.get("tools")]), 1)


def _tokens_of(part: Any) -> int:
    count = 0
    pending: list[Any] = [part]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            ascii_only = len(value.encode("ascii", "ignore"))
            count += ascii_only // 4 + (len(value) - ascii_only)
        elif isinstance(value, dict):
            if value.get("type") == "base64":
                count += 1500  # an image or a page, whatever its bytes
            else:
                pending += value.values()
        elif isinstance(value, list):
            pending += value
    return count


def events(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the events of a stream that carries `answer`."""
    start = {**answer, "content": [], "stop_reason": None, "stop_details": None, "usage": {**answer["usage"], "output_tokens": 1}}
    yield {"type": "message_start", "message": start}
    yield {"type": "ping"}
    for index, block in enumerate(answer["content"]):
        empty, deltas = _parts(block)
        yield {"type": "content_block_start", "index": index, "content_block": empty}
        for delta in deltas:
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    ended = {"stop_reason": answer["stop_reason"], "stop_sequence": None, "stop_details": answer["stop_details"], "container": None}
    yield {"type": "message_delta", "delta": ended, "usage": answer["usage"]}
    yield {"type": "message_stop"}


def encoded(event: dict[str, Any]) -> bytes:
    """Return a server-sent event."""
    return f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def _parts(block: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    if block["type"] == "text":
        words = block["text"].split(" ")
        pieces = [word if index == 0 else f" {word}" for index, word in enumerate(words)]
        return {**block, "text": ""}, [{"type": "text_delta", "text": piece} for piece in pieces]
    if block["type"] == "thinking":
        deltas = [{"type": "thinking_delta", "thinking": block["thinking"]}, {"type": "signature_delta", "signature": block["signature"]}]
        return {**block, "thinking": "", "signature": ""}, deltas
    return {**block, "input": {}}, [{"type": "input_json_delta", "partial_json": json.dumps(block["input"])}]


def _thinks(body: dict[str, Any]) -> bool:
    thinking = body.get("thinking")
    return isinstance(thinking, dict) and thinking.get("type") in ("enabled", "adaptive")


def _tool_to_call(body: dict[str, Any]) -> dict[str, Any] | None:
    last = body["messages"][-1].get("content") if body["messages"] else None
    if isinstance(last, list) and any(block.get("type") == "tool_result" for block in last):
        return None
    return next((tool for tool in body.get("tools") or [] if "input_schema" in tool), None)


def _text(words: str) -> list[dict[str, Any]]:
    """Return a text block for `words` in a list, which is empty when there are no words."""
    return [{"type": "text", "text": words, "citations": None}] if words else []


def _arguments(tool: dict[str, Any], job: int | None) -> dict[str, Any]:
    """Return an input that fits the tool's schema; its integers are the number of the job when there is one."""
    examples = {"string": "Seoul", "integer": 1 if job is None else job, "number": 1.0, "boolean": True, "array": [], "object": {}}
    properties = tool["input_schema"].get("properties") or {}
    wanted = tool["input_schema"].get("required") or list(properties)
    return {name: examples.get((properties.get(name) or {}).get("type", "string"), "Seoul") for name in wanted}
