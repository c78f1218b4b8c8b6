# region: show
from anthropic import Anthropic
from anthropic.types.messages.batch_create_params import Request

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
    if review["lang"] == "ko"
]
batch = client.messages.batches.create(requests=requests)
print(batch.id)
# endregion
