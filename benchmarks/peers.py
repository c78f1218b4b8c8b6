"""What the bench compares with: plain MkDocs with Material, Zensical, Hugo, an earlier version; and the project itself.

A contender has a folder of its own, made once for a size. The peers get the readable copies of all guides and
pages that a build writes into `build/docs`, as they are, with a page that lists them.
"""

from __future__ import annotations

import compileall
import dataclasses
import functools
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-bench"
LOCK = ROOT / "requirements" / "bench.txt"
#: The page that every edit must reach, and the slug of its entry, one of the real ones.
SLUG = "batch_too_large"
PAGE = f"/en/errors/{SLUG}/"

PACKAGES = {"MkDocs": "mkdocs", "Material": "mkdocs-material", "Zensical": "zensical", "Hugo": "hugo"}

EXTENSIONS = [
    {"toc": {"permalink": "#", "toc_depth": 2}},
    "tables",
    "pymdownx.superfences",
    {"pymdownx.highlight": {"anchor_linenums": False}},
]
MKDOCS = {
    "site_name": "bench",
    "docs_dir": "docs",
    "theme": {
        "name": "material",
        "custom_dir": "overrides",
        "font": False,
        "features": ["content.code.copy", "content.tabs.link", "toc.follow"],
    },
    "plugins": ["search"],
    "nav": [{"Home": "index.md"}],
    "markdown_extensions": EXTENSIONS,
    "validation": {"nav": {"omitted_files": "ignore"}, "links": {"not_found": "ignore", "unrecognized_links": "ignore"}},
}
HUGO = {
    "baseURL": "http://127.0.0.1/",
    "title": "bench",
    "defaultContentLanguage": "en",
    "defaultContentLanguageInSubdir": True,
    "languages": {code: {"contentDir": f"content/{code}", "weight": weight} for weight, code in enumerate(("en", "ko"), 1)},
    "markup": {"highlight": {"noClasses": False}},
    "disableKinds": ["taxonomy", "term"],
}
HUGO_LAYOUTS = {
    "baseof.html": (
        '<!doctype html><html lang="{{ site.Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>'
        '<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}">'
        '{{ range .Translations }}<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">{{ end }}</head>'
        '<body><header><a href="{{ "/" | relLangURL }}">bench</a></header>{{ block "main" . }}{{ end }}'
        "<footer>bench</footer></body></html>\n"
    ),
    "home.html": '{{ define "main" }}<main>{{ .Content }}</main>{{ end }}\n',
    "section.html": (
        '{{ define "main" }}<main><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'
        "</main>{{ end }}\n"
    ),
    "page.html": '{{ define "main" }}<nav>{{ .TableOfContents }}</nav><main>{{ .Content }}</main>{{ end }}\n',
}

Edit = Callable[[Path, int], str]
"""Changes a file of the project in a folder for the so-many-th time; returns the text that its page then shows."""


@dataclasses.dataclass(frozen=True)
class Contender:
    """A generator in its folder."""

    name: str
    folder: Path
    build: tuple[str | Path, ...]
    serve: Callable[[int], Sequence[str | Path]]
    """Returns the command that serves on a port."""
    edits: dict[str, Edit]
    """By what is saved."""
    environment: dict[str, str] = dataclasses.field(default_factory=dict)
    starts_anew: bool = False
    """Whether a build after a change takes as long as a cold one, since it keeps nothing; then it is not measured."""
    sources: frozenset[str] = frozenset()
    """What lay in the folder before the first build; all else goes before a cold one."""

    def clean(self) -> None:
        """Leave nothing of an earlier build.

        It is moved away: ext4 is slow to make new files for some minutes after it removed thousands, as it looks
        at each of them to leave it alone.
        """
        away = Path(tempfile.mkdtemp(dir=self.folder.parent, prefix="earlier-"))
        for path in list(self.folder.iterdir()):
            if path.name not in self.sources:
                path.rename(away / path.name)


