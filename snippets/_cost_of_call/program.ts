// region: show
import Anthropic from "@anthropic-ai/sdk";

const MODEL = "claude-sonnet-5-5";
// USD for a million tokens, as published on 2026-10-08.
const PRICES = {
  "claude-sonnet-5-5": {
    input: 2,
    output: 10,
    cache_write_5m: 2.5,
    cache_write_1h: 4,
    cache_read: 0.1,
  },
};
const WEB_SEARCHES_PER_1000 = 10;
const BATCH_DISCOUNT_PERCENT = 50;

/** Return what a call cost in USD. */
function cost(
  model: keyof typeof PRICES,
  usage: Anthropic.Usage,
): number {
  const price = PRICES[model];
  // input_tokens is only what was neither read from nor written to
  // the cache; all of these are added up.
  let total = usage.input_tokens * price.input;
  total += usage.output_tokens * price.output;
  total += (usage.cache_read_input_tokens ?? 0) * price.cache_read;
  const written = usage.cache_creation;
  if (written) {
    total += written.ephemeral_5m_input_tokens * price.cache_write_5m;
    total += written.ephemeral_1h_input_tokens * price.cache_write_1h;
  }
  if (usage.service_tier === "batch") {
    total *= 1 - BATCH_DISCOUNT_PERCENT / 100;
  }
  const searches = usage.server_tool_use?.web_search_requests ?? 0;
  total += searches * WEB_SEARCHES_PER_1000 * 1000;
  return total / 1_000_000;
}

const client = new Anthropic();
const handbook = "Returns are accepted for 30 days. ".repeat(1000);
for (const question of [
  "How long may I wait?",
  "Is there a deadline?",
]) {
  const message = await client.messages.create({
    model: MODEL,
    max_tokens: 1024,
    system: [
      {
        type: "text",
        text: handbook,
        cache_control: { type: "ephemeral" },
      },
    ],
    messages: [{ role: "user", content: question }],
  });
  console.log(`${question} $${cost(MODEL, message.usage).toFixed(6)}`);
}
// endregion
