# region: show
from anthropic import Anthropic
from anthropic.types import CacheControlEphemeralParam, MessageParam

CACHE: CacheControlEphemeralParam = {"type": "ephemeral"}
# A stand-in for long instructions.
SYSTEM = "You are a guide to the museums of Seoul. " * 100

client = Anthropic()

messages: list[MessageParam] = []
for question in ("Free?", "Open on Monday?", "Cafes?", "Shops?"):
    messages.append({"role": "user", "content": question})
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        # Moves to the last block by itself: always one breakpoint.
        cache_control=CACHE,
        system=[
            {"type": "text", "text": SYSTEM, "cache_control": CACHE}
        ],
        messages=messages,
    )
    messages.append({"role": "assistant", "content": message.content})
    print(message.content)
# endregion
