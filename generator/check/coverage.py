"""Compares the catalogue with the error codes of the installed SDK.

`facts/gaps.yml` names the codes that have no page yet, with a reason; a gap that
has been closed, or that the SDK does not know, is a mistake, so the list can
only shrink. Must not judge entries.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from generator.check.installed_sdk import CodedError, coded_errors
from generator.content.document import Document
from generator.content.problems import Problem
from generator.content.project import Project
from generator.content.validation import validate
from generator.content.yaml_reader import read
from generator.schemas.entry import Model, NonEmpty

GAPS = "facts/gaps.yml"


class Gap(Model):
    """Codes without a page, for one reason."""

    reason: NonEmpty
    codes: Annotated[tuple[NonEmpty, ...], Field(strict=False, min_length=1)]


class Gaps(RootModel[tuple[Gap, ...]]):
    """The file `facts/gaps.yml`."""

    model_config = {"strict": False, "frozen": True}


@dataclasses.dataclass(frozen=True)
class Coverage:
    """Which of the SDK's codes have a page."""

    covered: dict[str, str]
    """Code to slug."""
    gaps: dict[str, str]
    """Code to the reason why it has no page."""
    missing: tuple[CodedError, ...]
    """Codes with neither page nor reason."""
    problems: tuple[Problem, ...]

    @property
    def total(self) -> int:
        """Number of codes that the SDK knows."""
        return len(self.covered) + len(self.gaps) + len(self.missing)


def compare(project: Project) -> Coverage:
    """Return the coverage of the installed SDK's (status, error_code) classes; all empty without an SDK."""
    known = coded_errors()
    pages = {
        identity.error_code: entry.slug
        for entry in project.catalogue.entries
        for identity in entry.identities
        if identity.error_code is not None
    }
    document = read(project.root / GAPS, GAPS)
    gaps, problems = _gaps(document, known, pages, project.root)
    covered = {code: pages[code] for code in known if code in pages}
    missing = tuple(error for code, error in known.items() if code not in covered and code not in gaps)
    return Coverage(covered, gaps, missing, tuple(problems))


def _gaps(document: Document, known: dict[str, CodedError], pages: dict[str, str], root: Path) -> tuple[dict[str, str], list[Problem]]:
    if not (root / GAPS).is_file():
        return {}, []
    value, problems = validate(document, Gaps)
    found: dict[str, str] = {}
    for index, gap in enumerate(value.root if value else ()):
        for place, code in enumerate(gap.codes):
            location = (index, "codes", place)
            if code in pages:
                problems.append(document.problem(location, f"`{code}` has a page now: {pages[code]}", "remove it from the gaps"))
            elif known and code not in known:
                problems.append(document.problem(location, f"`{code}` is not a code of the installed SDK", "remove it"))
            elif code in found:
                problems.append(document.problem(location, f"`{code}` is named twice", "keep one of the two"))
            else:
                found[code] = gap.reason
    return found, problems
