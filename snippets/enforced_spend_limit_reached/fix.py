# region: show
from anthropic import Anthropic
from anthropic.types import EnforcedSpendLimitReachedError, Message

client = Anthropic()


def classify(review: str) -> Message:
    return client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        system="Is the review positive? Answer yes or no.",
        messages=[{"role": "user", "content": review}],
    )


reviews = ["배송이 빨라요.", "색이 사진과 달라요."]
for index, review in enumerate(reviews):
    try:
        message = classify(review)
    except EnforcedSpendLimitReachedError as error:
        # Every further call fails too: stop, and keep the rest.
        print(error.api_message)
        print("Left:", reviews[index:])
        break
    print(review, message.content)
# endregion
