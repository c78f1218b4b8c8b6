"""What support asks for is read from a paste, and what nobody should see is found."""

from __future__ import annotations

import pytest

from generator.decode.details import Parts, masked, parts, secrets
from tests.unit.hostile import PATTERNS, growth

PLATFORMS = {"bedrock": ["bedrock"], "vertex": ["req_vrtx_", "vertex"], "api": ["api.anthropic.com"]}
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV"


@pytest.mark.parametrize(
    ("paste", "request_id"),
    [
        ("'request_id': 'req_011CSHoEeqs5C35K2UUqR7Fy'}", "req_011CSHoEeqs5C35K2UUqR7Fy"),
        ("req_vrtx_011CSHoEeqs5 and req_011CSHoEeqs5C35K2UUqR7Fy", "req_vrtx_011CSHoEeqs5"),
        ("my_req_011CSHoEeqs5C35K2UUqR7Fy", None),
        ("req_short", None),
        ("", None),
    ],
)
def test_request_id_is_read(paste, request_id):
    assert parts(paste, PLATFORMS).request_id == request_id


@pytest.mark.parametrize(
    ("paste", "sdk"),
    [
        ("user-agent: Anthropic/Python 0.71.0", ("Python", "0.71.0")),
        ("Anthropic/JS 0.65.0", ("TypeScript", "0.65.0")),
        ("anthropic==1.2.3", ("Python", "1.2.3")),
        ("anthropic-1.2.3.dist-info", ("Python", "1.2.3")),
        ("node_modules/@anthropic-ai/sdk/core/error.mjs", ("TypeScript", None)),
        ("@anthropic-ai/sdk@0.65.0", ("TypeScript", "0.65.0")),
        ("/site-packages/anthropic/_base_client.py", ("Python", None)),
        ("raise anthropic.RateLimitError", ("Python", None)),
        ("api.anthropic.com", (None, None)),
        ("my.anthropic.X", (None, None)),
        ("anthropic==1234.2.3", (None, None)),
    ],
)
def test_sdk_and_its_version_are_read(paste, sdk):
    found = parts(paste, PLATFORMS)

    assert (found.sdk, found.sdk_version) == sdk


@pytest.mark.parametrize(
    ("paste", "platform"),
    [("botocore.Bedrock", "bedrock"), ("https://API.anthropic.com/v1", "api"), ("req_vrtx_1", "vertex"), ("nothing", None)],
)
def test_platform_is_told_by_its_words(paste, platform):
    assert parts(paste, PLATFORMS).platform == platform


def test_nothing_is_read_from_nothing():
    assert parts("", {}) == Parts(None, None, None, None)


@pytest.mark.parametrize(
    "secret",
    [
        "sk-ant-api03-abcdefgh_12",
        "sk-proj-abcdefghijk",
        TOKEN,
        TOKEN.rsplit(".", 1)[0],
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_abcdefghijklmnopqrstuvwxyz",
        "AIzaSyA-abcdefghijklmnopqrstuvwxyz01234",
        "first.last+tag@mail.example.com",
    ],
)
@pytest.mark.parametrize("around", ["{}", "key={} ", "x-api-key: '{}', a", "?key={}%22)", '{{"a":"{}"}}'])
def test_secret_is_found_wherever_it_stands(secret, around):
    paste = around.format(secret)
    shown = masked(paste)

    assert secret[3:] not in shown
    assert paste.replace(secret, "") == shown.replace(f"{secret[:3]}…", "")


def test_bearer_token_is_hidden_whatever_it_looks_like():
    assert masked("Authorization: Bearer abc.DEF~123/456+x, next") == "Authorization: Bearer abc…, next"


def test_places_are_in_order_and_do_not_overlap():
    paste = f"a@b.de Bearer {TOKEN} sk-ant-12345678 sk-ant-87654321"
    found = secrets(paste)

    assert [paste[start:end] for start, end in found] == ["a@b.de", TOKEN, "sk-ant-12345678", "sk-ant-87654321"]


@pytest.mark.parametrize(
    "paste",
    [
        "req_011CSHoEeqs5C35K2UUqR7Fy",
        "toolu_01PjgRJLbXrXEMZwDNYLnBqk",
        "sk-",
        "@",
        "a@b",
        "eyJabcdefghijklmnop",
        "AKIA",
        "claude-sonnet-4-5",
        "",
    ],
)
def test_what_is_no_secret_is_left_alone(paste):
    assert secrets(paste) == []
    assert masked(paste) == paste


def test_unfinished_token_does_not_hide_the_one_after_it():
    assert secrets(f"eyJabcdefghijklmnop {TOKEN}") == [(20, 20 + len(TOKEN))]


def test_masking_twice_changes_nothing():
    once = masked(f"sk-ant-12345678 a@b.de {TOKEN} AKIAIOSFODNN7EXAMPLE")

    assert masked(once) == once


@pytest.mark.parametrize("name", PATTERNS)
def test_no_text_makes_it_slow(name):
    assert growth(lambda text: (secrets(text), parts(text, PLATFORMS)), PATTERNS[name]) < 6
