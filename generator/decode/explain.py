"""Says in words, or as data, what a decoded text is: for `claude-errors explain`.

Must not read files or print.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from generator.content.project import Project
from generator.decode.decode import Answer, Decoder
from generator.decode.details import masked, parts
from generator.decode.index import build, texts

#: Characters that are read of one text; what an error says stands at its beginning or its end.
LONGEST = 1_000_000


class Explainer:
    """Decodes texts and describes the answers in one language."""

    def __init__(self, project: Project, language: str, site_url: str) -> None:
        self.language = language
        self.site_url = site_url
        self.index = build(project)
        self.decoder = Decoder(self.index)
        self.texts = texts(project, language)

    def answer(self, paste: str) -> Answer:
        """Return what `paste` is; the end of a text that is too long is not read."""
        return self.decoder.decode(paste[:LONGEST])

    def url(self, answer: Answer) -> str | None:
        """Return the address of the guide, with the place of an error that has no guide of its own."""
        if not answer.slugs:
            return None
        return f"{self.site_url}{self.language}/errors/{answer.slugs[0]}/" + (f"#{answer.pending}" if answer.pending else "")

    def record(self, answer: Answer) -> dict[str, Any]:
        """Return the answer as plain data: `verdict`, `slugs`, `pending`, `url`, `by`, `status`, `type`, `other`."""
        return {
            "verdict": answer.verdict,
            "slugs": list(answer.slugs),
            "pending": answer.pending,
            "url": self.url(answer),
            "by": answer.by,
            "status": answer.status,
            "type": answer.error_type,
            "other": answer.other[self.language] if answer.other else None,
        }

    def data(self, paste: str) -> dict[str, Any]:
        """Return `record` with what else the text says: `request_id`, `sdk`, `sdk_version`, `platform`."""
        return self.record(self.answer(paste)) | dataclasses.asdict(parts(paste[:LONGEST], self.index["platforms"]))

    def lines(self, paste: str) -> list[tuple[str, str]]:
        """Return what a person reads, as (label, text); a label may be empty."""
        answer, words, pages = self.answer(paste), self.texts["words"], self.texts["pages"]
        if answer.verdict == "not_claude":
            said = words["not_claude_is"].replace("{name}", answer.other[self.language]) if answer.other else words["not_claude_text"]
            return [("", words["not_claude"]), ("", said)]
        if answer.verdict == "unknown":
            return [("", words["unknown"]), ("", words["unknown_text"]), *self._parts(answer, paste)]
        page = pages[answer.slugs[0]]
        found = [("", page["say"]), ("", f"{page['title']} ({answer.slugs[0]})")]
        if answer.pending is not None:
            pending = self.texts["pending"][answer.pending]
            found = [("", pending["title"]), ("", pending["change"])]
            page = {**page, "retry": pending["retry"]}
        # Whose fault it is and how long to wait may differ from what holds for the family.
        told = ("retry", "fault", "billed", "wait") if answer.pending is None else ("retry", "billed")
        found += [(words[name], page[name]) for name in told]
        found += [(words["why"], words[f"by.{answer.by}"])]
        if answer.spans:
            start, end = answer.spans[0][0], answer.spans[-1][1]
            found += [("", " ".join(masked(paste[start : min(end, start + 300)]).split()))]
        found += [(words["open"], str(self.url(answer)))]
        found += [(words["others"], pages[slug]["title"]) for slug in answer.slugs[1:]]
        return found + self._parts(answer, paste)

    def _parts(self, answer: Answer, paste: str) -> list[tuple[str, str]]:
        words, read = self.texts["words"], parts(paste[:LONGEST], self.index["platforms"])
        found = {
            "status": answer.status,
            "type": answer.error_type,
            "request_id": read.request_id,
            "sdk": " ".join(part for part in (read.sdk, read.sdk_version) if part) or None,
            "platform": words.get(f"platform.{read.platform}") if read.platform else None,
        }
        return [(words[f"part.{name}"], str(value)) for name, value in found.items() if value is not None]
