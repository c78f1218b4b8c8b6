"""Judges whether a program ended as its page says.

Must not run anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from generator.schemas.entry import Entry
from generator.schemas.page import Program
from generator.text.message import compile_signature
from mock_api.world import Logged
from snippet_runner.outcome import Outcome, Raised

#: Ids of the mock, which are new in every run.
_ID = re.compile(r"\b(?:msg|msgbatch|file|req|toolu)_[A-Za-z0-9]{8,}")


def complaints(entry: Entry, name: str, outcome: Outcome, log: Sequence[Logged]) -> list[str]:
    """Return what is wrong with a run of the file `name`; nothing when it ended as it must."""
    if outcome.stopped:
        return [f"was stopped: {outcome.stopped}"]
    if name.startswith("trigger."):
        return _trigger(entry, name, outcome, log)
    if name.startswith("repair."):  # a function without network; what it returns is tested with many histories
        return [f"raised {outcome.raised.class_name}: {outcome.raised.message}"] if outcome.raised else []
    return _fix(entry, outcome, log)


def page_complaints(entry: Entry | None, outcome: Outcome) -> list[str]:
    """Return what is wrong with a program that looks an error up, where the last answer of the mock was that of `entry`."""
    if outcome.stopped:
        return [f"was stopped: {outcome.stopped}"]
    if outcome.raised is not None:
        return [f"raised {outcome.raised.class_name}: {outcome.raised.message}"]
    if entry is None:
        return ["met no error of a guide"]
    wanted = {f"/errors/{entry.slug}/": "the address of its guide", entry.verdict.retry: "its verdict"}
    return [f"met `{entry.slug}` and did not print {what}" for text, what in wanted.items() if text not in outcome.output]


def program_complaints(program: Program, outcome: Outcome, log: Sequence[Logged]) -> list[str]:
    """Return what is wrong with a run of a program of the hub: it must end well, and the mock must have seen what the page says."""
    if outcome.stopped:
        return [f"was stopped: {outcome.stopped}"]
    found = []
    if outcome.raised is not None:
        found.append(f"raised {outcome.raised.class_name}: {outcome.raised.message}")
    if program.prints is not None and program.prints not in outcome.output:
        found.append(f"did not print {program.prints!r}")
    saw = [(f"{logged.method} {_ID.sub('<id>', logged.path)}", logged.status, logged.slug) for logged in log]
    wanted = [(seen.request, seen.status, seen.slug) for seen in program.sees for _ in range(seen.times)]
    if (Counter(saw) != Counter(wanted)) if program.any_order else (saw != wanted):
        runs = [f"{request} {status}{f' {slug}' if slug else ''} x{len(list(same))}" for (request, status, slug), same in groupby(saw)]
        found.append(f"made the mock see {'; '.join(runs) or 'nothing'}, which is not what the page says")
    return found


def _trigger(entry: Entry, name: str, outcome: Outcome, log: Sequence[Logged]) -> list[str]:
    if outcome.raised is None:
        return ["ended well, but it must fail"]
    good_answer = (entry.main.status, entry.main.type) == (200, None) and not entry.exceptions.python
    if entry.origin == "batch_result" or good_answer:
        # The SDKs raise nothing for a row of a batch or a refusal: the program trips over what it finds in it.
        served = any(logged.slug == entry.slug for logged in log)
        return [] if served else ["never got an answer that this entry describes"]
    found = _wrong_exception(entry, name, outcome.raised)
    if entry.origin == "sdk" and not log:
        return found
    if not log or log[-1].slug != entry.slug:
        last = log[-1] if log else None
        found.append(f"the last answer of the mock was not this entry's: {last}")
    return found


def _wrong_exception(entry: Entry, name: str, raised: Raised) -> list[str]:
    found = []
    classes = entry.exceptions.python if name.endswith(".py") else entry.exceptions.typescript
    if raised.class_name not in {name.rsplit(".", 1)[-1] for name in classes[:1]}:
        found.append(f"raised {raised.class_name}, but the page says {', '.join(classes[:1]) or 'nothing'}")
    statuses = {identity.status for identity in entry.identities}
    # In a stream the answer began well: Python keeps its 200, TypeScript has no status (SDK sources, 2026-11-20).
    if raised.status not in statuses and not (entry.origin in ("stream", "sdk") and raised.status is None):
        found.append(f"has the status {raised.status}, but the page answers {sorted(map(str, statuses))}")
    if entry.main.type is not None and raised.type != entry.main.type:
        found.append(f"has the type {raised.type}, but the page says {entry.main.type}")
    if raised.error_code not in {identity.error_code for identity in entry.identities}:
        found.append(f"has the error_code {raised.error_code}, which is none of the page's")
    told = f"{raised.class_name}: {raised.message}"  # as a traceback prints it
    if not any(compile_signature(message.template).recognises(told) for message in entry.messages):
        found.append(f"says {raised.message!r}, which no message of the page recognises")
    return found


def _fix(entry: Entry, outcome: Outcome, log: Sequence[Logged]) -> list[str]:
    found = []
    if outcome.raised is not None:
        found.append(f"raised {outcome.raised.class_name}: {outcome.raised.message}")
    # Where the account is at fault no code can help: there the fixed program recognises the error and stops.
    hopeless = entry.verdict.fault == "account" and any(logged.injected for logged in log)
    if not hopeless and not any(200 <= logged.status < 300 for logged in log):
        found.append("got no good answer")
    found += [f"was refused: {logged}" for logged in log if not logged.injected and not 200 <= logged.status < 300]
    return found
