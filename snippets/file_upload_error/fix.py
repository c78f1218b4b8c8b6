# region: show
from anthropic import Anthropic

client = Anthropic()

rows = "지점,매출\n서울,120\n부산,80\n".encode()
# A document block reads PDF and plain text, and CSV is plain text.
uploaded = client.files.upload(file=("sales.csv", rows, "text/plain"))
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
                {"type": "text", "text": "Which branch sold most?"},
            ],
        }
    ],
)
print(message.content)
# endregion
