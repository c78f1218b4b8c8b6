# region: show
import json
import logging
import time
from typing import Any

from anthropic import Anthropic, AnthropicError, APIStatusError
from anthropic.types import Message

logging.basicConfig(format="%(message)s")
log = logging.getLogger("claude")
log.setLevel(logging.INFO)
client = Anthropic()


def ask(job: str, model: str, prompt: str) -> Message | None:
    line: dict[str, Any] = {"event": "claude.call", "job": job}
    line["model"] = model
    began = time.monotonic()
    try:
        message = client.messages.create(
            model=model,
            max_tokens=1024,
            messages=[{"role": "user", "content": prompt}],
        )
    except AnthropicError as err:
        line["error"] = type(err).__name__
        if isinstance(err, APIStatusError):
            line["status"] = err.status_code
            line["type"] = err.type
            line["error_code"] = err.error_code
            line["request_id"] = err.request_id
            line["workspace_id"] = err.workspace_id
        return None
    else:
        line["stop_reason"] = message.stop_reason
        line["output_tokens"] = message.usage.output_tokens
        line["request_id"] = message._request_id
        return message
    finally:  # one line a call, however it ends
        line["seconds"] = round(time.monotonic() - began, 3)
        log.info(json.dumps(line, separators=(",", ":")))


ask("job-1", "claude-sonnet-5-5", "Name three primes.")
ask("job-2", "claude-sonnet-5-5", "Name three primes.")
# endregion
