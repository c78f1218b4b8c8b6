"""The headers of the site."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from generator.build import headers


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def folder(path: Path, content: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(content, encoding="utf-8")
    return path


def content(path: Path) -> str:
    return (path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("<script>a()</script>", ["a()"]),
        ("<script>a()</script><p>x</p><script>b()</script><script>a()</script>", ["a()", "b()"]),
        ('<script type="module">a()</script>', ["a()"]),
        ('<script src="x.js"></script>', []),
        ('<script type="application/ld+json">{"a": 1}</script>', []),
        ('<script type="application/json" id="x">{"a": 1}</script>', []),
        ("<script>a('&amp;') && b < c</script>", ["a('&amp;') && b < c"]),
        ("<script>a('</b>', \"</p>\") // </</script>", ["a('</b>', \"</p>\") // </"]),
        ("<script>\n한글()\n</script>", ["\n한글()\n"]),
        ("<p>a()</p>", []),
    ],
)
def test_every_script_that_a_browser_runs_is_hashed_as_it_stands(tmp_path: Path, page, scripts):
    folder(tmp_path / "site", page)

    assert headers.inline_script_hashes(tmp_path / "site") == sorted(digest(script) for script in scripts)


def test_headers_allow_the_own_scripts_and_no_other_host():
    found = headers.security_headers(headers.script_hashes("<script>a()</script>"))
    policy = dict(part.split(" ", 1) for part in found["Content-Security-Policy"].split("; "))

    assert policy["script-src"] == f"'self' {digest('a()')}"
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in found["Content-Security-Policy"]
    assert "http" not in found["Content-Security-Policy"]


def test_headers_are_written_in_the_form_that_hosts_read(tmp_path: Path):
    site = folder(tmp_path / "site", "x")
    headers.write_headers(site)
    lines = (site / "_headers").read_text(encoding="utf-8").splitlines()

    assert lines[0] == "/*"
    assert "  X-Content-Type-Options: nosniff" in lines
    assert lines[lines.index("/assets/*") + 1] == "  Cache-Control: public, max-age=3600"
    assert all(line.startswith(("/", "  ")) for line in lines)
    assert {
        lines[lines.index(path) + 1].split("charset=")[-1]
        for path in ("/llms.txt", "/:language/:page/index.md", "/:language/:hub/:page/index.md")
    } == {"utf-8"}


def test_files_of_the_search_may_be_kept_since_their_folder_names_their_content(tmp_path: Path):
    site = folder(tmp_path / "site", "x")
    folder(site / "search" / "0123", "x")
    headers.write_headers(site)
    lines = (site / "_headers").read_text(encoding="utf-8").splitlines()

    assert lines[-2:] == ["/search/0123/*", "  Cache-Control: public, max-age=31536000, immutable"]
