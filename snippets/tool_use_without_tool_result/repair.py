# region: show
from itertools import takewhile
from typing import Any

from anthropic.types import MessageParam


def blocks(message: MessageParam) -> list[Any]:
    content = message["content"]
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return [b if isinstance(b, dict) else b.to_dict() for b in content]


def lost(call: str) -> dict[str, Any]:
    return {
        "type": "tool_result",
        "tool_use_id": call,
        "content": "The call was interrupted; there is no result.",
        "is_error": True,
    }


def repair(messages: list[MessageParam]) -> list[MessageParam]:
    """Put a result for every tool call right after the call."""
    fixed: list[MessageParam] = []
    done = 0
    for i, message in enumerate(messages):
        if i < done:
            continue
        fixed.append(message)
        calls = [
            b["id"] for b in blocks(message) if b["type"] == "tool_use"
        ]
        # The API reads consecutive user messages as one.
        answers = list(
            takewhile(lambda m: m["role"] == "user", messages[i + 1 :])
        )
        found = [b for answer in answers for b in blocks(answer)]
        first = {b.get("tool_use_id") for b in found[: len(calls)]}
        if first == set(calls):
            continue
        results = {
            b["tool_use_id"]: b
            for b in found
            if b["type"] == "tool_result"
        }
        other = [b for b in found if b["type"] != "tool_result"]
        ordered = [results.get(call, lost(call)) for call in calls]
        fixed.append({"role": "user", "content": [*ordered, *other]})
        done = i + 1 + len(answers)
    return fixed


# endregion
