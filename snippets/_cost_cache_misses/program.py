# region: show
from datetime import datetime

from anthropic import Anthropic
from anthropic.types import (
    CacheControlEphemeralParam,
    TextBlockParam,
    Usage,
)

client = Anthropic()
# Prompts that have been written to the cache before.
warm: set[str] = set()


def complaint(prompt: str, usage: Usage) -> str | None:
    """Return why a call that succeeded missed the cache."""
    read = usage.cache_read_input_tokens or 0
    written = usage.cache_creation_input_tokens or 0
    if not read and not written:
        return "nothing was cached: too short, or no breakpoint"
    if not read and prompt in warm:
        return "written again, nothing read: changed, or too late"
    warm.add(prompt)
    return None


def ask(prompt: str, system: list[TextBlockParam]) -> None:
    usage = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=1024,
        system=system,
        messages=[{"role": "user", "content": "How long may I wait?"}],
    ).usage
    print(f"{prompt}: {complaint(prompt, usage) or 'fine'}")


def plain(text: str) -> TextBlockParam:
    return {"type": "text", "text": text}


def marked(text: str) -> TextBlockParam:
    """Return the block that ends the prefix to be cached."""
    end = CacheControlEphemeralParam(type="ephemeral")
    return {"type": "text", "text": text, "cache_control": end}


handbook = "Returns are accepted for 30 days. " * 1000
for _ in range(2):
    clock = f"It is {datetime.now()}."
    ask("short", [marked("Answer briefly.")])
    ask("clock first", [plain(clock), marked(handbook)])
    ask("clock last", [marked(handbook), plain(clock)])
# endregion
