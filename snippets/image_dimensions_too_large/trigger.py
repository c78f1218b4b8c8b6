# region: show
import base64
import struct
import zlib

from anthropic import Anthropic
from anthropic.types import ImageBlockParam

WIDTH, HEIGHT = 1280, 9600

client = Anthropic()


def chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    check = struct.pack(">I", zlib.crc32(body))
    return struct.pack(">I", len(data)) + body + check


def screenshot(width: int, height: int) -> ImageBlockParam:
    # A stand-in for your screenshot tool: an all-black PNG.
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(height * (1 + (width + 7) // 8)))
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    png += chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return {
        "type": "image",
        "source": {
            "type": "base64",
            "media_type": "image/png",
            "data": base64.b64encode(png).decode(),
        },
    }


message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[
        {
            "role": "user",
            "content": [
                screenshot(WIDTH, HEIGHT),
                {"type": "text", "text": "Describe the page."},
            ],
        }
    ],
)
print(message.content)
# endregion
