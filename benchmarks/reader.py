"""What a first visit costs a reader: bytes, requests, Lighthouse, and the chips of the home page. Part of `make bench`.

The built site is served compressed on this machine (`served.py`). Lighthouse runs from its
own lock file with its mobile profile, a slow phone on a slow network, simulated. Where Chromium
or Lighthouse cannot be had, that part is skipped with a word.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import hashlib
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE), str(ROOT / "tools")]

import served  # noqa: E402
import toolchain  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from table import MISSED, markdown, number  # noqa: E402

RESULT = ROOT / "build" / "bench-reader.md"
LIGHTHOUSE = HERE / "lighthouse"
#: The budget of a first visit: bytes over the network, headers included, and requests.
MOST_BYTES, MOST_REQUESTS = 90_000, 12
#: What only the search, the decoder or the finder of a family needs, and nothing else may ask for.
LATER = ("/search/", "decoder.json", "search.js", "search-core.js", "decoder.js", "decode-box.js", "finder.js")
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
#: As Lighthouse slows down a phone.
SLOWER = 4
#: Milliseconds that a pressed chip may take: what Core Web Vitals call a good answer.
PRESSED = 200.0
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclasses.dataclass(frozen=True)
class Visit:
    """What a first visit asked for."""

    addresses: list[str]
    bytes: int

    @property
    def foreign(self) -> list[str]:
        """Addresses on other hosts than the page's."""
        origin = "/".join(self.addresses[0].split("/")[:3])
        return [address for address in self.addresses if not address.startswith(f"{origin}/")]

    @property
    def early(self) -> list[str]:
        """Addresses that the page does not need yet."""
        return [address for address in self.addresses if any(part in address for part in LATER)]


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium; raises RuntimeError when it has none."""
    path = toolchain.chromium()
    if path is None:
        raise RuntimeError("there is no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def visit(page: Page, address: str) -> Visit:
    """Open `address` on a page of a fresh profile and return what that asked for."""
    session = page.context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def note_request(event: dict[str, Any]) -> None:
        addresses.setdefault(event["requestId"], event["request"]["url"])

    session.on("Network.requestWillBeSent", note_request)
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    session.send("Network.enable")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    # An icon inside of a style sheet is no request.
    asked = [url for url in addresses.values() if not url.startswith("data:")]
    return Visit(asked, sum(sizes.values()))


def pressed(browser: Browser, address: str, language: str = "en") -> float:
    """Return milliseconds from a pressed chip of the home page to the finished layout, on a processor slowed down as a phone's."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{address}/{language}/")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        times: list[float] = page.evaluate(
            """() => [...document.querySelectorAll(".ce-chip")].map((chip) => {
                const began = performance.now();
                chip.click();
                document.body.offsetHeight;
                return performance.now() - began;
            })"""
        )
    return max(times)


def addresses(site: Path) -> list[str]:
    """Return the pages that are looked at, in both languages: home, the heaviest guide, a guide of middle weight, the decoder."""
    found = []
    for language in ("ko", "en"):
        guides = sorted((site / language / "errors").iterdir(), key=lambda folder: ((folder / "index.html").stat().st_size, folder.name))
        chosen = [guides[-1].name, guides[len(guides) // 2].name]
        found += [f"/{language}/", *(f"/{language}/errors/{name}/" for name in chosen), f"/{language}/decode/"]
    return found


def weights(browser: Browser, base: str, site: Path) -> str:
    """Return a table of the first visits."""
    lines = []
    for address in addresses(site):
        with browser.new_context(viewport={"width": 390, "height": 844}) as context:
            found = visit(context.new_page(), f"{base}{address}")
        wrong = found.bytes > MOST_BYTES or len(found.addresses) > MOST_REQUESTS or found.foreign or found.early
        lines.append(
            (
                address,
                f"{found.bytes / 1000:.1f} kB",
                str(len(found.addresses)),
                str(len(found.foreign)),
                str(len(found.early)),
                MISSED * bool(wrong),
            )
        )
    return markdown(
        ("first visit", f"at most {MOST_BYTES // 1000} kB", f"at most {MOST_REQUESTS} requests", "other hosts", "too early", ""), lines
    )


def install_lighthouse() -> Path:
    """Install Lighthouse from its lock file, unless that very lock is; return its program. Raises RuntimeError when it cannot be had."""
    lock = hashlib.sha256((LIGHTHOUSE / "package-lock.json").read_bytes()).hexdigest()
    stamp = LIGHTHOUSE / "node_modules" / ".lock-sha256"
    if not stamp.is_file() or stamp.read_text() != lock:
        command = toolchain.npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        result = subprocess.run(command, cwd=LIGHTHOUSE, capture_output=True, text=True, check=False)
        if result.returncode:
            raise RuntimeError((result.stderr.strip().splitlines() or ["no reason given"])[-1])
        stamp.write_text(lock)
    return LIGHTHOUSE / "node_modules" / "lighthouse" / "cli" / "index.js"


def lighthouse(program: Path, address: str) -> dict[str, float]:
    """Return the scores of one run from 0 to 100, largest contentful paint in ms, and the layout shift."""
    flags = f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}"
    only = f"--only-categories={','.join(CATEGORIES)}"
    command: list[str | Path] = [
        toolchain.node(),
        program,
        address,
        "--quiet",
        "--output=json",
        "--output-path=stdout",
        "--no-enable-error-reporting",
        only,
        flags,
    ]
    environment = {**os.environ, "CHROME_PATH": toolchain.chromium() or ""}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if result.returncode:
        raise RuntimeError(result.stderr[-500:])
    report: dict[str, Any] = json.loads(result.stdout)
    scores = {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
    audits = report["audits"]
    scores |= {"LCP, ms": audits["largest-contentful-paint"]["numericValue"], "CLS": audits["cumulative-layout-shift"]["numericValue"]}
    return scores


def scores(base: str, site: Path, runs: int) -> str:
    """Return a table of Lighthouse's medians; the pages take turns, so that a busy moment does not fall on one alone."""
    program = install_lighthouse()
    taken: dict[str, list[dict[str, float]]] = {address: [] for address in addresses(site)}
    for _ in range(runs):
        for address, found in taken.items():
            found.append(lighthouse(program, f"{base}{address}"))
    lines = []
    for address, found in taken.items():
        middle = {name: statistics.median(one[name] for one in found) for name in found[0]}
        wrong = any(middle[name] < least for name, least in CATEGORIES.items())
        lines.append((address, *(number(value) for value in middle.values()), MISSED * wrong))
    head = [f"{name} (at least {least})" for name, least in CATEGORIES.items()]
    return markdown((f"Lighthouse, median of {runs}", *head, "LCP, ms", "CLS", ""), lines)


def report(site: Path, runs: int) -> str:
    """Measure the built site and return the tables as Markdown."""
    with served.serving(site) as base:
        try:
            with chromium() as browser:
                parts = [weights(browser, base, site)]
                text = f"Slowest chip of the home page: {pressed(browser, base):.0f} ms (at most {PRESSED:.0f})"
                parts.append(f"{text} on a processor slowed down {SLOWER} times.\n")
        except RuntimeError as error:
            return f"The reader's side is skipped: {error}.\n"
        try:
            parts.append(scores(base, site, runs))
        except RuntimeError as error:
            parts.append(f"Lighthouse is skipped: {error}.\n")
    return "\n".join(parts)


def main() -> None:
    """Print the tables and write them to `build/bench-reader.md`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "site")
    parser.add_argument("--runs", type=int, default=5, help="runs of Lighthouse for a page")
    options = parser.parse_args()
    text = report(options.site, options.runs)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
