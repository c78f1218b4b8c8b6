// region: show
import Anthropic, {
  APIConnectionError,
  APIError,
} from "@anthropic-ai/sdk";
import { DelegateBackoff, handleWhen, retry } from "cockatiel";

const MODELS = ["claude-sonnet-5-5", "claude-haiku-5-5"];
const client = new Anthropic({ maxRetries: 0 }); // the retries are here
const BUDGET = 30_000;

function temporary(err: unknown): boolean {
  if (err instanceof APIConnectionError) return true;
  if (!(err instanceof APIError)) return false;
  // A spend limit is a 429 that no wait helps.
  if (err.errorCode?.includes("spend_limit")) return false;
  const status: number = err.status ?? 0;
  return status === 408 || status === 429 || status >= 500;
}

const backoff = new DelegateBackoff<{
  attempt: number;
  result: object;
}>(({ attempt, result }) => {
  const err = "error" in result ? result.error : null;
  const headers = err instanceof APIError ? err.headers : undefined;
  const told = Number(headers?.get("retry-after") ?? 0);
  // What the API says comes first, else full jitter: anywhere
  // between zero and the growing pause.
  if (told > 0) return told * 1000;
  return Math.random() * Math.min(8000, 500 * 2 ** (attempt - 1));
});
// Two more tries after the first.
const tries = retry(handleWhen(temporary), { maxAttempts: 2, backoff });

async function ask(content: string): Promise<Anthropic.Message> {
  let last: unknown;
  for (const model of MODELS) {
    try {
      const signal = AbortSignal.timeout(BUDGET);
      return await tries.execute(
        () =>
          client.messages.create(
            {
              model,
              max_tokens: 1024,
              messages: [{ role: "user", content }],
            },
            { signal },
          ),
        signal,
      );
    } catch (err) {
      last = err;
      // Capacity is tracked per model; other errors are not.
      const type = err instanceof APIError ? err.type : null;
      if (type !== "overloaded_error") throw err;
    }
  }
  throw last;
}

const message = await ask("Name three primes.");
console.log("Answered by", message.model);
// endregion
