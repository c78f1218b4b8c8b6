// region: show
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic, {
  APIConnectionError,
  APIError,
} from "@anthropic-ai/sdk";
import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
} from "cockatiel";

const client = new Anthropic({ maxRetries: 0 });

/** Says whether the API, and not this call alone, has failed. */
function broken(err: unknown): boolean {
  if (err instanceof APIConnectionError) return true;
  return err instanceof APIError && (err.status ?? 0) >= 500;
}

// Opens after 3 failures in a row. Half a second so that you can see
// it here; 30 is a good start.
const breaker = circuitBreaker(handleWhen(broken), {
  breaker: new ConsecutiveBreaker(3),
  halfOpenAfter: 500,
});

function ask(content: string): Promise<Anthropic.Message> {
  return breaker.execute(() =>
    client.messages.create({
      model: "claude-sonnet-5-5",
      max_tokens: 1024,
      messages: [{ role: "user", content }],
    }),
  );
}

async function attempt(): Promise<void> {
  try {
    const message = await ask("Name three primes.");
    console.log("Answered:", message.stop_reason);
  } catch (err) {
    if (err instanceof BrokenCircuitError) {
      console.log("Not sent: the breaker is open");
    } else if (err instanceof APIError) {
      console.log("Failed:", err.status);
    } else throw err;
  }
}

for (let call = 0; call < 5; call += 1) await attempt();
await sleep(600);
await attempt(); // this call finds out whether it works again
// endregion
