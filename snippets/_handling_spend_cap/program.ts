// region: show
import Anthropic, { APIError } from "@anthropic-ai/sdk";

// Nothing that a program does opens the account again.
const HOPELESS = new Set<string | null>([
  "enforced_spend_limit_reached",
  "contract_spend_limit_reached",
  "organization_on_hold",
]);
const client = new Anthropic({ maxRetries: 0 });

const jobs = Array.from(
  { length: 12 },
  (_, n) => `Sum up review ${n}.`,
);
let stopped = false;

async function work(): Promise<void> {
  while (!stopped) {
    const job = jobs.shift();
    if (job === undefined) return;
    try {
      await client.messages.create({
        model: "claude-sonnet-5-5",
        max_tokens: 1024,
        messages: [{ role: "user", content: job }],
      });
    } catch (err) {
      jobs.unshift(job); // a job that failed is not lost
      const code = err instanceof APIError ? err.errorCode : null;
      if (!HOPELESS.has(code)) throw err;
      // One alert, not one a worker.
      if (!stopped) console.error("ALERT:", code);
      stopped = true;
    }
  }
}

await Promise.all([work(), work(), work()]);
console.log("Kept for later:", jobs.length);
// endregion
