"""Takes pictures of the built site to look at: `python tools/screenshots.py en/errors/overloaded_error/ ko/`.

Each address below the site is shot at a desktop and a phone, light and dark, whole and as first seen, into test-results/screenshots/.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import threading
from pathlib import Path

import toolchain
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "test-results/screenshots"
WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}
#: Where nothing is named.
ADDRESSES = [
    f"{language}/{path}"
    for language in ("ko", "en")
    for path in ("", "errors/batch_custom_id_invalid/", "errors/overloaded_error/", "errors/invalid_request_error/", "handling/retries/")
]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing: the pictures are what is asked for."""


def take(browser: Browser, address: str, base: str) -> None:
    """Take all pictures of one address."""
    for width, (x, y) in WIDTHS.items():
        for scheme in ("light", "dark"):
            with browser.new_context(viewport={"width": x, "height": y}, color_scheme=scheme, reduced_motion="reduce") as context:
                page = context.new_page()
                page.goto(f"{base}/{address}")
                name = f"{address.strip('/').replace('/', '-')}-{width}-{scheme}"
                page.screenshot(path=FOLDER / f"{name}-first.png")
                page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


def main() -> None:
    """Serve the built site and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("addresses", nargs="*", default=ADDRESSES)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    given = parser.parse_args()
    handler = functools.partial(_Quiet, directory=str(given.site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=toolchain.chromium(), args=["--no-sandbox", "--disable-gpu"])
        for address in given.addresses:
            take(browser, address, f"http://127.0.0.1:{server.server_port}")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
