// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

function classify(review: string): Promise<Anthropic.Message> {
  return client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    system: "Is the review positive? Answer yes or no.",
    messages: [{ role: "user", content: review }],
  });
}

const reviews = ["배송이 빨라요.", "색이 사진과 달라요."];
for (const [index, review] of reviews.entries()) {
  try {
    const message = await classify(review);
    console.log(review, message.content);
  } catch (error) {
    if (!(error instanceof Anthropic.EnforcedSpendLimitReachedError)) {
      throw error;
    }
    // Every further call fails too: stop, and keep the rest.
    console.log(error.apiMessage);
    console.log("Left:", reviews.slice(index));
    break;
  }
}
// endregion
