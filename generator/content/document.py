"""One file that an author wrote: its data, and where in the file each value stands.

Must not know in which language the file is written, or what the data means.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Callable, Iterator, Mapping

from generator.content.problems import Problem, field_name

#: The names and numbers that lead from the whole of a file to a value in it.
Location = tuple[str | int, ...]
Data = None | bool | int | float | str | datetime.date | list["Data"] | dict[str, "Data"]


@dataclasses.dataclass(frozen=True)
class Document:
    """One file: its data (None when it cannot be read, or is no longer needed), and the place of every value."""

    path: str
    data: Data
    places: Mapping[Location, tuple[int, int]]
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    """SHA-256 of the file; empty for a text that came from none."""

    def problem(self, location: Location, message: str, hint: str = "", *, field: str = "") -> Problem:
        """Return a problem at `location`, or at its nearest parent that is in the file."""
        place: Location = location
        while place and place not in self.places:
            place = place[:-1]
        line, column = self.places.get(place, (1, 1))
        return Problem(self.path, line, column, field or field_name(location), message, hint)

    def light(self, again: Callable[[], Document]) -> Document:
        """Return this document for one who needs its data no more: without it, with the places of what `again` reads when asked for."""
        return dataclasses.replace(self, data=None, places=Places(again))


class Places(Mapping[Location, tuple[int, int]]):
    """The places of a document, which is read for them when one is asked for: only a problem does.

    They are as large as the data, and most entries have no problem.
    """

    def __init__(self, again: Callable[[], Document]) -> None:
        self._again = again

    @functools.cached_property
    def _found(self) -> Mapping[Location, tuple[int, int]]:
        return self._again().places

    def __getitem__(self, location: Location) -> tuple[int, int]:
        return self._found[location]

    def __iter__(self) -> Iterator[Location]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def walk(data: Data, location: Location = ()) -> Iterator[tuple[Location, Data]]:
    """Yield every value in `data` with its location, parents first."""
    pending: list[tuple[Location, Data]] = [(location, data)]
    while pending:
        place, value = pending.pop()
        yield place, value
        if isinstance(value, dict):
            pending += [((*place, key), child) for key, child in reversed(value.items())]
        elif isinstance(value, list):
            pending += [((*place, index), child) for index, child in reversed(list(enumerate(value)))]
