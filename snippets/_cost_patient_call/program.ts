// region: show
import Anthropic from "@anthropic-ai/sdk";

// The default timeout is long. The SDK still repeats a 429 or a 529,
// which costs nothing.
const client = new Anthropic();

// A stream brings the answer while it is written, so nobody has to
// guess how long all of it will take.
const stream = client.messages.stream({
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [{ role: "user", content: "Write a long report." }],
});
stream.on("text", (text) => process.stdout.write(text));
const { usage } = await stream.finalMessage();
console.log(`\nOne call to pay: ${usage.output_tokens} output tokens.`);
// endregion
