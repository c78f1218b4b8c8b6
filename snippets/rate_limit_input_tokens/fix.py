# region: show
from anthropic import Anthropic

# The SDK waits as long as the retry-after header says.
client = Anthropic(max_retries=5)

handbook = "반품은 30일 안에 신청해야 합니다. " * 2000
questions = ["How long may I wait?", "Is there a deadline?"]
for question in questions:
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        system=[
            {
                "type": "text",
                "text": handbook,
                # What is read from the cache does not count.
                "cache_control": {"type": "ephemeral"},
            }
        ],
        messages=[{"role": "user", "content": question}],
    )
    print(question, message.content)
# endregion
