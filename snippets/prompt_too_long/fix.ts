// region: show
import Anthropic from "@anthropic-ai/sdk";

const MODEL = "claude-sonnet-5-5";
const WINDOW = 1_000_000;
const MAX_TOKENS = 4096;
const SYSTEM = "Name the errors that repeat.";

const client = new Anthropic();

// A day of logs: far more than the 1,000,000 tokens of the model.
const lines = Array.from(
  { length: 400_000 },
  (_, n) => `${n % 100 === 0 ? "ERROR" : "INFO"} job ${n}: ${n % 90} s`,
);
// Only what the question is about.
let errors = lines.filter((line) => line.startsWith("ERROR"));

async function fits(lines: string[]): Promise<boolean> {
  // The count is an estimate and free: leave some room.
  const count = await client.messages.countTokens({
    model: MODEL,
    system: SYSTEM,
    messages: [{ role: "user", content: lines.join("\n") }],
  });
  return count.input_tokens + MAX_TOKENS <= WINDOW * 0.95;
}

while (!(await fits(errors))) {
  // Drop the older half.
  errors = errors.slice(Math.floor(errors.length / 2));
}

const message = await client.messages.create({
  model: MODEL,
  max_tokens: MAX_TOKENS,
  system: SYSTEM,
  messages: [{ role: "user", content: errors.join("\n") }],
});
console.log(message.content);
// endregion
