# region: show
import time

from anthropic import Anthropic
from anthropic.types import MessageParam

chats: dict[str, list[MessageParam]] = {
    "chat-1": [{"role": "user", "content": "Name three primes."}],
    "chat-2": [
        {"role": "user", "content": "Name three fruits."},
        {"role": "assistant", "content": "Apple,"},
    ],
}
batches = Anthropic().messages.batches
batch = batches.create(
    requests=[
        {
            "custom_id": chat_id,
            "params": {
                "model": "claude-sonnet-5-5",
                "max_tokens": 4096,
                "messages": messages,
            },
        }
        for chat_id, messages in chats.items()
    ]
)
while batches.retrieve(batch.id).processing_status != "ended":
    time.sleep(60)

for entry in batches.results(batch.id):
    result = entry.result
    if result.type == "succeeded":
        print(entry.custom_id, result.message.content)
    elif result.type == "errored":
        # chat-2 ends with the assistant: correct it, send it again.
        error = result.error.error
        print(entry.custom_id, error.type, error.message)
    else:
        # Canceled or expired: send it again as it is.
        print(entry.custom_id, result.type)
# endregion
