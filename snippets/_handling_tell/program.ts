// region: show
import Anthropic, { AnthropicError, APIError } from "@anthropic-ai/sdk";

// What your users read, and how the people on duty hear of it.
const TELL = {
  busy: [
    "답변하지 못했습니다. 잠시 뒤에 다시 시도해 주세요.",
    "We could not answer just now. Please try again shortly.",
    "count",
  ],
  closed: [
    "지금은 쓸 수 없는 기능입니다. 담당자에게 알렸습니다.",
    "This feature is not available now. We have been notified.",
    "page",
  ],
  input: [
    "보내신 내용이 너무 큽니다. 줄여서 다시 보내 주세요.",
    "What you sent is too large. Please make it smaller.",
    "none",
  ],
  refused: [
    "이 요청에는 답변할 수 없습니다. 내용을 바꿔 보세요.",
    "We cannot answer this. Please try another request.",
    "count",
  ],
  ours: [
    "문제가 생겼습니다. 다시 생기면 알려 주세요.",
    "Something went wrong. If it happens again, let us know.",
    "ticket",
  ],
} as const;
const SPENT = [
  "enforced_spend_limit_reached",
  "contract_spend_limit_reached",
  "linked_organization_spend_limit_reached",
];
// No code names these two 400s, and their words may change.
const UNPAID = /credit balance is too low|API usage limits/;
const PASSING = [
  "api_error",
  "overloaded_error",
  "rate_limit_error",
  "timeout_error",
];

function kind(error: unknown): keyof typeof TELL {
  if (error instanceof Anthropic.APIConnectionError) return "busy";
  if (!(error instanceof APIError)) {
    // A stream that was cut is a bare AnthropicError with a cause.
    const cut = error instanceof AnthropicError && error.cause;
    return cut ? "busy" : "ours";
  }
  const status = error.status ?? 0;
  const code = error.errorCode ?? "";
  if ([401, 402, 403].includes(status) || SPENT.includes(code)) {
    return "closed";
  }
  if (status === 400 && UNPAID.test(error.message)) return "closed";
  if (status === 413 || code === "image_dimensions_too_large") {
    return "input";
  }
  // An error inside a stream has no status.
  const passes = PASSING.includes(error.type ?? "");
  if ([408, 429].includes(status) || status >= 500 || passes) {
    return "busy";
  }
  return "ours";
}

// No retries, so that each error shows here.
const client = new Anthropic({ maxRetries: 0 });
while (true) {
  let name: keyof typeof TELL = "refused";
  let requestId: string | null | undefined;
  try {
    const message = await client.messages.create({
      model: "claude-sonnet-5-5",
      max_tokens: 1024,
      messages: [{ role: "user", content: "Hello" }],
    });
    if (message.stop_reason !== "refusal") break;
    requestId = message._request_id;
  } catch (error) {
    name = kind(error);
    if (error instanceof APIError) requestId = error.requestID;
  }
  const [korean, english, alert] = TELL[name];
  console.log(name, alert);
  console.log(korean, "/", english, "/", requestId);
}
// endregion
