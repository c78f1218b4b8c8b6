# region: show
from anthropic import Anthropic
from anthropic.types import Message

client = Anthropic()


def classify(review: str) -> Message:
    return client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        system="Is the review positive? Answer yes or no.",
        messages=[{"role": "user", "content": review}],
    )


reviews = ["배송이 빨라요.", "색이 사진과 달라요."]
for review in reviews:
    message = classify(review)
    print(review, message.content)
# endregion
