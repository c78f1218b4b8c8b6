"""Data about how a program ended."""

from __future__ import annotations

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class Raised:
    """The exception that ended a program, in the same fields for both languages."""

    class_name: str
    status: int | None
    type: str | None
    error_code: str | None
    message: str
    line: int | None
    """Line of the snippet file, where known."""

    @classmethod
    def of(cls, told: dict[str, Any]) -> Raised:
        """Return what a host wrote into its result file."""
        values: dict[str, Any] = {field.name: told.get(field.name) for field in dataclasses.fields(cls)}
        return cls(**values)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """Everything that is known of one run."""

    raised: Raised | None
    seconds: float
    peak_mb: int
    output: str
    """Standard output and error together."""
    stopped: str | None = None
    """Why the program was stopped from outside, or how it died; None when it ended by itself."""

    @property
    def well(self) -> bool:
        """True when the program ended by itself and without an exception."""
        return self.raised is None and self.stopped is None
