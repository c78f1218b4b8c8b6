"""Starts a new entry: its YAML file and four snippet stubs, full of TODO marks that `check` rejects.

Must not overwrite anything.
"""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from generator.check.installed_sdk import CodedError, coded_errors
from generator.content.facts import Facts
from generator.content.project import Project
from generator.content.snippets import REQUIRED
from generator.schemas.entry import SLUG_LENGTH, SLUG_PATTERN


class ScaffoldError(ValueError):
    """The entry cannot be started; the text says why and what to do."""


def new(project: Project, slug: str) -> list[Path]:
    """Write `errors/<slug>.yml` and `snippets/<slug>/` and return the files written.

    When the slug is an `error_code` of the installed SDK, status, type, class and family are filled in.
    Raises ScaffoldError for a malformed slug, for one that exists, and where no project is.
    """
    if not re.fullmatch(SLUG_PATTERN, slug) or len(slug) > SLUG_LENGTH:
        form = f"up to {SLUG_LENGTH} small letters, digits and single underscores, such as `file_expired`"
        raise ScaffoldError(f"`{slug}` is not a slug: use {form}")
    root = project.root
    entry = root / "errors" / f"{slug}.yml"
    targets = [entry, *(root / "snippets" / slug / name for name in REQUIRED)]
    for target in targets:
        if target.exists():
            raise ScaffoldError(f"{target.relative_to(root).as_posix()} exists; nothing was written")
    stubs = root / "templates" / "scaffold"
    if not stubs.is_dir():
        raise ScaffoldError("there is no templates/scaffold/; run this in the project's folder")
    texts = [Template((stubs / "entry.yml").read_text(encoding="utf-8")).substitute(_values(project, slug))]
    texts += [(stubs / name).read_text(encoding="utf-8") for name in REQUIRED]
    for target, text in zip(targets, texts, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return targets


def _values(project: Project, slug: str) -> dict[str, str]:
    known = coded_errors().get(slug)
    if known is None:
        return {
            "slug": slug,
            "description": "Fields and rules: CONTRIBUTING.md. `claude-errors check` says what is missing.",
            "family": "null",
            "status": "400",
            "type": "invalid_request_error",
            "error_code": "",
            "name_origin": "ours",
            "python": "BadRequestError",
            "typescript": "BadRequestError",
        }
    error_type = _type_of(project.facts, known)
    family = error_type if error_type in project.catalogue.by_slug else None
    # The SDK prefixes classes of beta endpoints in Python; whether TypeScript exports the name is for the tests to say.
    return {
        "slug": slug,
        "description": f"The SDK says: {' '.join(known.description.split())}",
        "family": family or "null",
        "status": str(known.status),
        "type": error_type or "null",
        "error_code": f", error_code: {slug}",
        "name_origin": "official",
        "python": f"{known.class_name}, {known.base_name}",
        "typescript": f"{known.class_name}, {known.base_name}",
    }


def _type_of(facts: Facts, known: CodedError) -> str | None:
    fact = facts.grouped.get(f"statuses.{known.status}.type")
    return None if fact is None else str(fact.value)
