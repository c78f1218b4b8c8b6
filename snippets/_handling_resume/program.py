# region: show
import time

import httpx2
from anthropic import Anthropic, APIStatusError
from anthropic.types import MessageParam

client = Anthropic()
# 4.5 and earlier go on from an assistant message.
PREFILL = ("claude-opus-4-5", "claude-haiku-4-5")
GO_ON = """Your previous response was interrupted and ended with
[{}]. Continue from where you left off."""
# Types of error events after which the rest is worth asking for.
PASSING = {
    "api_error",
    "overloaded_error",
    "rate_limit_error",
    "timeout_error",
}


def asking(model: str, task: str, text: str) -> list[MessageParam]:
    if not text:
        return [{"role": "user", "content": task}]
    if model.startswith(PREFILL):
        return [
            {"role": "user", "content": task},
            {"role": "assistant", "content": text},
        ]
    go_on = GO_ON.format(text)
    return [{"role": "user", "content": f"{task}\n\n{go_on}"}]


def write(model: str, task: str) -> str:
    text = ""
    for attempt in range(4):
        time.sleep(0.5 * attempt)
        if model.startswith(PREFILL):
            # It must not end with white space; the model adds it.
            text = text.rstrip()
        try:
            with client.messages.stream(
                model=model,
                max_tokens=4096,
                messages=asking(model, task, text),
            ) as stream:
                for delta in stream.text_stream:
                    text += delta
            if stream.get_final_message().stop_reason:
                return text
            # Else the body ended too early, without an exception.
        except httpx2.TransportError:
            pass
        except APIStatusError as error:
            # 200: an error event. Others the SDK has retried.
            if error.status_code != 200 or error.type not in PASSING:
                raise
    raise ConnectionError("The stream broke again and again.")


for model in ("claude-sonnet-5-5", "claude-haiku-4-5"):
    print(model, "wrote:", write(model, "Write about rain."))
# endregion
