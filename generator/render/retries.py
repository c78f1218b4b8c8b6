"""What the SDKs do by themselves with an error, by its status; the figures come from `facts/sdk.yml`."""

from __future__ import annotations

import dataclasses

from generator.content.facts import Facts
from generator.schemas.entry import Entry

#: Origins whose errors are responses to a call of an SDK; a subscription's limit, a stream or a row of a batch is not.
_ANSWERED = ("server", "edge", "platform")


@dataclasses.dataclass(frozen=True)
class Automatic:
    """How often the SDKs send the request again by themselves."""

    times: int
    source_ids: tuple[str, ...]


def automatic_retries(entry: Entry, facts: Facts) -> Automatic | None:
    """Return what the SDKs do with the first status of `entry`; None where no response with an error status reaches them."""
    status = entry.main.status
    if status is None or status < 400 or entry.origin not in _ANSWERED:
        return None
    listed, every = facts.grouped["sdk.retried.statuses"], facts.grouped["sdk.retried.every_status_from"]
    retried = str(status) in map(str, listed.value) or status >= int(every.value)  # type: ignore[arg-type]
    return Automatic(int(facts.grouped["sdk.defaults.max_retries"].value) if retried else 0, tuple(listed.source_ids))  # type: ignore[arg-type]
