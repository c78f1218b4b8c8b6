# region: show
import os
from pathlib import Path

from anthropic import Anthropic

MAX_FILE_BYTES = 500_000_000

client = Anthropic()

path = Path("events.jsonl")
if not path.exists():
    # A stand-in for your data: sparse, just over the limit.
    path.touch()
    os.truncate(path, MAX_FILE_BYTES + 1)

# An open file is streamed; a bare Path would be read into memory.
with path.open("rb") as stream:
    uploaded = client.files.upload(file=stream)
    print(uploaded.id)
# endregion
