# region: show
from anthropic import Anthropic

MODEL = "claude-sonnet-5-5"
MAX_TOKENS = 4096
SYSTEM = "Name the errors that repeat."

client = Anthropic()

# A day of logs: far more than the 1,000,000 tokens of the model.
lines = [
    f"{'ERROR' if n % 100 == 0 else 'INFO'} job {n}: {n % 90} s"
    for n in range(400_000)
]
message = client.messages.create(
    model=MODEL,
    max_tokens=MAX_TOKENS,
    system=SYSTEM,
    messages=[{"role": "user", "content": "\n".join(lines)}],
)
print(message.content)
# endregion
