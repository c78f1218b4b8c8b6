"""Serves a built site as a host does: compressed, with the headers of `_headers`, and its 404 page.

Text is compressed with gzip at its usual level, which every host can do; with brotli it would be less.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_TEXT = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
LEVEL = 6


def headers(file: Path) -> dict[str, str]:
    """Return the headers that a `_headers` file gives for every address."""
    found: dict[str, str] = {}
    rule = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            rule = line
        elif rule == "/*":
            name, _, value = line.strip().partition(": ")
            found[name] = value
    return found


@functools.lru_cache(maxsize=512)
def _packed(file: Path, changed: int) -> bytes:
    return gzip.compress(file.read_bytes(), LEVEL, mtime=0)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    root: Path
    extra: dict[str, str]

    def do_GET(self) -> None:
        path = (self.root / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
        file = path / "index.html" if path.is_dir() else path
        status = 200
        if not file.is_relative_to(self.root) or not file.is_file():
            file, status = self.root / "404.html", 404
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        text = kind.startswith(_TEXT)
        packed = text and "gzip" in self.headers.get("Accept-Encoding", "")
        body = _packed(file, file.stat().st_mtime_ns) if packed else file.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        for name, value in self.extra.items():
            self.send_header(name, value)
        with contextlib.suppress(ConnectionError):  # the page was left before it was all there
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Keep the output clean."""


@contextlib.contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve the folder `site`; yield its address, without a slash at the end."""
    root = site.resolve()
    handler = type("Handler", (_Handler,), {"root": root, "extra": headers(root / "_headers")})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
