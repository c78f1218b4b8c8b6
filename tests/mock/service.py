"""A running mock and the ways in which tests talk to it."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import httpx2
from anthropic import Anthropic, DefaultHttpxClient

from generator.schemas.entry import Entry
from generator.text.message import compile_signature
from mock_api.app import MockApi
from mock_api.world import Logged, World

#: Names no wrong word, so the mock takes it.
KEY = "test-key"
MODEL = "claude-sonnet-5-5"
#: Takes a message of the assistant at the end, and sampling parameters.
OLD_MODEL = "claude-haiku-4-5"


@dataclasses.dataclass(frozen=True)
class Service:
    """A mock that listens on `address`."""

    api: MockApi
    address: str
    http: httpx2.Client

    @property
    def entries(self) -> Mapping[str, Entry]:
        return self.api.known.entries

    @property
    def current_version(self) -> str:
        return str(self.api.known.facts.grouped["sdk.api_version.current"].value)

    def url(self, scenario: str = "") -> str:
        return f"{self.address}/scenario/{scenario}" if scenario else self.address

    def world(self, scenario: str) -> World:
        """Return what the mock remembers for a scenario that somebody has already used."""
        return self.api.worlds._worlds[scenario]

    def log(self, scenario: str) -> Sequence[Logged]:
        return self.world(scenario).log

    def client(self, scenario: str = "", *, max_retries: int = 0, api_key: str = KEY) -> Anthropic:
        """Return the real SDK, which refuses every answer that does not have exactly the form that its types say."""
        http = DefaultHttpxClient(verify=False, trust_env=False)  # reading the certificates takes longer than all requests
        return Anthropic(
            api_key=api_key, base_url=self.url(scenario), max_retries=max_retries, http_client=http, _strict_response_validation=True
        )

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        scenario: str = "",
        headers: Mapping[str, str] | None = None,
        content: bytes | Iterable[bytes] | None = None,
    ) -> httpx2.Response:
        """Send a request as it stands; `body` goes as JSON."""
        all_headers = {"x-api-key": KEY, "anthropic-version": self.current_version, **(headers or {})}
        return self.http.request(method, self.url(scenario) + path, json=body, content=content, headers=all_headers)


def fresh(weather: str = "") -> str:
    """Return a scenario with a world that nobody has used."""
    return f"{weather};id={secrets.token_hex(6)}".lstrip(";")


def body(**changes: Any) -> dict[str, Any]:
    """Return a small request for a message, with `changes`; None removes a field."""
    plain = {"model": MODEL, "max_tokens": 100, "messages": [{"role": "user", "content": "Name three primes."}]}
    return {key: value for key, value in {**plain, **changes}.items() if value is not None}


def says(*blocks: Any, **changes: Any) -> dict[str, Any]:
    """Return a request whose one message holds these blocks."""
    return body(messages=[{"role": "user", "content": list(blocks)}], **changes)


def recognised(entry: Entry, message: str) -> bool:
    """Tell whether the decoder's signature of one of the entry's messages knows this text."""
    return any(compile_signature(template.template).recognises(message) for template in entry.messages)
