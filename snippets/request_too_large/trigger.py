# region: show
import base64
from pathlib import Path

from anthropic import Anthropic

client = Anthropic()

path = Path("scan.pdf")
if not path.exists():
    # A stand-in for your scanned document: 26 MB.
    path.write_bytes(b"%PDF-1.7\n" + bytes(26_000_000))
data = base64.b64encode(path.read_bytes()).decode()
message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[
        {
            "role": "user",
            "content": [
                {
                    "type": "document",
                    "source": {
                        "type": "base64",
                        "media_type": "application/pdf",
                        "data": data,
                    },
                },
                {"type": "text", "text": "Summarize the document."},
            ],
        }
    ],
)
print(message.content)
# endregion
