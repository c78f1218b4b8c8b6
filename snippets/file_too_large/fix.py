# region: show
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from anthropic import Anthropic

MAX_FILE_BYTES = 500_000_000
PART_BYTES = 50_000_000
LINE_BYTES = 1_000_000

client = Anthropic()

path = Path("events.jsonl")
if not path.exists():
    # A stand-in for your data: sparse, just over the limit.
    path.touch()
    os.truncate(path, MAX_FILE_BYTES + 1)


def parts(stream: BinaryIO) -> Iterator[bytes]:
    # A block plus the rest of its last line: no line is cut in two.
    while part := stream.read(PART_BYTES) + stream.readline(LINE_BYTES):
        yield part


# An open file is streamed; a bare Path would be read into memory.
with path.open("rb") as stream:
    if path.stat().st_size <= MAX_FILE_BYTES:
        uploaded = client.files.upload(file=stream)
        print(uploaded.id)
    else:
        for number, part in enumerate(parts(stream), 1):
            name = f"{path.stem}-{number}{path.suffix}"
            uploaded = client.files.upload(file=(name, part))
            print(uploaded.id)
# endregion
