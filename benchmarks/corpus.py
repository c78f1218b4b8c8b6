"""Makes a project of any size out of the real one: `python benchmarks/corpus.py 500 folder`.

Every made entry is a copy of a real one with a slug, error codes and facts of its own,
with words changed in both languages, with its own programs, and with links to other made
entries. So size and mix are the real ones, and `claude-errors check` accepts the result.
The same number gives the same bytes. Must not change the real project.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from generator import check  # noqa: E402
from generator.content import project as projects  # noqa: E402
from generator.content.project import Project  # noqa: E402
from generator.content.reading import EXCEPTIONS  # noqa: E402
from generator.content.snippets import REPORT  # noqa: E402
from generator.schemas.entry import Entry  # noqa: E402
from generator.text.message import compile_signature, pieces  # noqa: E402

#: What no build reads, or what a command made.
LEFT_OUT = (
    *(".*", "build", "site", "node_modules", "tests", "docs", "benchmarks", "test-results", "__pycache__", "*.egg-info"),
    # Python would find the copied package before the real one.
    *("generator", "mock_api", "snippet_runner", "tools"),
)
#: How many of a text's plain words change, in percent, and how many of those become words that no entry uses.
CHANGED, NEW = 40, 10

#: Parts of a text that stay: code, links, citations, facts, addresses.
_KEPT = re.compile(r"(`+[^`]*`+|\[[^\]]*\](?:\([^)]*\))?|\{\{.*?\}\}|https?://\S+)")
#: Words with white space on both sides: a word at the edge of a fact may be a particle of it.
_WORD = {"en": re.compile(r"(?<=\s)[a-z]{4,}(?=\s)"), "ko": re.compile(r"(?<=\s)[가-힣]{2,}(?=\s)")}
#: Words that a rule of `generator/lint/` reads in the company of others.
_AVOIDED = re.compile(
    r"claude|two|three|four|five|six|seven|causes|reasons|questions|sources|related|errors"
    r"|공간|창|할수|과금|원인|이유|질문|출처|두|세|네|다섯|가지|에러|클로드|메세지|컨텐츠|파라미터|타임아웃|앤트로픽"
)
_KOREAN = "가나다라마바사아자차카타파하"
_ENGLISH = "abdefgiklmnoprstuv"


class _Dumper(yaml.CSafeDumper):
    """Writes everything out, without anchors, as the generator wants it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class Words:
    """Changes words in the same way wherever they stand in one copy, so that all its texts still fit one another."""

    def __init__(self, copy: int, vocabulary: Mapping[str, list[str]]) -> None:
        self.copy = copy
        self.vocabulary = vocabulary

    def changed(self, text: str, language: str) -> str:
        """Return `text` with some of its plain words changed; code, links, citations and facts stay."""
        parts = _KEPT.split(text)
        swap = _WORD[language].sub
        return "".join(part if index % 2 else swap(lambda found: self.word(found[0], language), part) for index, part in enumerate(parts))

    def word(self, word: str, language: str) -> str:
        """Return the word that stands for `word` in this copy: itself, another one, or one that no entry uses yet."""
        dice = zlib.crc32(f"{self.copy} {word}".encode())
        if dice % 100 >= CHANGED or _AVOIDED.search(word):
            return word
        words = self.vocabulary[language]
        other = words[dice // 100 % len(words)]
        if dice // 7 % 100 >= NEW:
            return other
        letters = _KOREAN if language == "ko" else _ENGLISH
        made = letters[dice // 3 % len(letters)] + letters[dice // 11 % len(letters)] + other[1:]
        return other if _AVOIDED.search(made) else made

    def template(self, text: str) -> str:
        """Return a message template with some of its words changed; placeholders stay."""
        return "".join(f"<{part}>" if variable else self.changed(part, "en") for part, variable in pieces(text))


def vocabulary(project: Project) -> dict[str, list[str]]:
    """Return the plain words that the real entries use, by language."""
    found: dict[str, set[str]] = {language: set() for language in _WORD}
    for located in project.catalogue.located:
        for _, text in located.texts():
            for language, words in found.items():
                for part in _KEPT.split(getattr(text, language))[::2]:
                    words |= {word for word in _WORD[language].findall(part) if not _AVOIDED.search(word)}
    # A word that ends a plain Korean sentence would be reported when a full stop follows.
    return {language: sorted(word for word in words if not word.endswith("다")) for language, words in found.items()}


def make(target: Path, count: int | None, source: Path = ROOT) -> Path:
    """Write a project with `count` entries into `target`, which must not exist; None makes the real one. Returns `target`.

    Raises ValueError when `count` is less than the real number of entries.
    """
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*LEFT_OUT))
    if count is None:
        return target
    project = projects.load(source)
    entries = sorted(project.catalogue.entries, key=lambda entry: entry.slug)
    if count < len(entries):
        raise ValueError(f"there are {len(entries)} real entries; {count} are fewer")
    # Umbrella pages before their members, so that the last, unfinished copy holds no member without one.
    entries.sort(key=lambda entry: entry.family is not None)
    wanted = [divmod(number, len(entries)) for number in range(len(entries), count)]
    names = {(copy, entries[index].slug): f"{entries[index].slug}_{copy}" for copy, index in wanted}
    words = vocabulary(project)
    for copy, index in wanted:
        _write(target, entries[index], Words(copy, words), names)
    _write_facts(target, {copy for copy, _ in wanted})
    _write_topics(target, [(entries[index], copy) for copy, index in wanted])
    (target / EXCEPTIONS).unlink(missing_ok=True)
    check.shrink(projects.load(target))  # copies share sentences
    shutil.rmtree(target / "build", ignore_errors=True)  # its cache: a cold build finds nothing
    return target


