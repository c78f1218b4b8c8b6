"""What the API refuses about a request, one small object a rule.

Limits come from `facts/`, messages from the entries. Shapes come first, then the
rules in the order of the lists; a request that breaks several gets the first.
Must not know about HTTP.
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import imagesize  # type: ignore[import-untyped]
from anthropic.types.message_create_params import MessageCreateParamsBase

from generator.content.facts import Facts
from generator.content.project import Project
from generator.schemas.entry import Entry
from mock_api import good
from mock_api.answers import Failure, of_entry, owner
from mock_api.shapes import first_error
from mock_api.world import World


@dataclasses.dataclass(frozen=True)
class Call:
    """A request to the Messages API, or a row of a batch."""

    body: dict[str, Any]
    headers: Mapping[str, str]
    world: World

    def blocks(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield every content block with its place, `messages.0.content.1`; blocks inside tool results too."""
        for i, message in enumerate(self.body.get("messages", [])):
            content = message.get("content")
            for j, block in enumerate(content if isinstance(content, list) else []):
                yield f"messages.{i}.content.{j}", block
                inner = block.get("content") if block.get("type") == "tool_result" else None
                for k, nested in enumerate(inner if isinstance(inner, list) else []):
                    yield f"messages.{i}.content.{j}.tool_result.content.{k}", nested


class Knowledge:
    """What rules look things up in: entries for the wording, facts for the limits."""

    def __init__(self, project: Project) -> None:
        self.entries: dict[str, Entry] = {slug: located.entry for slug, located in project.catalogue.by_slug.items()}
        self.facts: Facts = project.facts

    def number(self, path: str) -> int:
        """Return a limit; MB counts as 10^6 bytes, the smaller reading, so that code made for it passes everywhere."""
        fact = self.facts.grouped[path]
        assert isinstance(fact.value, int)
        return fact.value * {"MB": 10**6, "GB": 10**9, "TB": 10**12}.get(fact.unit, 1)

    def refuse(self, slug: str, plain: str, containing: str = "", **values: str) -> Failure:
        """Return the failure of an entry; `plain` is the wording while there is no such entry yet."""
        entry = self.entries.get(slug)
        if entry is None:
            return self.invalid(plain)
        try:
            return of_entry(entry, values, containing=containing)
        except LookupError:
            return self.invalid(plain)

    def invalid(self, message: str, status: int = 400, type_: str = "invalid_request_error") -> Failure:
        """Return a plain failure, marked with the entry whose template recognises its text."""
        return Failure(status, type_, message, slug=owner(self.entries, status, message))

    def no_resource(self) -> Failure:
        """Return the 404 for an address, or a method of one, that the API does not have."""
        return self.invalid("The requested resource could not be found.", 404, "not_found_error")


@dataclasses.dataclass(frozen=True)
class Rule:
    """One thing that the API refuses."""

    name: str
    check: Callable[[Call, Knowledge], Failure | None]


def shape(call: Call, known: Knowledge) -> Failure | None:
    """The body fits the SDK's types; `stream` is a field of the wire that the types keep apart."""
    body = {key: value for key, value in call.body.items() if key not in ("stream", *_SAMPLING)}
    message = first_error(MessageCreateParamsBase, body)
    if message is None and not isinstance(call.body.get("stream", False), bool):
        message = "stream: Input should be a valid boolean"
    return known.invalid(message) if message else None


_SAMPLING = ("temperature", "top_p", "top_k")


def sampling_parameters(call: Call, known: Knowledge) -> Failure | None:
    """Version 2026-10-21 takes no sampling parameter, at any value."""
    used = next((name for name in _SAMPLING if name in call.body), None)
    if used is None or call.headers.get("anthropic-version") != known.facts.grouped["sdk.api_version.current"].value:
        return None
    # The entry words it for one of the three; the answer names the one that was sent.
    return dataclasses.replace(known.invalid(f"{used}: Extra inputs are not permitted"), slug="api_version_2026_10_21")


def model_exists(call: Call, known: Knowledge) -> Failure | None:
    """The model is one that requests can name."""
    model = str(call.body.get("model"))
    if model in known.facts.models.models:
        return None
    return known.invalid(f"model: {model}", 404, "not_found_error")


def prompt_fits(call: Call, known: Knowledge) -> Failure | None:
    """The input alone fits the context window; tokens are estimated."""
    window = known.facts.models.models[call.body["model"]].context_tokens
    count = good.tokens(call.body)
    if window is None or count <= window:
        return None
    values = {"n": str(count), "max": str(window), "limit": str(window), "tokens": str(count)}
    return known.refuse("prompt_too_long", f"prompt is too long: {count} tokens > {window} maximum", "prompt is too long", **values)


