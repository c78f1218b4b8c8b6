"""Rules about the wording of errors and the response that shows it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from generator.check.rule import entry_rule
from generator.content.catalogue import Located
from generator.content.problems import Problem
from generator.content.project import Project
from generator.text.message import SignatureError, compile_signature, placeholders


@entry_rule("A message can be recognised by its template.")
def signature_compiles(located: Located, project: Project) -> Iterator[Problem]:
    for index, message in enumerate(located.entry.messages):
        try:
            compile_signature(message.template)
        except SignatureError as error:
            yield located.document.problem(("messages", index, "template"), f"gives no signature: {error}", "correct the template")
    for index, pending in enumerate(located.entry.pending):
        for number, template in enumerate(pending.messages):
            try:
                compile_signature(template)
            except SignatureError as error:
                place = ("pending", index, "messages", number)
                yield located.document.problem(place, f"gives no signature: {error}", "correct the template")


@entry_rule("Every placeholder of a template has an example value, and nothing else has one.", "messages")
def placeholders_are_filled(located: Located, project: Project) -> Iterator[Problem]:
    for index, message in enumerate(located.entry.messages):
        names = placeholders(message.template)
        for name in names:
            if name not in message.fill:
                place = ("messages", index)
                yield located.document.problem(
                    place, f"has no example for `<{name}>`", f"add `fill: {{{name}: ...}}`", field=f"messages[{index}].fill"
                )
        for name in message.fill:
            if name not in names:
                yield located.document.problem(("messages", index, "fill", name), "is not a placeholder of the template", "remove it")


@entry_rule("Wordings stand newest first, and none ends before it begins.", "messages")
def wordings_are_in_order(located: Located, project: Project) -> Iterator[Problem]:
    for index, message in enumerate(located.entry.messages):
        # A month says less than a day of it: compare what both tell.
        length = min(len(message.seen_from or ""), len(message.seen_to or ""))
        if (message.seen_from or "")[:length] > (message.seen_to or "")[:length]:
            yield located.document.problem(("messages", index, "seen_from"), f"is after seen_to ({message.seen_to})", "swap the two")
    for index, (newer, older) in enumerate(itertools.pairwise(located.entry.messages), 1):
        length = min(len(newer.seen_to or ""), len(older.seen_to or ""))
        if length and (newer.seen_to or "")[:length] < (older.seen_to or "")[:length]:
            yield located.document.problem(("messages", index), "was seen later than the wording before it", "put the newest first")


@entry_rule("The status and error_code of a wording are those of an identity of its entry.", "identities", "messages")
def wording_has_identity(located: Located, project: Project) -> Iterator[Problem]:
    entry = located.entry
    statuses = {identity.status for identity in entry.identities}
    codes = {identity.error_code for identity in entry.identities}
    for index, message in enumerate(entry.messages):
        if message.status is not None and message.status not in statuses:
            yield located.document.problem(
                ("messages", index, "status"), f"{message.status} is no status of this entry", "add the identity"
            )
        if message.error_code is not None and message.error_code not in codes:
            place = ("messages", index, "error_code")
            yield located.document.problem(place, f"`{message.error_code}` is no error_code of this entry", "add the identity")


@entry_rule(
    "The response that is shown is this error: its type and a message that its templates recognise.", "identities", "messages", "response"
)
def response_is_this_error(located: Located, project: Project) -> Iterator[Problem]:
    body = located.entry.response.body
    if body is None:
        return
    error = body.get("error")
    if not isinstance(error, dict):
        yield located.document.problem(("response", "body"), "has no `error`", "write the body as the API sends it")
        return
    types = {identity.type for identity in located.entry.identities}
    if error.get("type") not in types:
        place = ("response", "body", "error", "type")
        yield located.document.problem(place, f"`{error.get('type')}` is not a type of this entry", "use the type of an identity")
    yield from _unknown_message(located, str(error.get("message", "")))


def _unknown_message(located: Located, text: str) -> Iterator[Problem]:
    for message in located.entry.messages:
        try:
            if compile_signature(message.template).recognises(text):
                return
        except SignatureError:
            return  # reported by signature_compiles
    if located.entry.messages:
        place = ("response", "body", "error", "message")
        yield located.document.problem(place, "is none of this entry's messages", "use a template of `messages`, filled")


RULES = (signature_compiles, placeholders_are_filled, wordings_are_in_order, wording_has_identity, response_is_this_error)
