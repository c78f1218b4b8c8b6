# region: show
import asyncio

from aiolimiter import AsyncLimiter
from anthropic import AsyncAnthropic

# One limiter for all workers, a third below the limit, which is 12
# a second here. For a limit per minute the second argument is 60.
PACE = AsyncLimiter(8, 1)
client = AsyncAnthropic()


async def work(jobs: asyncio.Queue[int]) -> None:
    while not jobs.empty():
        job = jobs.get_nowait()
        async with PACE:
            message = await client.messages.create(
                model="claude-sonnet-5-5",
                max_tokens=1024,
                messages=[{"role": "user", "content": f"Job {job}"}],
            )
        print(job, message.stop_reason)


async def main() -> None:
    jobs: asyncio.Queue[int] = asyncio.Queue()
    for job in range(16):
        jobs.put_nowait(job)
    await asyncio.gather(*(work(jobs) for _ in range(12)))


asyncio.run(main())
# endregion
