# region: show
import time

from anthropic import Anthropic
from anthropic.types.messages.batch_create_params import Request

# Only these may succeed when the same request is sent again.
TRANSIENT = {
    "api_error",
    "overloaded_error",
    "rate_limit_error",
    "timeout_error",
}

client = Anthropic()

reviews = [
    {"id": "r1", "lang": "ko-KR", "text": "배송이 빨라요."},
    {"id": "r2", "lang": "ko-KR", "text": "색이 사진과 달라요."},
    {"id": "r3", "lang": "en-US", "text": "Too small for me."},
]
requests: list[Request] = [
    {
        "custom_id": review["id"],
        "params": {
            "model": "claude-sonnet-5-5",
            "max_tokens": 4096,
            "system": "Is the review positive? Answer yes or no.",
            "messages": [{"role": "user", "content": review["text"]}],
        },
    }
    for review in reviews
    if review["lang"].startswith("ko")
]
if not requests:
    raise ValueError("No review matched, so there is no batch.")
batch = client.messages.batches.create(requests=requests)
print(batch.id)

while True:
    state = client.messages.batches.retrieve(batch.id)
    if state.processing_status == "ended":
        break
    time.sleep(60)

resend: list[str] = []
for entry in client.messages.batches.results(batch.id):
    result = entry.result
    if result.type == "succeeded":
        print(entry.custom_id, result.message.content)
    elif result.type == "errored":
        error = result.error.error
        print(entry.custom_id, error.type, error.message)
        if error.type in TRANSIENT:
            resend.append(entry.custom_id)
    else:
        # Canceled or expired: there is no answer and no charge.
        resend.append(entry.custom_id)
print("Send again:", resend)
# endregion
