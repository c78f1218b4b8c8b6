# region: show
import time

from anthropic import Anthropic
from anthropic.types.message_create_params import (
    MessageCreateParamsNonStreaming,
)

batches = Anthropic().messages.batches
# Only these may succeed when the same request is sent again.
PASSING = {
    "api_error",
    "overloaded_error",
    "rate_limit_error",
    "timeout_error",
}


def job(text: str) -> MessageCreateParamsNonStreaming:
    return {
        "model": "claude-sonnet-5-5",
        "max_tokens": 4096,
        "messages": [{"role": "user", "content": text}],
    }


waiting = {f"review-{n}": job(f"Sum up review {n}.") for n in range(7)}
# A mistake of ours: this model takes no prefill.
waiting["review-7"] = {
    **job("Sum up review 7."),
    "messages": [{"role": "assistant", "content": "In short,"}],
}
answers: dict[str, str] = {}
refused: dict[str, str] = {}

for _ in range(5):
    if not waiting:
        break
    batch = batches.create(
        requests=[
            {"custom_id": name, "params": params}
            for name, params in waiting.items()
        ]
    )
    print(batch.id)  # Save it now: it is the only way to the results.
    while batches.retrieve(batch.id).processing_status != "ended":
        time.sleep(60)
    # In any order: only the custom_id says which request it was.
    for row in batches.results(batch.id):
        result = row.result
        if result.type == "succeeded":
            content = result.message.content
            answers[row.custom_id] = "".join(
                block.text for block in content if block.type == "text"
            )
            del waiting[row.custom_id]
        elif result.type == "errored":
            error = result.error.error
            if error.type not in PASSING:
                refused[row.custom_id] = error.message
                del waiting[row.custom_id]
        # What errored in passing, expired or was canceled goes again.

print("answered", len(answers))
print("refused", len(refused))
print("left", len(waiting))
# endregion
