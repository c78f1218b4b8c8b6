# region: show
import asyncio

from anthropic import AsyncAnthropic
from anthropic.types import Message

client = AsyncAnthropic()


async def ask(prompt: str) -> Message:
    return await client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=1024,
        messages=[{"role": "user", "content": prompt}],
    )


async def main() -> None:
    call = asyncio.create_task(ask("Write a long poem."))
    await asyncio.sleep(0.5)  # the user closes the window
    call.cancel()
    try:
        await call
    except asyncio.CancelledError:
        print("Cancelled, not tried again")
    print((await ask("Name three primes.")).content)


asyncio.run(main())
# endregion
