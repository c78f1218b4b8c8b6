# region: show
import asyncio

from anthropic import APIStatusError, AsyncAnthropic

# Nothing that a program does opens the account again.
HOPELESS = {
    "enforced_spend_limit_reached",
    "contract_spend_limit_reached",
    "organization_on_hold",
}
client = AsyncAnthropic(max_retries=0)


async def work(jobs: list[str], stop: asyncio.Event) -> None:
    while jobs and not stop.is_set():
        job = jobs.pop(0)
        try:
            await client.messages.create(
                model="claude-sonnet-5-5",
                max_tokens=1024,
                messages=[{"role": "user", "content": job}],
            )
        except APIStatusError as err:
            jobs.insert(0, job)  # a job that failed is not lost
            if err.error_code not in HOPELESS:
                raise
            if not stop.is_set():  # one alert, not one a worker
                print("ALERT:", err.error_code)
            stop.set()


async def main() -> None:
    jobs = [f"Sum up review {number}." for number in range(12)]
    stop = asyncio.Event()
    await asyncio.gather(*(work(jobs, stop) for _ in range(3)))
    print("Kept for later:", len(jobs))


asyncio.run(main())
# endregion
