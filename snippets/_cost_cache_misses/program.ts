// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();
/** Prompts that have been written to the cache before. */
const warm = new Set<string>();

/** Return why a call that succeeded missed the cache. */
function complaint(prompt: string, usage: Anthropic.Usage) {
  const read = usage.cache_read_input_tokens ?? 0;
  const written = usage.cache_creation_input_tokens ?? 0;
  if (!read && !written) {
    return "nothing was cached: too short, or no breakpoint";
  }
  if (!read && warm.has(prompt)) {
    return "written again, nothing read: changed, or too late";
  }
  warm.add(prompt);
  return null;
}

async function ask(prompt: string, system: Anthropic.TextBlockParam[]) {
  const { usage } = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 1024,
    system,
    messages: [{ role: "user", content: "How long may I wait?" }],
  });
  console.log(`${prompt}: ${complaint(prompt, usage) ?? "fine"}`);
}

const plain = (text: string): Anthropic.TextBlockParam => ({
  type: "text",
  text,
});
/** The block that ends the prefix to be cached. */
const marked = (text: string): Anthropic.TextBlockParam => ({
  type: "text",
  text,
  cache_control: { type: "ephemeral" },
});

const handbook = "Returns are accepted for 30 days. ".repeat(1000);
for (let round = 0; round < 2; round++) {
  const clock = `It is ${new Date().toISOString()}.`;
  await ask("short", [marked("Answer briefly.")]);
  await ask("clock first", [plain(clock), marked(handbook)]);
  await ask("clock last", [marked(handbook), plain(clock)]);
}
// endregion
