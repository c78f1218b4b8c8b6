"""Makes the published JSON from the entries.

Must not write, and must not know the place of a file beyond its address.
"""

from __future__ import annotations

import datetime

from generator.content.project import Shared
from generator.schemas.entry import LANGUAGES, Entry, Text
from generator.schemas.published import (
    API,
    VERSION,
    Addresses,
    Catalogue,
    Cause,
    Error,
    Exceptions,
    FileOfError,
    Identity,
    Message,
    Pending,
    Seen,
    Urls,
    Verdict,
    Words,
)
from generator.text.writer import Writer


class Publisher:
    """Makes the records of a project for a site that stands at `site`, an address with a slash at its end."""

    def __init__(self, project: Shared, site: str) -> None:
        self.project = project
        self.site = site
        self._writers = {language: Writer(project, language) for language in LANGUAGES}

    def head(self, checked: datetime.date | None) -> Catalogue:
        """Return what the file of all errors holds besides the errors; `checked` is the newest day on which one was checked."""
        return Catalogue(
            schema_=self._at(f"{API}/errors.schema.json"),
            version=VERSION,
            home=self._addresses(""),
            checked=checked,
            errors=(),
        )

    def file(self, entry: Entry) -> FileOfError:
        """Return the record of one error as it stands in a file of its own."""
        return FileOfError(schema_=self._at(f"{API}/error.schema.json"), **dict(self.error(entry)))

    def error(self, entry: Entry) -> Error:
        """Return the record of one error."""
        return Error(
            slug=entry.slug,
            urls=self._urls(entry),
            title=self._words(entry.title),
            summary=self._words(entry.summary),
            family=entry.family,
            origin=entry.origin,
            name_origin=entry.name_origin,
            identities=tuple(
                Identity(status=identity.status, type=identity.type, error_code=identity.error_code) for identity in entry.identities
            ),
            exceptions=Exceptions(python=entry.exceptions.python, typescript=entry.exceptions.typescript),
            verdict=self._verdict(entry),
            messages=self._messages(entry),
            causes=tuple(Cause(title=self._words(cause.title), change=self._words(cause.change)) for cause in entry.causes),
            pending=self._pending(entry),
            aliases=entry.aliases,
            redirect_from=entry.redirect_from,
            status_note=self._words(entry.status_note) if entry.status_note else None,
            checked=entry.checked,
        )

    def _verdict(self, entry: Entry) -> Verdict:
        verdict = entry.verdict
        return Verdict(
            retry=verdict.retry,
            fault=verdict.fault,
            billed=verdict.billed,
            wait=self._words(verdict.wait) if verdict.wait else None,
            sticky=verdict.sticky,
            say=self._words(verdict.say),
            why=self._words(verdict.why),
        )

    def _messages(self, entry: Entry) -> tuple[Message, ...]:
        return tuple(
            Message(
                template=message.template,
                evidence=message.evidence,
                seen=Seen(from_=message.seen_from, to=message.seen_to),
                status=entry.main.status if message.status is None else message.status,
                # A wording of another status is not of the first identity, so neither is its code.
                error_code=message.error_code if message.error_code or message.status is not None else entry.main.error_code,
            )
            for message in entry.messages
        )

    def _pending(self, entry: Entry) -> tuple[Pending, ...]:
        return tuple(
            Pending(
                slug=pending.slug,
                title=self._words(pending.title),
                urls=self._addresses(f"errors/{entry.slug}/#{pending.slug}"),
                status=pending.status,
                type=pending.type,
                error_codes=pending.error_codes,
                retry=pending.retry,
                messages=pending.messages,
                change=self._words(pending.change),
            )
            for pending in self.project.pending(entry)
        )

    def _urls(self, entry: Entry) -> Urls:
        guide, markdown = self._addresses(f"errors/{entry.slug}/"), self._addresses(f"errors/{entry.slug}/index.md")
        return Urls(ko=guide.ko, en=guide.en, markdown=markdown, json_=self._at(f"{API}/errors/{entry.slug}.json"))

    def _addresses(self, rest: str) -> Addresses:
        return Addresses(ko=self._at(f"ko/{rest}"), en=self._at(f"en/{rest}"))

    def _words(self, text: Text) -> Words:
        return Words(ko=self._writers["ko"].plain(text), en=self._writers["en"].plain(text))

    def _at(self, path: str) -> str:
        return f"{self.site}{path}"
