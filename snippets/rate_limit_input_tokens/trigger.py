# region: show
from anthropic import Anthropic

client = Anthropic(max_retries=0)

handbook = "반품은 30일 안에 신청해야 합니다. " * 2000
questions = ["How long may I wait?", "Is there a deadline?"]
for question in questions:
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        system=handbook,
        messages=[{"role": "user", "content": question}],
    )
    print(question, message.content)
# endregion
