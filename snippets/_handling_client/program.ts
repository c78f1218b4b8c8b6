// region: show
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic, { AnthropicError, APIError } from "@anthropic-ai/sdk";
import { APIConnectionError } from "@anthropic-ai/sdk";
import { BrokenCircuitError, circuitBreaker, retry } from "cockatiel";
import { ConsecutiveBreaker, ExponentialBackoff } from "cockatiel";
import { fullJitterGenerator, handleWhen } from "cockatiel";

const MODELS = ["claude-sonnet-5-5", "claude-haiku-5-5"]; // in this order
const SECOND = 1000 * Number(process.env["SECOND"] ?? 1); // less in tests
// For one step of a job, with all of its retries.
const BUDGET = Math.round(30 * 60 * SECOND);
const PASSING = ["rate_limit_error", "api_error", "timeout_error"];
const GO_ON = (text: string) => `
Your previous response was interrupted and ended with
[${text}]. Continue from where you left off.`;

class Cut extends Error {}

/** The one place that judges errors; "final" ones are not retried. */
function kind(error: unknown): "overloaded" | "passing" | "final" {
  const broken = [Cut, APIConnectionError, BrokenCircuitError];
  if (broken.some((name) => error instanceof name)) return "passing";
  if (!(error instanceof APIError)) return "final";
  // By type: an error in a stream has no status.
  if (error.type === "overloaded_error") return "overloaded";
  // A spend limit is a 429 too, but no waiting helps.
  if (error.errorCode?.includes("spend_limit")) return "final";
  const foreign = error.type === null && (error.status ?? 0) >= 500;
  const passing = foreign || PASSING.includes(error.type ?? "");
  return passing ? "passing" : "final";
}

/** When the next request may go out, for all workers together. */
const pace = {
  turn: Promise.resolve(),
  next: 0,
  held: 0,
  gap: 0,
  wait(): Promise<void> {
    this.turn = this.turn.then(async () => {
      let left: number; // one after the other
      while ((left = Math.max(this.next, this.held) - Date.now()) > 0)
        await sleep(left);
      this.next = Date.now() + this.gap;
    });
    return this.turn;
  },
  learn({ status, headers }: Response): void {
    const name = "anthropic-ratelimit-requests";
    if (status === 429) {
      const after = headers.get("retry-after");
      const wait = after === null ? SECOND : Number(after) * 1000;
      this.held = Math.max(this.held, Date.now() + wait);
    }
    const reset = headers.get(`${name}-reset`); // when all are back
    if (reset === null) return;
    const limit = Number(headers.get(`${name}-limit`));
    const used = limit - Number(headers.get(`${name}-remaining`));
    const gap = (Date.parse(reset) - Date.now()) / Math.max(used, 1);
    // Past the half: only as fast as requests come back.
    this.gap = used > limit / 2 ? gap : 0;
  },
};

const client = new Anthropic({
  maxRetries: 0, // `send` retries: it knows of streams and other workers
  fetch: async (url, init) => {
    const response = await fetch(url, init);
    pace.learn(response);
    return response;
  },
});
const breakers = MODELS.map((model) => {
  const overloaded = handleWhen(
    (error) => kind(error) === "overloaded",
  );
  const breaker = new ConsecutiveBreaker(5);
  const options = { breaker, halfOpenAfter: 30 * SECOND };
  return { model, circuit: circuitBreaker(overloaded, options) };
});
const again = retry(
  handleWhen((error) => kind(error) !== "final"),
  {
    backoff: new ExponentialBackoff({
      generator: fullJitterGenerator,
      initialDelay: SECOND,
      maxDelay: 30 * SECOND,
    }),
  },
);
const results = new Map<string, string>(); // of tools, by id of the call

type Call<T> = (model: string, signal: AbortSignal) => Promise<T>;