def own(folder: Path, root: Path = ROOT, name: str = "claude-errors") -> Contender:
    """Return the project in `folder`, built with the generator in the folder `root`, which has an environment of its own."""
    python = Path(sys.executable) if root == ROOT else root / ".venv/bin/python"
    template = next(path for path in ("templates/guide.html.j2", "templates/guide.md.j2") if (folder / path).is_file())

    def serve(port: int) -> Sequence[str | Path]:
        return [python, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]

    edits: dict[str, Edit] = {
        "entry": functools.partial(
            _replace, f"errors/{SLUG}.yml", r"(?m)(^    check:\n      ko: .*\n(?: {8}.*\n)*      en: )(?:changed\d+ )?"
        ),
        "snippet": _program,
        "fact": _fact,
        "template": functools.partial(_append, template),
        "strings": functools.partial(_replace, "templates/strings/en.yml", r"(?m)(^verdict:\n  label: .*\n  retry: )(?:changed\d+ )?"),
    }
    environment = {"PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1"}
    # As pip does for the peers: where Python may write no bytecode itself, it would compile a checkout at every start.
    compileall.compile_dir(root / "generator", quiet=1)
    return _ready(Contender(name, folder, (python, "-m", "generator", "build"), serve, edits, environment))


def peers(scratch: Path, docs: Path) -> Iterator[Contender]:
    """Yield the peers that could be installed, each with a folder in `scratch` made from the Markdown in `docs`."""
    page = functools.partial(_replace, f"docs/en/errors/{SLUG}.md", r"(?m)(^> )(?:changed\d+ )?")
    theme: Edit = functools.partial(_replace, "overrides/main.html", r"({% block announce %}bench )(?:changed\d+ )?")
    bin_ = VENV / "bin"
    if (bin_ / "mkdocs").exists():
        folder = _mkdocs(scratch / "mkdocs", docs)
        without = _mkdocs(scratch / "mkdocs-without-search", docs, plugins=[])

        def serve_mkdocs(port: int) -> Sequence[str | Path]:
            return [bin_ / "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}", "--watch-theme"]

        build = (bin_ / "mkdocs", "build", "--quiet")
        environment = {"NO_MKDOCS_2_WARNING": "1"}
        # It builds everything after every change, so that of a page would take just as long.
        yield _ready(Contender("MkDocs", folder, build, serve_mkdocs, {"template": theme}, environment, starts_anew=True))
        # Its search takes a large part of its time, and this project has another one.
        yield _ready(Contender("MkDocs without search", without, build, serve_mkdocs, {}, environment, starts_anew=True))
    if (bin_ / "zensical").exists():
        folder = _mkdocs(scratch / "zensical", docs)

        def serve_zensical(port: int) -> Sequence[str | Path]:
            return [bin_ / "zensical", "serve", "--dev-addr", f"127.0.0.1:{port}"]

        build = (bin_ / "zensical", "build", "--clean")
        yield _ready(Contender("Zensical", folder, build, serve_zensical, {"page": page, "template": theme}))
    if found := sorted(VENV.glob("lib/python*/site-packages/hugo/binaries/hugo*")):
        folder = _hugo(scratch / "hugo", docs)
        program = found[0]

        def serve_hugo(port: int) -> Sequence[str | Path]:
            return [program, "server", "--bind", "127.0.0.1", "--port", str(port), "--quiet"]

        edits: dict[str, Edit] = {
            "page": functools.partial(_replace, f"content/en/errors/{SLUG}.md", r"(?m)(^> )(?:changed\d+ )?"),
            "template": functools.partial(_replace, "layouts/baseof.html", r"(<footer>)(?:changed\d+ )?"),
        }
        environment = {"HUGO_CACHEDIR": str(folder / "cache")}
        yield _ready(Contender("Hugo", folder, (program, "--quiet"), serve_hugo, edits, environment))


