# region: show
from typing import Any

from anthropic.types import MessageParam


def without_thinking(message: MessageParam) -> MessageParam:
    content = message["content"]
    if isinstance(content, str):
        return message
    blocks: list[Any] = [
        b if isinstance(b, dict) else b.to_dict() for b in content
    ]
    types = ("thinking", "redacted_thinking")
    kept = [b for b in blocks if b["type"] not in types]
    return {"role": "assistant", "content": kept}


def repair(messages: list[MessageParam]) -> list[MessageParam]:
    """Drop all thinking of the latest assistant message."""
    end = len(messages)
    while end and messages[end - 1]["role"] != "assistant":
        end -= 1
    # The API reads consecutive assistant messages as one.
    start = end
    while start and messages[start - 1]["role"] == "assistant":
        start -= 1
    latest = [without_thinking(m) for m in messages[start:end]]
    filled = [m for m in latest if m["content"]]
    return [*messages[:start], *filled, *messages[end:]]


# endregion
