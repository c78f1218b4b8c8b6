// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const reviews = [
  { id: "r1", lang: "ko-KR", text: "배송이 빨라요." },
  { id: "r2", lang: "ko-KR", text: "색이 사진과 달라요." },
  { id: "r3", lang: "en-US", text: "Too small for me." },
];
const requests: Anthropic.Messages.BatchCreateParams.Request[] = reviews
  .filter((review) => review.lang === "ko")
  .map((review) => ({
    custom_id: review.id,
    params: {
      model: "claude-sonnet-5-5",
      max_tokens: 4096,
      system: "Is the review positive? Answer yes or no.",
      messages: [{ role: "user", content: review.text }],
    },
  }));
const batch = await client.messages.batches.create({ requests });
console.log(batch.id);
// endregion
