# region: show
from anthropic import Anthropic

MODEL = "claude-sonnet-5-5"
WINDOW = 1_000_000
MAX_TOKENS = 4096
SYSTEM = "Name the errors that repeat."

client = Anthropic()

# A day of logs: far more than the 1,000,000 tokens of the model.
lines = [
    f"{'ERROR' if n % 100 == 0 else 'INFO'} job {n}: {n % 90} s"
    for n in range(400_000)
]
# Only what the question is about.
errors = [line for line in lines if line.startswith("ERROR")]


def fits(lines: list[str]) -> bool:
    # The count is an estimate and free: leave some room.
    count = client.messages.count_tokens(
        model=MODEL,
        system=SYSTEM,
        messages=[{"role": "user", "content": "\n".join(lines)}],
    )
    return count.input_tokens + MAX_TOKENS <= WINDOW * 0.95


while not fits(errors):
    # Drop the older half.
    errors = errors[len(errors) // 2 :]

message = client.messages.create(
    model=MODEL,
    max_tokens=MAX_TOKENS,
    system=SYSTEM,
    messages=[{"role": "user", "content": "\n".join(errors)}],
)
print(message.content)
# endregion
