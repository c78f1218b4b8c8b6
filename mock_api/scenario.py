"""Reads a scenario such as `overloaded_error;times=2;retry_after=1`.

A scenario is the weather: errors that do not depend on the request. It stands in
the base URL, `http://127.0.0.1:8787/scenario/<scenario>`, or is given to the
command. Must not know what an answer looks like.
"""

from __future__ import annotations

import dataclasses
import re

from generator.schema import Entry

#: Scenarios that are no answer but a way to treat the connection, with what they do.
CONNECTION = {
    "connection_error": "closes the connection without an answer",
    "stream_interrupted": "closes the connection in the middle of a stream",
    "overloaded_in_stream": "sends an error event in the middle of a stream, after HTTP 200",
    "stream_error": "sends another error event in the middle of a stream, after HTTP 200",
}
#: Entries about good answers that hold no answer, with what the mock does for them.
DECLINED = {"stop_reason_refusal": "answers 200 with the stop_reason refusal and no content"}
#: Entries about answers that are not the API's, with what the mock does for them.
FOREIGN = {"not_a_claude_api_response": "answers in the plain text of a gateway, without an error type"}


class ScenarioError(ValueError):
    """The text is no scenario; it says why and what would be one."""


@dataclasses.dataclass(frozen=True)
class Scenario:
    """What goes wrong, how often, and what the answer says about waiting."""

    text: str
    name: str | None = None
    """Slug of the entry that answers; None when nothing goes wrong."""
    times: int | None = None
    """How many requests it holds for; None for all of them."""
    retry_after: str | None = None

    @property
    def sunny(self) -> bool:
        return self.name is None


def parse(text: str, entries: dict[str, Entry]) -> Scenario:
    """Return the scenario in `text`; an empty one, or one with only an `id`, is sunny.

    Keys: `times`, `retry_after` (seconds), `id` (keeps the state of two clients with the same scenario apart).
    Raises ScenarioError for an unknown name, key or value.
    """
    parts = [part.strip() for part in text.split(";") if part.strip()]
    name = parts.pop(0) if parts and "=" not in parts[0] else None
    if name is not None and name not in known(entries):
        raise ScenarioError(f"`{name}` is no scenario; `claude-errors mock --list` names all of them")
    options: dict[str, str] = {}
    for part in parts:
        key, equals, value = part.partition("=")
        if not equals or key not in ("times", "retry_after", "id"):
            raise ScenarioError(f"`{part}` is not known; write times=2, retry_after=1 or id=anything")
        options[key] = value
    times, seconds = options.get("times"), options.get("retry_after")
    if times is not None and not re.fullmatch(r"[0-9]{1,9}", times):
        raise ScenarioError(f"`times={times}` is not a number")
    if seconds is not None and not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", seconds):
        raise ScenarioError(f"`retry_after={seconds}` is not a number of seconds")
    return Scenario(text, name, int(times) if times is not None else None, seconds)


def known(entries: dict[str, Entry]) -> dict[str, str]:
    """Return every scenario name with one line that says what it does."""
    names = {**CONNECTION, **DECLINED}
    for slug, entry in entries.items():
        if slug in names or not (entry.origin == "server" or slug in FOREIGN):
            continue
        if entry.messages and entry.main.status and entry.main.status >= 400:
            names[slug] = FOREIGN.get(slug, f"answers {entry.main.status} {entry.main.type}")
    return dict(sorted(names.items()))
