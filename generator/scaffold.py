"""Starts a new entry: its YAML file and four snippet stubs, full of TODO marks that `check` rejects.

Must not overwrite anything.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template

from generator.check.installed_sdk import CodedError, coded_errors
from generator.content.facts import Facts
from generator.content.project import Project
from generator.content.snippets import REQUIRED
from generator.schemas import json_schemas
from generator.schemas.entry import LANGUAGES, SLUG_LENGTH, SLUG_PATTERN, Entry, Pending, Verdict
from generator.text.message import placeholders


class ScaffoldError(ValueError):
    """The entry cannot be started; the text says why and what to do."""


def new(project: Project, slug: str) -> list[Path]:
    """Write `errors/<slug>.yml` and `snippets/<slug>/` and return the files written.

    What the catalogue or the installed SDK knows of the error is filled in, and the verdict of its family.
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


def known_of(project: Project, slug: str) -> tuple[str, Pending] | None:
    """Return what the catalogue already says of an error without a guide, and the slug of the family that says it."""
    for entry in project.catalogue.entries:
        for pending in entry.pending:
            if pending.slug == slug or slug in pending.error_codes:
                return entry.slug, pending
    return None


def _values(project: Project, slug: str) -> dict[str, str]:
    found = known_of(project, slug)
    family, short = found or ("", None)
    values = _of_sdk(project, slug)
    if short:
        official = slug in (short.type, *short.error_codes)
        values |= {"family": family, "status": _yaml(short.status), "type": _yaml(short.type)}
        values |= {"name_origin": "official" if official else "ours"}
        values["error_code"] = f", error_code: {short.error_codes[0]}" if short.error_codes else ""
    located = project.catalogue.by_slug.get(values["family"])
    verdict = located.entry.verdict if located else None
    if located and slug not in coded_errors():
        values |= {side: ", ".join(getattr(located.entry.exceptions, side)) for side in ("python", "typescript")}
    return values | _of_verdict(verdict, short, slug) | _of_short(short) | {"optional": _optional()}


def _of_verdict(verdict: Verdict | None, short: Pending | None, slug: str) -> dict[str, str]:
    retry = short.retry if short else verdict.retry if verdict else "after_change"
    waits = retry in ("after_delay", "backoff", "conditional")
    wait = verdict.wait if verdict else None
    lines = [f"    {language}: {_yaml(getattr(wait, language)) if wait else 'TODO'}" for language in LANGUAGES]
    weather = f'  weather: {{ trigger: {slug}, fix: "{slug};times=1" }} # what the mock answers; the grammar: claude-errors mock --list'
    no_weather = "  # The mock answers by its rules; an error that no request causes needs `weather:`, see claude-errors mock --list."
    return {
        "retry": retry,
        "fault": verdict.fault if verdict else "caller",
        "billed": verdict.billed if verdict else "no",
        "sticky": _yaml(verdict.sticky if verdict else False),
        "wait": "\n".join(["  wait:", *lines, ""]) if waits else "",
        "weather": f"{weather if waits else no_weather}\n",
    }


def _of_short(short: Pending | None) -> dict[str, str]:
    templates = short.messages if short else ()
    messages = ""
    for template in templates or ("TODO the exact text, with <placeholders>",):
        fill = ", ".join(f"{name}: TODO" for name in placeholders(template))
        messages += f"  - template: {_yaml(template)}\n" + (f"    fill: {{ {fill} }}\n" if fill else "")
        messages += f"    evidence: public_code # docs, sdk, public_code\n    source: {short.source if short else 'TODO'}\n"
    return {
        "messages": messages,
        "title_ko": _yaml(short.title.ko) if short else "TODO 무슨 일이 일어났는지 몇 단어로",
        "title_en": _yaml(short.title.en) if short else "TODO what happened, in a few words",
        "change_ko": _yaml(f"TODO {short.change.ko}") if short else "TODO 고칠 것",
        "change_en": _yaml(f"TODO {short.change.en}") if short else "TODO what to change",
    }


def _optional() -> str:
    """Return the fields that an entry may leave out, as comments with their descriptions."""
    schema = json.loads(json_schemas.text_of(Entry))
    fields = {name: field for name, field in schema["properties"].items() if name not in schema["required"] and name != "messages"}
    return "".join(f"# {name}: {' '.join(str(field.get('description', '')).split())}".rstrip(": ") + "\n" for name, field in fields.items())


def _yaml(value: object) -> str:
    """Return a value as YAML that needs no look at its signs."""
    return json.dumps(value, ensure_ascii=False)


def _of_sdk(project: Project, slug: str) -> dict[str, str]:
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
