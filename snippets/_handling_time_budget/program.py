# region: show
import asyncio

from anthropic import AsyncAnthropic
from anthropic.types import Message

client = AsyncAnthropic()


async def ask(prompt: str, budget: float) -> Message | None:
    call = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=1024,
        messages=[{"role": "user", "content": prompt}],
    )
    try:
        # Requests, answers and the pauses between them, all together.
        return await asyncio.wait_for(call, budget)
    except asyncio.TimeoutError:
        print("Budget used up")
        return None


print(asyncio.run(ask("Name three primes.", budget=1.0)))
# endregion
