"""What all kinds of pages share: the project, its templates, and what is known of its programs.

Must not know a page.
"""

from __future__ import annotations

from typing import Any

from generator.content.project import Project
from generator.content.proof import proof, sdk_versions
from generator.content.snippets import SnippetSet
from generator.render.environment import environment
from generator.render.html import Outline, RenderedPage
from generator.schemas.entry import Entry
from generator.text.writer import VERDICT_STYLES, Writer


class Base:
    """Renders templates of the project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.environment = environment(project.root / "templates")
        self.versions = sdk_versions(project.root)
        self._proof = proof(project.root)

    def text(self, template: str, writer: Writer, **values: Any) -> str:
        """Return what a template makes of `values`."""
        return self.environment.get_template(template).render(w=writer, t=writer.t, verdict_class=VERDICT_STYLES, **values)

    def page(self, template: str, writer: Writer, meta: dict[str, Any], **values: Any) -> RenderedPage:
        """Return the page that a template makes of `values`."""
        outline = Outline()
        return outline.page(meta, self.text(template, writer, outline=outline, **values))

    def proof_of(self, code: SnippetSet) -> str | None:
        """Return the day on which all files of `code` ran as they stand; None when one of them did not."""
        return self._proof.date if self._proof.holds(code) else None


def identity_name(entry: Entry) -> str:
    """Return status and type as people write them: `429 rate_limit_error`; empty when there is neither."""
    return " ".join(str(part) for part in (entry.main.status, entry.main.type) if part is not None)
