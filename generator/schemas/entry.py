"""The shape of an entry: what an author may write, field by field.

Pydantic models only; every description also stands in the JSON Schema that
editors show and in the authoring guide. Rules that look at more than one field
of one model stand in `generator/check`, so that each can say where and what to do.
"""

# No `from __future__ import annotations`: pydantic would compile each annotation from its text, at every start.
import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LANGUAGES = ("ko", "en")
Language = Literal["ko", "en"]

SLUG_PATTERN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
SLUG_LENGTH = 64
#: A year, a month or a day: what is known of when a wording was seen.
SEEN_PATTERN = r"^20[0-9]{2}(-[01][0-9](-[0-3][0-9])?)?$"

Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=SLUG_LENGTH)]
NonEmpty = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False, pattern=r"\S")]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"]+$")]
Status = Annotated[int, Field(ge=100, le=599)]

Retry = Literal["never", "after_change", "after_delay", "backoff", "conditional"]
Fault = Literal["caller", "account", "anthropic", "network", "depends"]
Billed = Literal["no", "yes", "partly", "unknown"]
Origin = Literal["server", "stream", "batch_result", "sdk", "platform", "edge", "subscription"]
Evidence = Literal["docs", "sdk", "public_code"]
PlatformId = Literal["claude_platform_on_aws", "amazon_bedrock", "google_cloud", "google_cloud_anthropic", "microsoft_foundry"]
SnippetName = Literal["trigger.py", "fix.py", "trigger.ts", "fix.ts"]


class Model(BaseModel):
    """What all models share: nothing unknown is accepted, nothing is converted, nothing changes later."""

    # What checks a model is made when the first one is: most are only parts of another, and that one's does it.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Text(Model):
    """One statement in both languages.

    Its marks: code spans, **strong words**, links (`https://...`, `guide:<slug>` or `page:<path>`), citations
    (`[^source_id]`) and facts (`{{ limits.batch.max_requests }}`). A blank line starts a paragraph.
    HTML is shown as text.
    """

    ko: NonEmpty
    """Korean, in 합니다체, with the terms of the glossary."""
    en: NonEmpty
    """English, plain and short."""


class Identity(Model):
    """A combination of status, `error.type` and `error_code` that this page answers."""

    status: Status | None
    """HTTP status; null where no HTTP answer came (an error that the SDK raises by itself)."""
    type: NonEmpty | None
    """`error.type` of the body; null where there is none."""
    error_code: NonEmpty | None = None
    """`error.details.error_code` of the body, where this error has one."""


class Exceptions(Model):
    """The classes that the SDKs raise, by their exported names."""

    python: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """Names in `anthropic` or, for a class of one error_code, in `anthropic.types`; most likely first. A class of
    Python itself or of another package stands with its full name: `ValueError`, `httpx2.RemoteProtocolError`."""
    typescript: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """Names exported by `@anthropic-ai/sdk` or properties of its `Anthropic`; most likely first."""


class Verdict(Model):
    """What the reader wants to know in two lines."""

    say: Text
    """One sentence that says what to do, as an order: at most 60 characters in English, 30 in Korean."""
    why: Text
    """One sentence that says why."""
    retry: Retry
    """Whether sending again helps."""
    fault: Fault
    """Where the cause lies: the request, the account, Anthropic, the network, or it depends."""
    billed: Billed
    """Whether the failed call costs money."""
    wait: Text | None = None
    """How long to wait, in a few words; required where waiting helps."""
    sticky: bool
    """True when the broken message stays in the conversation and fails every later call."""


class Message(Model):
    """One wording of the error, as the API or the SDK prints it."""

    template: NonEmpty
    """The exact text, with `<placeholders>` for the parts that change."""
    fill: dict[str, NonEmpty] = {}
    """An example value for each placeholder."""
    evidence: Evidence
    """Where the wording was read: official documentation, SDK source, or only in public code."""
    source: NonEmpty
    """Id of the source."""
    seen_from: Annotated[str, StringConstraints(pattern=SEEN_PATTERN)] | None = None
    """First time the wording was seen (a year, month or day)."""
    seen_to: Annotated[str, StringConstraints(pattern=SEEN_PATTERN)] | None = None
    """Last time the wording was seen."""
    status: Status | None = None
    """HTTP status that this wording comes with, where it is not that of the first identity."""
    error_code: NonEmpty | None = None
    """`error_code` that this wording comes with, where it is not that of the first identity."""
    note: Text | None = None
    """When this wording appears, where there is more than one."""


class Header(Model):
    """A response header that matters for this error."""

    name: NonEmpty
    value: NonEmpty
    """An example value."""
    meaning: Text


class Response(Model):
    """The answer as the reader sees it on the wire."""

    headers: Annotated[tuple[Header, ...], Field(strict=False)] = ()
    """Headers that matter. `request-id` need not be listed."""
    body: dict[str, Any] | None = None
    """The JSON body. When left out it is made from the first identity and the first message."""


class Cause(Model):
    """One reason for the error, how to recognise it and what to change."""

    title: Text
    check: Text
    """How to find out that it is this cause."""
    change: Text
    """What to change."""


