# region: show
from anthropic import Anthropic
from anthropic.types import Message

client = Anthropic()


def ask(model: str) -> Message:
    return client.messages.create(
        model=model,
        max_tokens=4096,
        messages=[{"role": "user", "content": "Name three primes."}],
    )


message = ask("claude-opus-5-5")
if message.stop_reason == "refusal":
    # The same model usually refuses again; another one may answer.
    message = ask("claude-opus-4-8")
if message.stop_reason == "refusal":
    print("Refused:", message.stop_details)
else:
    for block in message.content:
        if block.type == "text":
            print(block.text)
# endregion
