# region: show
from anthropic import Anthropic

client = Anthropic()

questions = ["Name three primes.", "Name a sea.", "Name a gas."]
answers: list[str] = []
for question in questions:
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": question}],
    )
    answers += [b.text for b in message.content if b.type == "text"]
print(answers)
# endregion