def _write(target: Path, entry: Entry, words: Words, names: Mapping[tuple[int, str], str]) -> None:
    slug = names[words.copy, entry.slug]
    data = copied(entry, words, lambda other: names.get((words.copy, other), other))
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    header = "# yaml-language-server: $schema=../schema/entry.schema.json\n"
    (target / "errors" / f"{slug}.yml").write_text(header + text, encoding="utf-8")
    _write_programs(target, entry.slug, slug, words)


def copied(entry: Entry, words: Words, named: Callable[[str], str]) -> dict[str, Any]:
    """Return `entry` as the data of a new one; `named` gives the new slug of each slug, or the old one where it has none."""
    data: dict[str, Any] = _lists(entry.model_dump(exclude_unset=True, by_alias=True))
    slug = named(entry.slug)
    codes = {identity.error_code for identity in entry.identities if identity.error_code}
    new_codes = {code: slug if code == entry.slug else f"{code}_{words.copy}" for code in codes}
    for record in (*data["identities"], *data.get("messages", [])):
        if record.get("error_code"):
            record["error_code"] = new_codes[record["error_code"]]
    if entry.slug not in codes:
        data["name_origin"] = "ours"
    data |= {"slug": slug, "family": named(entry.family) if entry.family else None}
    data["related"] = [named(other) for other in entry.related]
    data["redirect_from"] = [f"{old}_{words.copy}" for old in entry.redirect_from]
    for message in data.get("messages", []):
        message["template"] = words.template(message["template"])
    for pending in data.get("pending", []):
        pending["slug"] = f"{pending['slug']}_{words.copy}"
        pending["error_codes"] = [f"{code}_{words.copy}" for code in pending.get("error_codes", [])]
        pending["messages"] = [words.template(template) for template in pending.get("messages", [])]
    _keep_response(data, words)
    said = data["verdict"].pop("say")
    data = _texts(data, words, named)
    data["verdict"]["say"] = said  # it has to fit its box
    data["aliases"] = [_distinct(alias, words) for alias in entry.aliases]
    for language in _WORD:
        data["title"][language] = _distinct(data["title"][language], words, language)
    return data


def _lists(value: Any) -> Any:
    """Return `value` with lists for tuples, as YAML writes them."""
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value


