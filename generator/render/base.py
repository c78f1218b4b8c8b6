"""What all kinds of pages share: the project, its templates, and the blocks of its programs.

Must not know a page.
"""

from __future__ import annotations

from typing import Any

from generator.content.project import Project
from generator.content.proof import proof, sdk_versions
from generator.content.snippets import FILES, PAGE_FILES, SnippetSet
from generator.render.environment import environment
from generator.schemas.entry import Entry
from generator.text.writer import VERDICT_STYLES, Writer

#: Suffix of a snippet to the label of its tab.
LABELS = {"py": "Python", "ts": "TypeScript"}


class Base:
    """Renders templates of the project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.environment = environment(project.root / "templates")
        self.versions = sdk_versions(project.root)
        self.proof = proof(project.root)

    def _render(self, template: str, writer: Writer, **values: Any) -> str:
        return self.environment.get_template(template).render(w=writer, t=writer.t, verdict_class=VERDICT_STYLES, **values)

    def _proof_of(self, code: SnippetSet) -> str | None:
        return self.proof.date if self.proof.holds(code) else None


def identity_name(entry: Entry) -> str:
    """Return status and type as people write them: `429 rate_limit_error`; empty when there is neither."""
    return " ".join(str(part) for part in (entry.main.status, entry.main.type) if part is not None)


def code_block(name: str, shown: str, caption: str, lines: list[int]) -> dict[str, Any]:
    """Return what a template shows of a program: `name` is that of its file, `lines` are those to mark."""
    role, language = {**FILES, **PAGE_FILES}[name]
    longest = max((len(line) - len(line.lstrip("`")) for line in shown.splitlines()), default=0) if "`" in shown else 0
    return {
        "role": role,
        "language": language,
        "caption": caption,
        "lines": " ".join(map(str, lines)),
        "fence": "`" * max(3, longest + 1),
        "shown": shown,
    }
