// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const files = [
  { name: "보고서 1.txt", text: "서울 지점의 매출이 늘었습니다." },
  { name: "보고서 2.txt", text: "부산 지점의 매출이 줄었습니다." },
];
const batch = await client.messages.batches.create({
  requests: files.map((file) => ({
    custom_id: file.name,
    params: {
      model: "claude-sonnet-5-5",
      max_tokens: 4096,
      system: "Summarize the report.",
      messages: [{ role: "user", content: file.text }],
    },
  })),
});
console.log(batch.id);
// endregion
