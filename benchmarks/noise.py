"""Changes a text as terminals, logs and other programs do between the raise of an error and the paste.

Each function takes a text and returns it as a terminal, a log or another program would show it.
"""

from __future__ import annotations

import json
import random
import urllib.parse
from collections.abc import Callable

_COLOURS = ("\x1b[31m", "\x1b[1;33m", "\x1b[0m", "\x1b[38;5;196m", "\x1b[2m")


def wrapped(text: str) -> str:
    """Wrap at 80 columns in the middle of words, with the margin of a terminal program."""
    lines = [line[start : start + 75] for line in text.splitlines() for start in range(0, max(1, len(line)), 75)]
    return "\n".join("     " + line for line in lines)


def escaped(text: str) -> str:
    """Put the text as a string into JSON."""
    return json.dumps({"error": text})


def python_repr(text: str) -> str:
    """Show the text as Python shows a string in a dict."""
    return repr({"message": text})


def percent_encoded(text: str) -> str:
    """Put the text into an address."""
    return "https://example.com/?error=" + urllib.parse.quote(text)


def coloured_log(text: str) -> str:
    """Give each line a time, a level and colours."""
    chance = random.Random(len(text))
    lines = []
    for number, line in enumerate(text.splitlines()):
        words = [chance.choice(_COLOURS) + word + "\x1b[0m" if chance.random() < 0.3 else word for word in line.split(" ")]
        lines.append(f"2026-11-20T09:14:{number % 60:02}.512Z \x1b[31mERROR\x1b[39m [worker-{number % 4}] " + " ".join(words))
    return "\n".join(lines)


def lower_case(text: str) -> str:
    """Show it as a search box that knows only small letters."""
    return text.lower()


def without_backticks(text: str) -> str:
    """Lose what Markdown takes for the marks of code."""
    return text.replace("`", "")


def cut(text: str) -> str:
    """Lose the first and the last fifth."""
    fifth = len(text) // 5
    return text[fifth : len(text) - fifth]


NOISES: dict[str, Callable[[str], str]] = {
    "wrapped at 80 columns": wrapped,
    "escaped once more": escaped,
    "as a Python repr": python_repr,
    "percent-encoded": percent_encoded,
    "colours and log prefixes": coloured_log,
    "small letters": lower_case,
    "without backticks": without_backticks,
    "first and last fifth cut": cut,
}