def tool_results_follow(call: Call, known: Knowledge) -> Failure | None:
    """Each tool_use is answered by a tool_result in the next message, and no result stands without its call."""
    messages = call.body["messages"]
    asked: set[str] = set()
    for index, message in enumerate(messages):
        content = message["content"] if isinstance(message["content"], list) else []
        results = {block.get("tool_use_id"): place for place, block in enumerate(content) if block.get("type") == "tool_result"}
        if missing := [identifier for identifier in asked if identifier not in results]:
            plain = (
                f"messages.{index - 1}: `tool_use` ids were found without `tool_result` blocks immediately after: "
                f"{', '.join(sorted(missing))}. Each `tool_use` block must have a corresponding `tool_result` block in the next message."
            )
            return known.invalid(plain)
        if stray := next((identifier for identifier in results if identifier not in asked), None):
            return known.invalid(
                f"messages.{index}.content.{results[stray]}: unexpected `tool_use_id` found in `tool_result` blocks: {stray}. "
                "Each `tool_result` block must have a corresponding `tool_use` block in the previous message."
            )
        asked = {block["id"] for block in content if message["role"] == "assistant" and block.get("type") == "tool_use"}
    if asked and messages[-1]["role"] == "assistant":
        return known.invalid(
            f"messages.{len(messages) - 1}: `tool_use` ids were found without `tool_result` blocks immediately after: "
            f"{', '.join(sorted(asked))}. Each `tool_use` block must have a corresponding `tool_result` block in the next message."
        )
    return None


def no_prefill(call: Call, known: Knowledge) -> Failure | None:
    """Claude 4.6 and later end with a user message (API errors page, read 2026-10-10)."""
    if not call.body["messages"] or call.body["messages"][-1]["role"] != "assistant" or _version(call.body["model"]) <= (4, 5):
        return None
    return known.invalid("This model does not support assistant message prefill. The conversation must end with a user message.")


def thinking_unchanged(call: Call, known: Knowledge) -> Failure | None:
    """Thinking blocks of the latest assistant message are those that the API sent."""
    messages = call.body["messages"]
    latest = max((index for index, message in enumerate(messages) if message["role"] == "assistant"), default=None)
    if latest is None or not isinstance(messages[latest]["content"], list):
        return None
    for place, block in enumerate(messages[latest]["content"]):
        if block.get("type") == "thinking" and block["signature"] != good.signature(block["thinking"]):
            return known.invalid(
                f"messages.{latest}.content.{place}: `thinking` or `redacted_thinking` blocks in the latest assistant message "
                "cannot be modified. These blocks must remain as they were in the original response."
            )
    return None


def breakpoints(call: Call, known: Knowledge) -> Failure | None:
    """At most so many cache breakpoints."""
    most = known.number("limits.caching.breakpoints")
    found = sum("cache_control" in mapping and mapping["cache_control"] is not None for mapping in _mappings(call.body))
    if found <= most:
        return None
    return known.invalid(f"A maximum of {most} blocks with cache_control may be provided. Found {found}.")


def image_sizes(call: Call, known: Knowledge) -> Failure | None:
    """Images keep within the side lengths; with many in the request, within the smaller one."""
    images = [(place, block) for place, block in call.blocks() if block.get("type") == "image" and block["source"].get("type") == "base64"]
    many = len(images) > known.number("limits.images.many_images_above")
    most = known.number("limits.images.many_images_max_side" if many else "limits.images.max_side")
    for place, block in images:
        try:
            sides = imagesize.get(io.BytesIO(base64.b64decode(block["source"]["data"], validate=True)))
        except (binascii.Error, ValueError):
            return known.invalid(f"{place}.image.source.base64: Invalid base64 data")
        if max(sides) > most:
            what = " for many-image requests" if many else ""
            message = f"{place}.image.source.base64.data: At least one of the image dimensions exceed max allowed size{what}: {most} pixels"
            failure = known.invalid(message)
            details = {"paths": [place], "max_side_length_pixels": most}
            return dataclasses.replace(failure, error_code="image_dimensions_too_large", details=details)
    return None


_DOCUMENTS = ("application/pdf", "text/plain")


def files_fit_blocks(call: Call, known: Knowledge) -> Failure | None:
    """A file in a block exists in the workspace and has a type that the block reads."""
    for _, block in call.blocks():
        source = block.get("source")
        if not isinstance(source, dict) or source.get("type") != "file":
            continue
        stored = call.world.files.get(source["file_id"])
        if stored is None:
            return known.invalid(f"File `{source['file_id']}` not found.", 404, "not_found_error")
        mime = stored.metadata["mime_type"]
        if block["type"] == "document" and mime not in _DOCUMENTS:
            return known.invalid(f"Unsupported document file format: {mime}. Only PDF and plaintext documents are supported.")
    return None


