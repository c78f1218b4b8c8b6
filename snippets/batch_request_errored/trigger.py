# region: show
import time
from typing import cast

from anthropic import Anthropic
from anthropic.types import MessageParam
from anthropic.types.messages import MessageBatchSucceededResult

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
    result = cast(MessageBatchSucceededResult, entry.result)
    print(entry.custom_id, result.message.content)
# endregion
