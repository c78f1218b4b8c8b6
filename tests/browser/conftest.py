"""A browser, and the built site served as a host would: with its headers and its 404 page."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import served
import toolchain
from playwright.sync_api import Browser, Page, Route, sync_playwright

#: Chromium as root in a container needs the first; the others keep it from calling home.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

#: Seconds until a request that a test holds back must have been made.
LONGEST_WAIT = 15


class _Handler(http.server.SimpleHTTPRequestHandler):
    extra: dict[str, str]
    not_found: bytes

    def end_headers(self) -> None:
        for name, value in self.extra.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.not_found)))
        self.end_headers()
        self.wfile.write(self.not_found)

    def log_message(self, *arguments: Any) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="session")
def site_address(built_site: Path) -> Iterator[str]:
    """Address of the served site, without a slash at its end."""
    members = {"extra": served.headers(built_site / "_headers"), "not_found": (built_site / "404.html").read_bytes()}
    handler = functools.partial(type("Handler", (_Handler,), members), directory=str(built_site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; `python tools/toolchain.py` installs one."""
    path = toolchain.chromium()
    if path is None:
        pytest.fail("no Chromium: run `make test`, or set CHROMIUM to the path of one")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def hold() -> Callable[[Page, str], Callable[[], int]]:
    """Return a function that holds requests of a page back, and returns what lets them go and says how many there were."""
    return _hold


def _hold(page: Page, pattern: str) -> Callable[[], int]:
    held: list[Route] = []
    # Playwright marks the function that it is given, which a method of a list does not allow.
    page.route(pattern, lambda route: held.append(route))

    def release() -> int:
        # A page asks when its script gets to it, which on a busy machine is later than the test's next line.
        until = time.monotonic() + LONGEST_WAIT
        while not held:
            assert time.monotonic() < until, f"the page never asked for {pattern}"
            page.wait_for_timeout(20)
        page.wait_for_timeout(200)
        for route in held:
            route.continue_()
        return len(held)

    return release


@pytest.fixture
def visit(browser: Browser, site_address: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address of the site in a fresh profile and fails on any error or foreign request."""
    contexts = []
    complaints: list[str] = []

    def open_page(address: str, *, width: int = 1440, scheme: str = "light", locale: str = "en-US", script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale=locale,
            java_script_enabled=script,
            reduced_motion="reduce",
            base_url=site_address,
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site_address)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if _is_error(message.type, message.text) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: _only_here(request.url, site_address, complaints))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _is_error(kind: str, text: str) -> bool:
    # The browser says so itself when a test opens an address that is not there.
    return kind == "error" and "status of 404" not in text


def _only_here(address: str, site: str, complaints: list[str]) -> None:
    if not address.startswith((site, "data:", "blob:")):
        complaints.append(f"request to {address}")
