// region: show
import Anthropic from "@anthropic-ai/sdk";

const MODEL = "claude-sonnet-5-5";
const MAX_TOKENS = 4096;
const SYSTEM = "Name the errors that repeat.";

const client = new Anthropic();

// A day of logs: far more than the 1,000,000 tokens of the model.
const lines = Array.from(
  { length: 400_000 },
  (_, n) => `${n % 100 === 0 ? "ERROR" : "INFO"} job ${n}: ${n % 90} s`,
);
const message = await client.messages.create({
  model: MODEL,
  max_tokens: MAX_TOKENS,
  system: SYSTEM,
  messages: [{ role: "user", content: lines.join("\n") }],
});
console.log(message.content);
// endregion
