# region: show
from concurrent.futures import ThreadPoolExecutor

from anthropic import Anthropic
from anthropic.types import Message

WORKERS = 100

client = Anthropic(max_retries=0)


def classify(review: str) -> Message:
    return client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        system="Is the review positive? Answer yes or no.",
        messages=[{"role": "user", "content": review}],
    )


reviews = ["배송이 빨라요."] * 100
with ThreadPoolExecutor(WORKERS) as pool:
    for message in pool.map(classify, reviews):
        print(message.content)
# endregion
