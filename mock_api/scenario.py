"""Reads a scenario such as `overloaded_error;times=2,rate_limit_error;retry_after=1`.

A scenario is the weather: errors that do not depend on the request. It stands in
the base URL, `http://127.0.0.1:8787/scenario/<scenario>`, or is given to the
command. Segments are joined by commas; each holds until its `times` are used up.
Must not know what an answer looks like, nor when the weather strikes.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping

from generator.content.problems import did_you_mean
from generator.schemas.entry import Entry

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
#: Weather that no guide is about, with what the mock does.
CLIMATES = {
    "mixed_weather": "mixes good answers and bursts of errors, the same for the same seed: seed=1;scale=60 (waits are 60 times shorter)",
    "rate_limits": "counts requests in a token bucket, sends the rate limit headers, answers 429 beyond it: requests=50;per=60",
    "slow": "waits before it answers, and notices when the client leaves: seconds=5",
}

_COUNT = r"[0-9]{1,9}"
_SECONDS = r"[0-9]{1,9}(\.[0-9]{1,9})?"
#: What each option may be: a pattern and the words for what it is not.
_OPTIONS = {
    "times": (_COUNT, "a number"),
    "retry_after": (_SECONDS, "a number of seconds"),
    "seconds": (_SECONDS, "a number of seconds"),
    "per": (_SECONDS, "a number of seconds"),
    "requests": (_COUNT, "a number"),
    "input_tokens": (_COUNT, "a number"),
    "seed": (_COUNT, "a number"),
    "scale": (_SECONDS, "a number"),
    "model": (r"[A-Za-z0-9.:_-]{1,99}", "the id of a model"),
    "id": (r".*", "an id"),
}
#: Options that must be more than zero.
_POSITIVE = ("per", "requests", "input_tokens", "scale")
#: Options besides `times`, `model` and `id`, by scenario, with their values when left out, or how to write them.
_OWN: dict[str, dict[str, str]] = {
    "slow": {"seconds": "5"},
    "rate_limits": {"requests": "50", "per": "60", "input_tokens": "30000"},
    "mixed_weather": {"seed": "1", "scale": "60", "requests": "50", "per": "60", "input_tokens": "30000"},
}
#: What holds when an option is left out; limits are 50 requests in 60 seconds.
_DEFAULTS = {
    "slow": {"seconds": 5.0},
    "mixed_weather": {"seed": 1.0, "scale": 1.0},
}
_BUCKETS = ("requests", "input_tokens")


class ScenarioError(ValueError):
    """The text is no scenario; it says why and what would be one."""


@dataclasses.dataclass(frozen=True)
class Segment:
    """One stretch of weather: what goes wrong, how often, for which model."""

    name: str
    """Slug of the entry that answers, or one of CLIMATES."""
    times: int | None = None
    """How many requests it holds for; None for all of them."""
    model: str | None = None
    """Id of the only model that it strikes; None for all requests."""
    retry_after: str | None = None
    numbers: Mapping[str, float] = dataclasses.field(default_factory=dict)
    """The options of CLIMATES, such as `seconds` or `scale`."""


@dataclasses.dataclass(frozen=True)
class Scenario:
    """A text and the stretches of weather in it, first to last; sunny after them, and without any."""

    text: str
    segments: tuple[Segment, ...] = ()

    @property
    def name(self) -> str | None:
        """Name of the first segment; None when nothing goes wrong."""
        return self.segments[0].name if self.segments else None

    @property
    def sunny(self) -> bool:
        """True when nothing goes wrong."""
        return not self.segments


def parse(text: str, entries: Mapping[str, Entry], models: Collection[str] | None = None) -> Scenario:
    """Return the scenario in `text`; an empty one, or one with only an `id`, is sunny.

    Keys for all: `times`, `model` (strikes only requests that name it), `id` (keeps the state of two
    clients with the same scenario apart), and `retry_after` (seconds) for errors; CLIMATES have their own.
    `models` are those that a segment may name; None takes any.
    Raises ScenarioError for an unknown name, key or value, and for a segment that none can follow.
    """
    names = known(entries)
    texts = text.split(",")
    segments: list[Segment] = []
    for place, piece in enumerate(texts):
        segment = _segment(piece, names, models)
        if segment is None:
            if len(texts) > 1:
                raise ScenarioError(f"`{piece.strip()}` names no scenario; between commas each part begins with one")
            continue
        if segment.times is None and place < len(texts) - 1:
            raise ScenarioError(f"`{piece.strip()}` holds for ever, so nothing can follow it; add times=1")
        segments.append(segment)
    return Scenario(text, tuple(segments))


def _segment(text: str, names: Mapping[str, str], models: Collection[str] | None) -> Segment | None:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    name = parts.pop(0) if parts and "=" not in parts[0] else None
    if name is not None and name not in names:
        hint = did_you_mean(name, names, "`claude-errors mock --list` names all of them")
        raise ScenarioError(f"`{name}` is no scenario; {hint}")
    own = _OWN.get(name or "", {"retry_after": "1"})
    options: dict[str, str] = {}
    for part in parts:
        key, equals, value = part.partition("=")
        if not equals or key not in ("times", "model", "id", *own):
            examples = ["times=2", *(f"{option}={value}" for option, value in own.items()), "model=<id>"]
            raise ScenarioError(f"`{part}` is not known; write {', '.join(examples)} or id=anything")
        pattern, what = _OPTIONS[key]
        if not re.fullmatch(pattern, value):
            raise ScenarioError(f"`{part}` is not {what}")
        if key in _POSITIVE and float(value) == 0:
            raise ScenarioError(f"`{part}` must be more than zero")
        if key == "model" and models is not None and value not in models:
            raise ScenarioError(f"`{part}` names no model that the mock knows")
        options[key] = value
    if name is None:
        return None
    if "per" in options and not options.keys() & set(_BUCKETS):
        raise ScenarioError(f"`per={options['per']}` says nothing alone; add requests=50 or input_tokens=30000")
    numbers = {key: float(value) for key, value in options.items() if key in own and key != "retry_after"}
    if name == "rate_limits" and not numbers:
        numbers["requests"] = 50.0
    if numbers.keys() & set(_BUCKETS):
        numbers.setdefault("per", 60.0)
    numbers = _DEFAULTS.get(name, {}) | numbers
    times = int(options["times"]) if "times" in options else None
    return Segment(name, times, options.get("model"), options.get("retry_after"), numbers)


def known(entries: Mapping[str, Entry]) -> dict[str, str]:
    """Return every scenario name with one line that says what it does."""
    names = {**CONNECTION, **DECLINED, **CLIMATES}
    for slug, entry in entries.items():
        if slug in names or not (entry.origin == "server" or slug in FOREIGN):
            continue
        if entry.messages and entry.main.status and entry.main.status >= 400:
            names[slug] = FOREIGN.get(slug, f"answers {entry.main.status} {entry.main.type}")
    return dict(sorted(names.items()))
