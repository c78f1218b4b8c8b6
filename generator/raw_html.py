"""Takes whole blocks of HTML out of a Markdown text, as Python-Markdown does, without parsing what is in them.

Python-Markdown 3.11 reads all HTML of a page tag by tag to find where its blocks end, a sixth of the
work on a page. The templates write most blocks between two blank lines, where that can be seen at once.
What cannot be seen so easily stays in the text, for Python-Markdown. Must not know about pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_START = re.compile(r"<([a-z][a-z0-9]*)(?=[ >])")
#: What Python-Markdown would write in another way than it found it, or end a block at.
_STRANGE = re.compile(r"&(?!#?\w+;)|<(?!/?[a-zA-Z])|[\x02\x03\t`]")


def stashed(source: str, store: Callable[[str], str], is_block: Callable[[str], bool]) -> str:
    """Return `source` with blocks of HTML replaced by what `store` returns for them, and the blank lines that belong to it.

    `is_block` tells whether a tag makes a block. A later pass of Python-Markdown over the result gives what it
    would have given for `source`.
    """
    chunks = source.split("\n\n")
    last = len(chunks) - 1
    waiting, open_tag = 0, ""  # inside a block that goes over blank lines: how often its tag is open
    for number, chunk in enumerate(chunks):
        if waiting > 0:
            waiting += _balance(chunk, open_tag)
            continue
        text = chunk.lstrip("\n")
        start = _START.match(text)
        if start is None or not is_block(start[1]):
            continue
        tag = start[1]
        if number < last and _is_whole(text, tag):
            place = store(text + "\n")
            chunks[number] = f"{chunk[: len(chunk) - len(text)]}\n{place}\n\n"
        else:
            waiting, open_tag = _balance(text, tag), tag
    return "\n\n".join(chunks)


def _is_whole(text: str, tag: str) -> bool:
    """Tell whether `text`, which begins with `tag`, is that element and nothing else."""
    end = f"</{tag}>"
    if not text.endswith(end) or _STRANGE.search(text):
        return False
    depth = 0
    for match in re.finditer(rf"<(/?){tag}(?=[ >\n])", text):
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.end() + 1 == len(text)
    return False


def _balance(text: str, tag: str) -> int:
    return len(re.findall(rf"<{tag}(?=[ >\n])", text)) - text.count(f"</{tag}>")