def _keep_response(data: dict[str, Any], words: Words) -> None:
    """Change the message of a written response like the templates; one that no longer fits is left out, then it is made from them."""
    error = (data.get("response", {}).get("body") or {}).get("error")
    if not isinstance(error, dict) or not data.get("messages"):
        return
    error["message"] = words.changed(str(error.get("message", "")), "en")
    if not any(compile_signature(message["template"]).recognises(error["message"]) for message in data["messages"]):
        del data["response"]["body"]


def _texts(value: Any, words: Words, named: Callable[[str], str]) -> Any:
    if isinstance(value, dict) and value.keys() == {"ko", "en"}:
        return {language: _text(text, language, words, named) for language, text in value.items()}
    if isinstance(value, dict):
        return {key: _texts(item, words, named) for key, item in value.items()}
    return [_texts(item, words, named) for item in value] if isinstance(value, list) else value


def _text(text: str, language: str, words: Words, named: Callable[[str], str]) -> str:
    text = re.sub(r"guide:([a-z0-9_]+)", lambda found: f"guide:{named(found[1])}", words.changed(text, language))
    return re.sub(r"\{\{ *limits\.([a-z0-9_]+)\.", lambda found: f"{{{{ limits.{found[1]}_{words.copy}.", text)


def _distinct(text: str, words: Words, language: str = "") -> str:
    """Return `text` with a word behind it that stands in this copy only."""
    letters = _KOREAN if language == "ko" or (not language and re.search("[가-힣]", text)) else _ENGLISH
    base, number, name = len(letters), words.copy, ""
    while number:
        number, digit = divmod(number, base)
        name += letters[digit] * (1 if letters is _KOREAN else 2)
    return f"{text} {name}{letters[0]}"


def _write_programs(target: Path, old: str, slug: str, words: Words) -> None:
    """Copy the programs with a comment of their own in the shown part; the report says that these ran: the pages keep their proof."""
    folder = target / "snippets" / slug
    if not (target / "snippets" / old).is_dir():
        return
    shutil.copytree(target / "snippets" / old, folder)
    ran: dict[str, str] = {}
    for file in sorted(path for path in folder.iterdir() if path.name != REPORT):
        mark = "#" if file.suffix == ".py" else "//"
        known = words.vocabulary["en"]
        comment = " ".join(known[zlib.crc32(f"{slug} {number}".encode()) % len(known)] for number in range(3))
        code = file.read_text(encoding="utf-8").replace(
            f"{mark} region: show\n", f"{mark} region: show\n{mark} {comment} {words.copy}.\n", 1
        )
        file.write_text(code, encoding="utf-8")
        ran[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    if (folder / REPORT).is_file():  # an earlier version had one report for all
        report = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        (folder / REPORT).write_text(json.dumps(report | {"ran": ran}, indent=2) + "\n", encoding="utf-8")


def _write_facts(target: Path, copies: set[int]) -> None:
    """Give every copy limits of its own, with the real values."""
    file = target / "facts" / "limits.yml"
    text = file.read_text(encoding="utf-8")
    groups = yaml.safe_load(text)
    more = {f"{name}_{copy}": group for copy in sorted(copies) for name, group in groups.items()}
    if more:
        written = yaml.dump(more, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
        file.write_text(f"{text.rstrip()}\n\n{written}", encoding="utf-8")


def _write_topics(target: Path, copied_entries: list[tuple[Entry, int]]) -> None:
    """Give every copy, and the errors that it lists, the topic of its original."""
    file = target / "facts" / "topics.yml"
    if not file.is_file():  # an earlier version
        return
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    slugs = [(slug, copy) for entry, copy in copied_entries for slug in (entry.slug, *(item.slug for item in entry.pending))]
    for topic in data["topics"]:
        topic["slugs"] += [f"{slug}_{copy}" for slug, copy in slugs if slug in topic["slugs"]]
    file.write_text(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    make(options.folder, options.count)
