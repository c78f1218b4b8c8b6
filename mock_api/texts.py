"""Makes the text of the mock's answers: always the same for a request, so that a test sees whether text was lost or doubled.

A prompt that names a job, such as `job 17`, is answered about that job. A request
that goes on after an interruption gets the rest only. Must not look at anything
but the texts of the request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

TEXT = "This is the mock of the Claude API."
LOOK_UP = "I will look that up."

_JOB = re.compile(r"\bjob (\d{1,9})\b", re.IGNORECASE)
#: The wording of the Streaming page for models without prefill (read 2026-08-22); how the lines break does not count.
_GO_ON = re.compile(
    r"Your\s+previous\s+response\s+was\s+interrupted\s+and\s+ended\s+with\s+\[(.*)\]\.\s+Continue\s+from\s+where\s+you\s+left\s+off\.",
    re.DOTALL,
)


def job(body: Any) -> int | None:
    """Return the number of the job that the first message of the user names, or None. Any value may be given."""
    messages = body.get("messages") if isinstance(body, dict) else None
    for message in messages if isinstance(messages, list) else []:
        if isinstance(message, dict) and message.get("role") == "user":
            match = next((found for text in _texts(message) if (found := _JOB.search(text))), None)
            return int(match[1]) if match else None
    return None


def answer(body: dict[str, Any]) -> str:
    """Return all that the mock says about the request, whether or not part of it was said before."""
    number = job(body)
    if number is None:
        return TEXT
    steps = " ".join(f"Step {step} of job {number} is finished." for step in range(1, 4 + number % 5))
    return f"{TEXT} It works on job {number}. {steps} Job {number} is done."


def rest(whole: str, body: dict[str, Any]) -> str:
    """Return what is left of `whole` after what `body` quotes as said, or ends with as a prefill; all of it when neither fits."""
    said = _said(body)
    at = whole.find(said) if said else -1
    return whole if said is None or at < 0 else whole[at + len(said) :]


def _said(body: dict[str, Any]) -> str | None:
    messages = body["messages"]
    if not messages:
        return None
    texts = list(_texts(messages[-1]))
    if messages[-1]["role"] == "assistant":
        return "".join(texts)
    return next((match[1] for text in texts if (match := _GO_ON.search(text))), None)


def _texts(message: dict[str, Any]) -> Iterator[str]:
    content = message.get("content")
    if isinstance(content, str):
        yield content
    for block in content if isinstance(content, list) else []:
        if isinstance(block, dict) and block.get("type") == "text" and isinstance(block.get("text"), str):
            yield block["text"]
