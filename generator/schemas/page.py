"""The shape of a page that is no guide: the handling hub and its parts, the cost page, the page about this site.

Pydantic models only. The content comes from `pages/`, one YAML file a page, both languages in it.
"""

# No `from __future__ import annotations`: pydantic would compile each annotation from its text, at every start.
import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from generator.schemas.entry import Model, NonEmpty, Slug, Source, Text

#: Anchors are English in both languages, so that a link with a fragment survives the language switch.
Anchor = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
FigureName = Literal["decision", "break_even", "timeline_retry_after", "timeline_backoff"]
TableName = Literal["break_even"]


class Table(Model):
    """A table whose cells are texts."""

    head: Annotated[tuple[Text, ...], Field(strict=False, min_length=2)]
    rows: Annotated[tuple[Annotated[tuple[Text, ...], Field(strict=False)], ...], Field(strict=False, min_length=1)]


class Seen(Model):
    """Requests that the mock must have seen, one after another with the same answer."""

    request: Annotated[str, StringConstraints(pattern=r"^(GET|POST|DELETE) /v1/\S+$")]
    """Method and path; `<id>` stands for an id that the mock made up."""
    status: Annotated[int, Field(ge=0, le=599)]
    """Status of the answer; 0 when the connection was closed without one, 499 when the program went away."""
    times: Annotated[int, Field(ge=1)] = 1
    slug: Slug | None = None
    """The error that the weather put in; also set for a stream that began with 200 and broke."""


class Program(Model):
    """A program in Python and TypeScript: `snippets/_<folder>/program.py` and `program.ts`."""

    folder: Slug
    """Name of the folder without its first underscore."""
    title: Text
    """Caption of the code, plain text."""
    weather: NonEmpty | None = None
    """Scenario of the mock under which it runs."""
    sees: Annotated[tuple[Seen, ...], Field(strict=False)] = ()
    """What the mock must have seen, in order; the page shows it as proof, and the runner compares it with the log."""
    any_order: bool = False
    """True for programs with several workers: only the numbers of each kind are compared."""
    prints: NonEmpty | None = None
    """A text that the program must print."""
    proof: Text
    """What that shows, in a sentence."""
    packages: dict[Literal["python", "typescript"], NonEmpty] = {}
    """Further packages that the program imports, as the command that installs them names them."""


class Part(Model):
    """One piece of a section; exactly one of the fields is set."""

    heading: Text | None = None
    """A smaller heading inside the section."""
    text: Text | None = None
    """Paragraphs."""
    points: Annotated[tuple[Text, ...], Field(strict=False)] | None = None
    """A list."""
    steps: Annotated[tuple[Text, ...], Field(strict=False)] | None = None
    """A numbered list."""
    note: Text | None = None
    """A paragraph that stands out."""
    table: Table | None = None
    program: Program | None = None
    figure: FigureName | None = None
    """A picture that is drawn from the data."""
    computed: TableName | None = None
    """A table that is computed from the facts."""


class Section(Model):
    """A section with a heading, and the guides that it concerns."""

    id: Anchor
    title: Text
    parts: Annotated[tuple[Part, ...], Field(strict=False, min_length=1)]
    guides: Annotated[tuple[Slug, ...], Field(strict=False)] = ()
    """Slugs of guides, or of families with all members, whose readers may need this section: they link to it, and it to them."""


class Page(Model):
    """One page of the hub."""

    title: Text
    lead: Text
    """One or two sentences below the heading."""
    name: Text
    """What crumbs and lists call the page, in a few words."""
    kind: Literal["TechArticle", "HowTo", "AboutPage"] = "TechArticle"
    """What it is to search engines."""
    sections: Annotated[tuple[Section, ...], Field(strict=False, min_length=1)]
    order: int = 0
    """Place among the pages below the same hub."""
    sources: dict[str, Source] = {}
    """Sources that only this page cites; the others stand in `facts/sources.yml`."""
    checked: datetime.date
    """Day on which every statement was last compared with its sources."""

    @property
    def programs(self) -> list[Program]:
        """The programs of all sections, in order."""
        return [part.program for section in self.sections for part in section.parts if part.program]
