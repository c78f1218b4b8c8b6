"""The shape of the published JSON: one catalogue of all errors, and one file an error.

Pydantic models only; every description also stands in the published JSON Schema.
What readers of version 1 may rely on: fields are added, but none is removed, renamed or
given another meaning. So the schema refuses no field that it does not know.
"""

# No `from __future__ import annotations`: pydantic would compile each annotation from its text, at every start.
import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from generator.schemas.entry import Billed, Evidence, Fault, Origin, Retry

VERSION: Literal[1] = 1
#: Folder of the files for programs, below the site; its name says their version.
API = f"api/v{VERSION}"


class Model(BaseModel):
    """What all models share: every field is always there, and nothing changes later."""

    model_config = ConfigDict(frozen=True, serialize_by_alias=True, validate_by_name=True)


class Words(Model):
    """One plain text in both languages: no markup, facts filled in."""

    ko: str
    en: str


class Addresses(Model):
    """One absolute address in each language."""

    ko: str
    en: str


class Urls(Addresses):
    """Where an error is described."""

    markdown: Addresses
    """The guide as Markdown."""
    json_: str = Field(alias="json")
    """This record alone, as JSON."""


class Identity(Model):
    """A combination of status, `error.type` and `error_code` that the guide answers."""

    status: int | None
    """HTTP status; null where no HTTP answer came."""
    type: str | None
    """`error.type` of the body; null where there is none."""
    error_code: str | None
    """`error.details.error_code` of the body; null where there is none."""


class Exceptions(Model):
    """The classes that the SDKs raise, most likely first."""

    python: tuple[str, ...]
    typescript: tuple[str, ...]


class Verdict(Model):
    """What to do, in a few words that a program can branch on and two that a person can read."""

    retry: Retry
    """Whether sending again helps."""
    fault: Fault
    """Where the cause lies: the request, the account, Anthropic, the network, or it depends."""
    billed: Billed
    """Whether the failed call costs money."""
    wait: Words | None
    """How long to wait; null where waiting is not needed."""
    sticky: bool
    """True when the broken message stays in the conversation and fails every later call."""
    say: Words
    """One sentence that says what to do."""
    why: Words
    """One sentence that says why."""


class Seen(Model):
    """When a wording was seen, as a year, a month or a day; null where it is not known."""

    from_: str | None = Field(alias="from")
    to: str | None


class Message(Model):
    """One wording of the error."""

    template: str
    """The exact text, with `<placeholders>` for the parts that change."""
    evidence: Evidence
    """Where it was read: official documentation, SDK source, or only in public code."""
    seen: Seen
    status: int | None
    """HTTP status that this wording comes with."""
    error_code: str | None
    """`error_code` that this wording comes with."""


class Cause(Model):
    """One reason for the error and what to change. The guide says how to find out which it is."""

    title: Words
    change: Words


class Pending(Model):
    """An error without a guide of its own, described in a few lines on the page of its family."""

    slug: str
    """Name of the guide that it will have."""
    title: Words
    urls: Addresses
    """Its place on the page of the family."""
    status: int | None
    type: str | None
    error_codes: tuple[str, ...]
    """Values of `error.details.error_code` that mean this error."""
    retry: Retry
    """Whether sending again helps."""
    messages: tuple[str, ...]
    """Templates of its wordings, newest first."""
    change: Words
    """What to change."""


class Error(Model):
    """One error of the Claude API, as its guide describes it."""

    slug: str
    """Name of the error and of its addresses; it never changes."""
    urls: Urls
    """Absolute addresses of the guide."""
    title: Words
    """What happened, in a few words."""
    summary: Words
    """What happened, in one or two sentences."""
    family: str | None
    """Slug of the umbrella guide; null for an umbrella guide or one of its own."""
    origin: Origin
    """Who makes the error: the API, a stream, a batch result, the SDK, a cloud platform, the network edge."""
    name_origin: Literal["official", "ours"]
    """`official` when the API uses the slug, `ours` when this site made it up."""
    identities: tuple[Identity, ...]
    """What the guide answers, most likely first."""
    exceptions: Exceptions
    verdict: Verdict
    messages: tuple[Message, ...]
    """Wordings, newest first."""
    causes: tuple[Cause, ...]
    pending: tuple[Pending, ...]
    """Errors without a guide of their own that this one answers for."""
    aliases: tuple[str, ...]
    """Words that people type when they search for this error, in both languages."""
    redirect_from: tuple[str, ...]
    """Earlier slugs; their addresses keep working."""
    status_note: Words | None
    """For an error that no longer occurs, or whose name changed: what to know; else null."""
    checked: datetime.date
    """Day on which every statement of the guide was last compared with its sources."""


class File(Model):
    """What every published file begins with."""

    schema_: str = Field(alias="$schema")
    """Address of the JSON Schema of this file."""


class FileOfError(Error, File):  # the fields of the last base stand first
    """The file of one error: `/api/v1/errors/<slug>.json`."""


class Catalogue(File):
    """The file of all errors: `/api/v1/errors.json`."""

    version: Literal[1]
    """Fields may be added in a version; none is removed, renamed or given another meaning."""
    home: Addresses
    """Home pages of the site."""
    checked: datetime.date | None
    """The newest `checked` of all errors; null when there is none."""
    errors: tuple[Error, ...]
    """All errors, by slug."""


#: The model of each kind of published file.
PUBLISHED: dict[str, type[Model]] = {"errors": Catalogue, "error": FileOfError}
