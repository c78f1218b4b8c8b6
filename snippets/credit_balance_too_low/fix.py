# region: show
from anthropic import Anthropic, BadRequestError

client = Anthropic()

questions = ["Name three primes.", "Name a sea.", "Name a gas."]
answers: list[str] = []
for n, question in enumerate(questions):
    try:
        message = client.messages.create(
            model="claude-sonnet-5-5",
            max_tokens=4096,
            messages=[{"role": "user", "content": question}],
        )
    except BadRequestError as error:
        # There is no error_code for this: only the text tells.
        if "credit balance is too low" not in (error.api_message or ""):
            raise
        # Every later call fails too: stop, and keep what is left.
        print("Add credit, then send:", questions[n:], error.request_id)
        break
    answers += [b.text for b in message.content if b.type == "text"]
print(answers)
# endregion