MESSAGE_RULES: tuple[Rule, ...] = (
    Rule("shape", shape),
    Rule("model_exists", model_exists),
    Rule("sampling_parameters", sampling_parameters),
    Rule("tool_results_follow", tool_results_follow),
    Rule("no_prefill", no_prefill),
    Rule("thinking_unchanged", thinking_unchanged),
    Rule("breakpoints", breakpoints),
    Rule("image_sizes", image_sizes),
    Rule("files_fit_blocks", files_fit_blocks),
    Rule("prompt_fits", prompt_fits),
)


def first_failure(call: Call, known: Knowledge) -> Failure | None:
    """Return what the API refuses first about a message request, or None."""
    for rule in MESSAGE_RULES:
        if failure := rule.check(call, known):
            return failure
    return None


def batch_failure(body: Any, known: Knowledge) -> Failure | None:
    """Return what the API refuses when a batch is created; `params` are looked at only later."""
    requests = body.get("requests") if isinstance(body, dict) else None
    if not isinstance(requests, list):
        return known.invalid("requests: Field required")
    if not requests:
        return known.invalid("requests: List should have at least 1 item after validation, not 0")
    pattern = str(known.facts.grouped["limits.batch.custom_id_pattern"].value)
    for index, row in enumerate(requests):
        identifier = row.get("custom_id") if isinstance(row, dict) else None
        if identifier is None:
            return known.invalid(f"requests.{index}.custom_id: Field required")
        if not isinstance(identifier, str):
            return known.invalid(f"requests.{index}.custom_id: Input should be a valid string")
        if not re.fullmatch(pattern.strip("^$"), identifier):
            return known.invalid(f"requests.{index}.custom_id: String should match pattern '{pattern}'")
        if not isinstance(row.get("params"), dict):
            return known.invalid(f"requests.{index}.params: Field required")
    counts = Counter(row["custom_id"] for row in requests)
    identifier, count = counts.most_common(1)[0]
    if count > 1:
        return known.invalid(f"requests: custom_id's must be unique within a batch. Duplicate custom_id found: {identifier}")
    most = known.number("limits.batch.max_requests")
    if len(requests) > most:  # the wording is not documented; this one is the mock's
        return known.invalid(f"requests: List should have at most {most} items after validation, not {len(requests)}")
    return None


def row_failure(call: Call, known: Knowledge) -> Failure | None:
    """Return why a row of a batch ends as errored, or None."""
    if call.body.get("stream"):
        return known.invalid('"stream=True" is not supported in the Message Batches API')
    return first_failure(call, known)


def key_failure(headers: Mapping[str, str], known: Knowledge) -> Failure | None:
    """Return the 401 for a missing or wrong key. A key is wrong when it says so: the mock knows no keys."""
    bearer = headers.get("authorization", "")
    key = headers.get("x-api-key") or bearer.removeprefix("Bearer ").strip()
    if key and not re.search(r"invalid|wrong|revoked", key, re.IGNORECASE):
        return None
    return dataclasses.replace(known.refuse("invalid_api_key", "invalid x-api-key"), status=401, type="authentication_error")


def size_failure(path: str, length: int, known: Knowledge) -> Failure | None:
    """Return the 413 of the network edge for a body of `length` bytes to `path`."""
    limits = {
        "/v1/messages/batches": ("limits.batch.max_size", "batch_too_large"),
        "/v1/files": ("limits.files.max_size", "file_too_large"),
    }
    limit, slug = limits.get(path, ("limits.request.messages_max_size", "request_too_large"))
    if length <= known.number(limit):
        return None
    failure = known.refuse(slug, "Request exceeds the maximum size")
    return dataclasses.replace(failure, status=413, type="request_too_large", edge=True)


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            yield item
            # A tool's schema may have a property of any name.
            pending += [child for key, child in item.items() if key not in ("input_schema", "input")]
        elif isinstance(item, list):
            pending += item


def _version(model: str) -> tuple[int, int]:
    """Return (4, 5) for `claude-opus-4-5-20251101`; a model without numbers counts as the newest."""
    match = re.match(r"claude-[a-z]+-(\d+)(?:-(\d{1,2})(?!\d))?", model)
    return (int(match.group(1)), int(match.group(2) or 0)) if match else (99, 0)