def install() -> str:
    """Install the peers from their lock file into their own environment, unless that very lock is; return why they cannot be had, or ""."""
    stamp = VENV / ".lock"
    if stamp.is_file() and stamp.read_bytes() == LOCK.read_bytes():
        return ""
    shutil.rmtree(VENV, ignore_errors=True)
    quiet = ["--quiet", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", VENV],
        [VENV / "bin/python", "-m", "pip", "install", *quiet, "--require-hashes", "-r", LOCK],
    ):
        result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
        if result.returncode:
            return (result.stderr.strip().splitlines() or ["no reason given"])[-1]
    stamp.write_bytes(LOCK.read_bytes())
    return ""


def versions() -> list[str]:
    """Return what is compared, with versions."""
    own = f"claude-errors {_revision()}"
    return [own, *(f"{name} {_installed(package)}" for name, package in PACKAGES.items() if (VENV / "bin").exists())]


def titled(text: str) -> str:
    """Return a page with its first heading as title in front matter, since Hugo does not look for one."""
    title = text.partition("\n")[0].removeprefix("# ").replace("\\", "")
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n{text}"


def _contents(docs: Path) -> str:
    links = (file.relative_to(docs).as_posix() for file in sorted(docs.rglob("*.md")))
    return "# bench\n\n" + "".join(f"- [{link}]({link})\n" for link in links)


def _mkdocs(folder: Path, docs: Path, **settings: Any) -> Path:
    shutil.copytree(docs, folder / "docs")
    _write(folder / "docs" / "index.md", _contents(docs))
    _write(folder / "overrides" / "main.html", '{% extends "base.html" %}\n{% block announce %}bench {% endblock %}\n')
    _write(folder / "mkdocs.yml", json.dumps({**MKDOCS, **settings}, indent=1))  # JSON is YAML
    return folder


def _hugo(folder: Path, docs: Path) -> Path:
    for file in sorted(docs.rglob("*.md")):
        _write(folder / "content" / file.relative_to(docs), titled(file.read_text(encoding="utf-8")))
    for name, text in HUGO_LAYOUTS.items():
        _write(folder / "layouts" / name, text)
    _write(folder / "hugo.json", json.dumps(HUGO, indent=1))
    return folder


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _ready(contender: Contender) -> Contender:
    return dataclasses.replace(contender, sources=frozenset(path.name for path in contender.folder.iterdir()))


def _replace(path: str, pattern: str, folder: Path, number: int) -> str:
    """Put a word behind what `pattern` finds first in a file, in place of the one put there before."""
    file = folder / path
    text, count = re.subn(pattern, rf"\g<1>changed{number} ", file.read_text(encoding="utf-8"), count=1)
    if not count:
        raise ValueError(f"{path} has no {pattern}")
    file.write_text(text, encoding="utf-8")
    return f"changed{number}"


def _program(folder: Path, number: int) -> str:
    """Put a comment into the shown part of a program, in place of the one put there before."""
    file = folder / "snippets" / SLUG / "fix.py"
    text = re.sub(r"# changed\d+\n", "", file.read_text(encoding="utf-8"))
    file.write_text(text.replace("# region: show\n", f"# region: show\n# changed{number}\n", 1), encoding="utf-8")
    return f"changed{number}"


def _append(path: str, folder: Path, number: int) -> str:
    """Put a line at the end of a template, in place of the one put there before."""
    file = folder / path
    text = re.sub(r"\n<p>changed\d+</p>\n$", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{text}\n<p>changed{number}</p>\n", encoding="utf-8")
    return f"changed{number}"


def _fact(folder: Path, number: int) -> str:
    """Change the limit that the page is about."""
    file = folder / "facts" / "limits.yml"
    value = 1000 + number
    file.write_text(
        re.sub(r"(\n  max_size:\n    value: )\d+", rf"\g<1>{value}", file.read_text(encoding="utf-8"), count=1), encoding="utf-8"
    )
    return f"{value:,}"


def _installed(package: str) -> str:
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{package}=="):
            return line.split("==")[1].split()[0]
    return "?"


def _revision() -> str:
    result = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return result.stdout.strip() or "no revision"
