# region: show
import time
from collections.abc import Mapping
from datetime import datetime, timezone

from anthropic import Anthropic
from anthropic.types import Message

RESERVE = 1  # requests left for others; a tenth of the limit is good
client = Anthropic()


def pause(headers: Mapping[str, str]) -> float:
    """Return the seconds until the bucket has one more request."""
    name = "anthropic-ratelimit-requests-"
    limit = int(headers.get(name + "limit", "0"))
    left = int(headers.get(name + "remaining", "1"))
    if left > RESERVE or limit <= left:
        return 0.0
    full = datetime.fromisoformat(
        headers[name + "reset"].replace("Z", "+00:00")
    )
    seconds = (full - datetime.now(timezone.utc)).total_seconds()
    # It fills evenly, and is full again after `seconds`.
    return max(0.0, seconds) / (limit - left)


def ask(prompt: str) -> Message:
    raw = client.messages.with_raw_response.create(
        model="claude-sonnet-5-5",
        max_tokens=1024,
        messages=[{"role": "user", "content": prompt}],
    )
    time.sleep(pause(raw.headers))
    return raw.parse()


for number in range(8):
    print(number, ask("Name three primes.").stop_reason)
# endregion
