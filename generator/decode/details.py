"""Reads request id, SDK and platform from a paste, and finds the secrets in it: keys, tokens, e-mail addresses.

`templates/assets/decoder-parts.js` does the same. Every pattern is bounded, so that no text makes it slow.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

_REQUEST_ID = re.compile(r"(?<![0-9A-Za-z_])req_[0-9A-Za-z_]{8,64}", re.ASCII)
#: Name of the language, as the SDKs name themselves in `user-agent`, in stacks and in lists of packages.
_SDK = (
    ("Python", re.compile(r"(?:Anthropic/Python |anthropic(?:==|-|/))([0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})", re.ASCII)),
    ("TypeScript", re.compile(r"(?:Anthropic/JS |@anthropic-ai/sdk[@/])([0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})", re.ASCII)),
    ("Python", re.compile(r"(?:site-packages/anthropic/|(?<![0-9A-Za-z_.])anthropic\.[A-Z_])()", re.ASCII)),
    ("TypeScript", re.compile(r"@anthropic-ai/sdk()", re.ASCII)),
)
#: Where a pattern has a group, only what holds the group is a secret: without the points of a token the
#: pattern still takes its letters, so that none of them is tried again.
_SECRETS = (
    re.compile(r"sk-[0-9A-Za-z_-]{8,200}", re.ASCII),
    re.compile(r"(?<=[Bb]earer )[0-9A-Za-z_.~+/-]{12,4000}", re.ASCII),
    re.compile(r"eyJ[0-9A-Za-z_-]{10,2000}(\.[0-9A-Za-z_-]{4,4000}(?:\.[0-9A-Za-z_-]{1,2000})?)?", re.ASCII),
    re.compile(r"(?:AKIA|ASIA)[0-9A-Z]{16}", re.ASCII),
    re.compile(r"gh[pousr]_[0-9A-Za-z]{20,100}", re.ASCII),
    re.compile(r"AIza[0-9A-Za-z_-]{30,60}", re.ASCII),
    re.compile(r"(?<![0-9A-Za-z.+_-])[0-9A-Za-z.+_-]{1,64}@[0-9A-Za-z-]{1,63}(?:\.[0-9A-Za-z-]{1,63}){1,4}", re.ASCII),
)


@dataclasses.dataclass(frozen=True)
class Parts:
    """Details in a paste besides the error: what support asks for."""

    request_id: str | None
    sdk: str | None
    sdk_version: str | None
    platform: str | None
    """Id of `facts/platforms.yml`."""


def parts(paste: str, platforms: Mapping[str, Sequence[str]]) -> Parts:
    """Return the parts of `paste`; `platforms` maps a platform to the words that only its texts hold."""
    request_id = _REQUEST_ID.search(paste)
    sdk = next(((name, match.group(1) or None) for name, pattern in _SDK if (match := pattern.search(paste))), (None, None))
    small = paste.lower()
    platform = next((name for name, marks in platforms.items() if any(mark in small for mark in marks)), None)
    return Parts(request_id.group() if request_id else None, sdk[0], sdk[1], platform)


def secrets(paste: str) -> list[tuple[int, int]]:
    """Return where in `paste` keys, tokens and e-mail addresses stand, in order, without overlap."""
    matches = (match for pattern in _SECRETS for match in pattern.finditer(paste))
    found = sorted(match.span() for match in matches if match.re.groups == 0 or match.group(1) is not None)
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def masked(paste: str) -> str:
    """Return `paste` with all but the first letters of each secret hidden."""
    shown: list[str] = []
    position = 0
    for start, end in secrets(paste):
        shown += [paste[position : min(start + 3, end)], "…"]
        position = end
    return "".join((*shown, paste[position:]))