/** Try until it works, fails for good or the budget is spent. */
function send<T>(call: Call<T>): Promise<T> {
  const signal = AbortSignal.timeout(BUDGET);
  return again.execute(async () => {
    await pace.wait();
    for (const { model, circuit } of breakers) {
      try {
        return await circuit.execute(() => call(model, signal));
      } catch (error) {
        // The next model is asked only while this one has a rest.
        if (!(error instanceof BrokenCircuitError)) throw error;
      }
    }
    throw new BrokenCircuitError();
  }, signal);
}

const user = (content: Anthropic.MessageParam["content"]) =>
  ({ role: "user", content }) as const;
const textOf = ({ content }: Anthropic.Message) =>
  content.map((b) => (b.type === "text" ? b.text : "")).join("");

/** Stream a text; what came before a break is kept. */
export async function write(prompt: string): Promise<string> {
  const parts: string[] = [];
  await send(async (model, signal) => {
    const text = parts.length ? prompt + GO_ON(parts.join("")) : prompt;
    const messages = [user(text)];
    const asked = { model, max_tokens: 4096, messages };
    const stream = client.messages.stream(asked, { signal });
    stream.on("text", (piece) => parts.push(piece));
    const message = await stream.finalMessage().catch((error) => {
      const cut = error instanceof AnthropicError;
      throw cut && !(error instanceof APIError) ? new Cut() : error;
    });
    if (message.stop_reason === null) throw new Cut();
  });
  return parts.join("");
}

type Run = (name: string, input: unknown) => Promise<string>;

/** Return the text; each tool call is run at most once. */
export async function ask(
  prompt: string,
  tools: Anthropic.Tool[],
  run: Run,
): Promise<string> {
  const messages: Anthropic.MessageParam[] = [user(prompt)];
  while (true) {
    const message = await send((model, signal) => {
      const asked = { model, max_tokens: 4096, messages, tools };
      return client.messages.create(asked, { signal });
    });
    if (message.stop_reason !== "tool_use") return textOf(message);
    const told: Anthropic.ToolResultBlockParam[] = [];
    for (const block of message.content) {
      if (block.type !== "tool_use") continue;
      const { id, name, input } = block;
      if (!results.has(id)) results.set(id, await run(name, input));
      const content = results.get(id) ?? "";
      told.push({ type: "tool_result", tool_use_id: id, content });
    }
    messages.push({ role: "assistant", content: message.content });
    messages.push(user(told));
  }
}

/** Return the texts; only rows that failed are submitted again. */
export async function batch(
  prompts: Record<string, string>,
): Promise<Record<string, string>> {
  const { batches } = client.messages;
  let made = await send((model, signal) => {
    const requests = Object.entries(prompts).map(
      ([custom_id, prompt]) => {
        const messages = [user(prompt)];
        return {
          custom_id,
          params: { model, max_tokens: 4096, messages },
        };
      },
    );
    return batches.create({ requests }, { signal });
  });
  while (made.processing_status !== "ended") {
    await sleep(60 * SECOND);
    made = await send((_, signal) =>
      batches.retrieve(made.id, {}, { signal }),
    );
  }
  const rows = await send((_, signal) =>
    batches.results(made.id, {}, { signal }),
  );
  const texts: Record<string, string> = {};
  for await (const { custom_id, result } of rows) {
    if (result.type === "succeeded")
      texts[custom_id] = textOf(result.message);
    if (result.type !== "errored") continue;
    const { type, message } = result.error.error;
    if (type === "invalid_request_error") throw new Error(message);
  }
  const left = Object.entries(prompts).filter(
    ([name]) => !(name in texts),
  );
  if (left.length === 0) return texts;
  return { ...texts, ...(await batch(Object.fromEntries(left))) };
}

const questions = [1, 2, 3, 4, 5, 6, 7, 8].map(
  (n) => `Name ${n} primes.`,
);
for (const text of await Promise.all(questions.map(write))) {
  console.log(text);
}
// endregion
