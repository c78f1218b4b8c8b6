// region: show
import Anthropic, { AnthropicError, APIError } from "@anthropic-ai/sdk";

const client = new Anthropic();
const TASK = "Write a short poem about rain.";
const GO_ON = (text: string) =>
  `Your previous response was interrupted and ended with
[${text}]. Continue from where you left off.`;
const parts: string[] = [];

async function write(prompt: string): Promise<void> {
  const stream = client.messages.stream({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: prompt }],
  });
  stream.on("text", (delta) => parts.push(delta));
  await stream.finalMessage();
}

try {
  await write(TASK);
} catch (error) {
  // An APIError is an answer of the API, not a cut stream.
  if (error instanceof APIError) throw error;
  if (!(error instanceof AnthropicError)) throw error;
  // What has arrived is kept; only the rest is asked for.
  await write(`${TASK}\n\n${GO_ON(parts.join(""))}`);
}
console.log(parts.join(""));
// endregion