class Snippets(Model):
    """What stands above the code of `snippets/<slug>/`."""

    trigger: Text
    """Caption of the failing code."""
    fix: Text
    """Caption of the code that works."""
    impossible: dict[SnippetName, Text] = {}
    """A reason for each of the four files that cannot exist. The page shows it."""
    weather: dict[Literal["trigger", "fix", "repair"], NonEmpty] = {}
    """Scenario of the mock API under which a program runs, where its error does not come from the request itself:
    `overloaded_error;times=2`. Without one the mock answers by its rules."""
    wrong_models: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """Model ids that the failing code names on purpose, because the error is about them."""


class PlatformNote(Model):
    """The same mistake on another platform."""

    platform: PlatformId
    status: NonEmpty | None = None
    """HTTP status there, as text; left out where it is not known or there is no answer."""
    text: Text
    """What differs: name of the error, ids, limits, or that the endpoint does not exist there."""


class Question(Model):
    """A question that readers ask, and its answer."""

    question: Text
    answer: Text


class Source(Model):
    """Where a fact was read."""

    title: NonEmpty | Text
    """Title of the page, or a description in both languages where it is not a page."""
    url: Url | None = None
    kind: Literal["docs", "sdk", "support", "release_notes", "third_party", "public_code"]
    read: datetime.date
    """Day on which it was read, or the date of the copy that was read."""
    read_note: Text | None = None
    """What is not certain about that date."""


class Pending(Model):
    """An error that has no guide of its own yet: what is known of it in a few lines, on the page that answers for it."""

    slug: Slug
    """Name of the guide that it will have. Once `errors/<slug>.yml` is there, this record is no longer shown."""
    title: Text
    """What happened, in a few words."""
    status: Status | None
    """HTTP status; null where no HTTP answer comes."""
    type: NonEmpty | None
    """`error.type`; null where there is none."""
    error_codes: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """Values of `error.details.error_code` that mean this error."""
    retry: Retry
    """Whether sending again helps."""
    messages: Annotated[tuple[NonEmpty, ...], Field(strict=False)] = ()
    """Templates of its wordings, newest first, with `<placeholders>` for the parts that change."""
    source: NonEmpty
    """Id of the source in which the wordings, or the codes, were read."""
    change: Text
    """What to change, in a line."""


class Entry(Model):
    """One error and its guide."""

    slug: Slug
    """Name of the file, of the page and of the snippet folder; it never changes."""
    title: Text
    """Heading of the page: what happened, in a few words, without the status."""
    summary: Text
    """What happened, in one or two sentences below the heading."""
    family: Slug | None
    """Slug of the umbrella page that this page belongs to; null for an umbrella page or a page of its own."""
    identities: Annotated[tuple[Identity, ...], Field(strict=False, min_length=1)]
    """What this page answers, most likely first."""
    origin: Origin
    """Who makes the error: the API, a stream, a batch result, the SDK, a cloud platform, the network edge."""
    name_origin: Literal["official", "ours"]
    """`official` when the slug is a name that the API uses, `ours` when this site made it up."""
    exceptions: Exceptions
    verdict: Verdict
    messages: Annotated[tuple[Message, ...], Field(strict=False)] = ()
    """Wordings of the error, newest first."""
    response: Response = Response()
    meaning_title: Text | None = None
    """Heading above `meaning`: a question of this error, such as "Why is it 400 and not 429?"."""
    meaning: Text
    """Why it happens, in one or two short paragraphs."""
    causes: Annotated[tuple[Cause, ...], Field(strict=False, min_length=1)]
    snippets: Snippets
    recovery: Text | None = None
    """How to repair the conversation; for sticky errors only."""
    prevention: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    """What keeps the error from coming back, one statement each."""
    retry_note: Text | None = None
    """What a retry is worth, only where the verdict and what the SDKs do with the status do not say it."""
    waiting: Literal["retry_after", "backoff"] | None = None
    """Which timeline picture stands beside the retry note, for errors where waiting helps."""
    cost: Text | None = None
    """What the failed call costs, only where the verdict does not say it."""
    platforms: Annotated[tuple[PlatformNote, ...], Field(strict=False)] = ()
    faq: Annotated[tuple[Question, ...], Field(strict=False)] = ()
    pending: Annotated[tuple[Pending, ...], Field(strict=False)] = ()
    """Errors without a guide of their own that this page answers for, mostly members of its family."""
    related: Annotated[tuple[Slug, ...], Field(strict=False)] = ()
    """Slugs of pages that a reader of this one may need; members of a family are listed by themselves."""
    aliases: Annotated[tuple[NonEmpty, ...], Field(strict=False, min_length=1)]
    """Words that people type when they search for this error, in both languages."""
    sources: dict[str, Source] = {}
    """Sources that only this entry cites; the others stand in `facts/sources.yml`."""
    checked: datetime.date
    """Day on which every statement of the entry was last compared with its sources."""
    status_note: Text | None = None
    """For an error that no longer occurs, or whose name changed: what a reader has to know."""
    redirect_from: Annotated[tuple[Slug, ...], Field(strict=False)] = ()
    """Earlier slugs of this page; they keep leading here."""

    @property
    def main(self) -> Identity:
        """The identity that the reader most likely sees."""
        return self.identities[0]
