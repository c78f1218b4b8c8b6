"""A problem that an author can mend, and the order in which problems are shown.

Must not read files or know what an entry is.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable


@dataclasses.dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where.

    `line` and `column` count from 1, as editors do. `field` is a dotted path such as
    `causes[0].check.ko`, or empty for the file as a whole.
    """

    path: str
    line: int
    column: int
    field: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:{self.column}: "
        what = f"{self.field}: {self.message}" if self.field else self.message
        return f"{where}{what}\n    {self.hint}" if self.hint else where + what

    def as_dict(self) -> dict[str, str | int]:
        """Return the problem as JSON-ready values, for `check --format json`."""
        return dataclasses.asdict(self)


def did_you_mean(name: str, known: Iterable[str], hint: str) -> str:
    """Return `hint` with the most similar of the known names before it, if there is one."""
    similar = difflib.get_close_matches(name, [other for other in known if other != name], 1, 0.7)
    return f"did you mean `{similar[0]}`? Else {hint}" if similar else hint


def field_name(location: Iterable[str | int]) -> str:
    """Return `causes[0].check.ko` for `("causes", 0, "check", "ko")`."""
    name = ""
    for part in location:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            name += f".{part}" if name else str(part)
    return name


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return each distinct problem once, by file, line and column."""
    return sorted(set(problems))
