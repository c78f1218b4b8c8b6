# region: show
from anthropic import Anthropic
from anthropic.types import Usage

MODEL = "claude-sonnet-5-5"
# USD for a million tokens, as published on 2026-10-08.
PRICES = {
    "claude-sonnet-5-5": {
        "input": 2,
        "output": 10,
        "cache_write_5m": 2.5,
        "cache_write_1h": 4,
        "cache_read": 0.1,
    },
}
WEB_SEARCHES_PER_1000 = 10
BATCH_DISCOUNT_PERCENT = 50


def cost(model: str, usage: Usage) -> float:
    """Return what a call cost in USD."""
    price = PRICES[model]
    # input_tokens is only what was neither read from nor written to
    # the cache; all of these are added up.
    total = usage.input_tokens * price["input"]
    total += usage.output_tokens * price["output"]
    total += (usage.cache_read_input_tokens or 0) * price["cache_read"]
    if written := usage.cache_creation:
        short, long = price["cache_write_5m"], price["cache_write_1h"]
        total += written.ephemeral_5m_input_tokens * short
        total += written.ephemeral_1h_input_tokens * long
    if usage.service_tier == "batch":
        total *= 1 - BATCH_DISCOUNT_PERCENT / 100
    if tools := usage.server_tool_use:
        searches = tools.web_search_requests
        total += searches * WEB_SEARCHES_PER_1000 * 1000
    return total / 1_000_000


client = Anthropic()
handbook = "Returns are accepted for 30 days. " * 1000
for question in ["How long may I wait?", "Is there a deadline?"]:
    message = client.messages.create(
        model=MODEL,
        max_tokens=1024,
        system=[
            {
                "type": "text",
                "text": handbook,
                "cache_control": {"type": "ephemeral"},
            }
        ],
        messages=[{"role": "user", "content": question}],
    )
    print(f"{question} ${cost(MODEL, message.usage):.6f}")
# endregion
