# region: show
from pathlib import Path

from anthropic import Anthropic

client = Anthropic()

path = Path("scan.pdf")
if not path.exists():
    # A stand-in for your scanned document: 26 MB.
    path.write_bytes(b"%PDF-1.7\n" + bytes(26_000_000))

# The file goes up once; the message only names it.
with path.open("rb") as stream:
    uploaded = client.files.upload(
        file=(path.name, stream, "application/pdf")
    )
message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[
        {
            "role": "user",
            "content": [
                {
                    "type": "document",
                    "source": {"type": "file", "file_id": uploaded.id},
                },
                {"type": "text", "text": "Summarize the document."},
            ],
        }
    ],
)
print(message.content)
# endregion
