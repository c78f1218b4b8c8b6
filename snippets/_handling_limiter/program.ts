// region: show
import Anthropic from "@anthropic-ai/sdk";
import pThrottle from "p-throttle";

const client = new Anthropic();

// One limiter for all workers, a third below the limit, which is 12
// a second here. For a limit per minute the interval is 60_000.
const paced = pThrottle({ limit: 8, interval: 1000, strict: true });
const ask = paced((job: number) =>
  client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 1024,
    messages: [{ role: "user", content: `Job ${job}` }],
  }),
);

const jobs = Array.from({ length: 16 }, (_, job) => job);

async function work(): Promise<void> {
  let job: number | undefined;
  while ((job = jobs.shift()) !== undefined) {
    const message = await ask(job);
    console.log(job, message.stop_reason);
  }
}

await Promise.all(Array.from({ length: 12 }, work));
// endregion
