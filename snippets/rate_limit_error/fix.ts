// region: show
import Anthropic from "@anthropic-ai/sdk";

const WORKERS = 8;

// The SDK waits as long as the retry-after header says.
const client = new Anthropic({ maxRetries: 5 });

function classify(review: string): Promise<Anthropic.Message> {
  return client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    system: "Is the review positive? Answer yes or no.",
    messages: [{ role: "user", content: review }],
  });
}

const reviews = new Array<string>(100).fill("배송이 빨라요.");
for (let start = 0; start < reviews.length; start += WORKERS) {
  const group = reviews.slice(start, start + WORKERS);
  for (const message of await Promise.all(group.map(classify))) {
    console.log(message.content);
  }
}
// endregion
