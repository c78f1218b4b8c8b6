# region: show
import json
import re
from pathlib import Path
from typing import Any

from anthropic import Anthropic, AnthropicError

ERRORS = json.loads(Path("errors.json").read_text("utf-8"))["errors"]


def look_up(err: AnthropicError) -> tuple[str, str] | None:
    """Return the address of the guide and whether to retry."""
    code = getattr(err, "error_code", None)
    status = getattr(err, "status_code", None)
    kind = getattr(err, "type", None)
    text = getattr(err, "api_message", None) or str(err)
    # A code names one error, with or without a guide of its own.
    for error in ERRORS if code else []:
        for pending in error["pending"]:
            if code in pending["error_codes"]:
                return pending["urls"]["en"], pending["retry"]
        if any(code == e["error_code"] for e in error["identities"]):
            return answer(error)
    # Else, or when the code is new: status, type and message.
    name = {"status": status, "type": kind, "error_code": None}
    found = [error for error in ERRORS if name in error["identities"]]
    told = [error for error in found if says(error, text)]
    umbrellas = {error["family"] for error in told}
    told = [error for error in told if error["slug"] not in umbrellas]
    if len(told) == 1:
        return answer(told[0])
    # Not one: the family of all, else the error named like the type.
    families = {e["family"] or e["slug"] for e in told or found}
    slug = families.pop() if len(families) == 1 else kind
    return next((answer(e) for e in ERRORS if e["slug"] == slug), None)


def says(error: dict[str, Any], text: str) -> bool:
    """Tell whether the text is one of the messages of the error."""
    templates = [message["template"] for message in error["messages"]]
    return any(
        fits(re.split("<[a-z][a-z0-9_]*>", template), text)
        for template in templates
    )


def fits(parts: list[str], text: str) -> bool:
    """Tell whether all parts stand in the text in their order."""
    at = 0
    for part in parts:
        place = text.find(part, at)
        if place < 0:
            return False
        at = place + len(part)
    return True


def answer(error: dict[str, Any]) -> tuple[str, str]:
    return error["urls"]["en"], error["verdict"]["retry"]


try:
    Anthropic().messages.create(
        model="claude-sonnet-5-5",
        max_tokens=1024,
        messages=[
            {"role": "user", "content": "Name three primes as JSON."},
            {"role": "assistant", "content": "["},
        ],
    )
except AnthropicError as err:
    print(look_up(err))
# endregion
