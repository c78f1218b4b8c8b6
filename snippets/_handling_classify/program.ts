// region: show
import Anthropic, {
  AnthropicError,
  APIConnectionError,
  APIError,
  APIUserAbortError,
} from "@anthropic-ai/sdk";

type Action = "backoff" | "wait" | "change" | "stop";

// 1. error_code names the cause itself.
const BY_CODE = new Map<string | null, Action>([
  ["enforced_spend_limit_reached", "stop"],
  ["contract_spend_limit_reached", "stop"],
  ["organization_on_hold", "stop"],
  ["ramp_limit_exceeded", "wait"],
  ["compaction_unavailable", "backoff"],
]);
// 2. error.type names the kind. It holds inside a stream as well.
const BY_TYPE = new Map<string | null, Action>([
  ["overloaded_error", "backoff"],
  ["api_error", "backoff"],
  ["timeout_error", "backoff"],
  ["rate_limit_error", "wait"],
  ["billing_error", "stop"],
  ["authentication_error", "stop"],
  ["permission_error", "stop"],
]);

/** Says what to do: try again, wait, change the request, stop. */
function classify(err: unknown): Action {
  // Both are subclasses of APIError, so they come first.
  if (err instanceof APIUserAbortError) return "stop"; // we left
  if (err instanceof APIConnectionError) return "backoff";
  if (err instanceof APIError) {
    const known = BY_CODE.get(err.errorCode) ?? BY_TYPE.get(err.type);
    if (known) return known;
    // 3. The status decides only where the other two are missing.
    const status: number = err.status ?? 0;
    if (status === 429) return "wait";
    return status >= 500 || status === 408 ? "backoff" : "change";
  }
  if (!(err instanceof AnthropicError)) throw err; // not the API's
  // A stream that broke off keeps the network's error as its cause;
  // without one the SDK refused the call, and nothing was sent.
  return err.cause ? "backoff" : "change";
}

const client = new Anthropic({ maxRetries: 0 });

// The mock has seven errors ready.
for (let call = 0; call < 7; call += 1) {
  const stream = client.messages.stream({
    model: "claude-sonnet-5-5",
    max_tokens: 1024,
    messages: [{ role: "user", content: "Name three primes." }],
  });
  try {
    console.log(await stream.finalText());
  } catch (err) {
    const action = classify(err);
    console.log(`${(err as Error).constructor.name}: ${action}`);
  }
}
// endregion
