# region: show
import base64
from typing import Any

from anthropic.types import MessageParam

MAX_SIDE = 8000
# Above MANY images in one request, the stricter limit applies.
MANY, MAX_SIDE_OF_MANY = 20, 2000


def repair(messages: list[MessageParam]) -> list[MessageParam]:
    limit = MAX_SIDE_OF_MANY if images(messages) > MANY else MAX_SIDE
    repaired: list[MessageParam] = without_large(messages, limit)
    return repaired


def images(part: Any) -> int:
    if isinstance(part, list):
        return sum(images(item) for item in part)
    if not isinstance(part, dict):
        return 0
    if part.get("type") == "image":
        return 1
    return images(part.get("content")) + images(part.get("source"))


def without_large(part: Any, limit: int) -> Any:
    if isinstance(part, list):
        return [without_large(item, limit) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "image":
        if longest_side(part["source"]) <= limit:
            return part
        return {"type": "text", "text": "[image removed: too large]"}
    # tool_result blocks and documents hold images too.
    return {
        key: without_large(value, limit)
        if key in ("content", "source")
        else value
        for key, value in part.items()
    }


def longest_side(source: Any) -> int:
    if source["type"] != "base64":
        return 0  # Not here to be measured: see err.details.paths.
    raw = base64.b64decode(source["data"])

    def big(at: int, size: int) -> int:
        return int.from_bytes(raw[at : at + size], "big")

    def little(at: int, size: int) -> int:
        return int.from_bytes(raw[at : at + size], "little")

    if raw[:4] == b"\x89PNG":
        return max(big(16, 4), big(20, 4))
    if raw[:4] == b"GIF8":
        return max(little(6, 2), little(8, 2))
    if raw[:2] == b"\xff\xd8":  # JPEG: find the frame header.
        at = 2
        while at + 9 <= len(raw):
            kind = raw[at + 1]
            if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
                return max(big(at + 5, 2), big(at + 7, 2))
            at += 1 if kind == 0xFF else 2 + big(at + 2, 2)
    if raw[12:16] == b"VP8X":  # WebP comes in three forms.
        return 1 + max(little(24, 3), little(27, 3))
    if raw[12:16] == b"VP8L":
        bits = little(21, 4)
        return 1 + max(bits & 0x3FFF, bits >> 14 & 0x3FFF)
    if raw[12:16] == b"VP8 ":
        return max(little(26, 2) & 0x3FFF, little(28, 2) & 0x3FFF)
    return 0


# endregion
