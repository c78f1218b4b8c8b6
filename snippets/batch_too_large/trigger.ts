// region: show
import Anthropic from "@anthropic-ai/sdk";

type Request = Anthropic.Messages.BatchCreateParams.Request;

const client = new Anthropic();

// 300 long reports: about 257 MB, since a syllable is 3 bytes.
const reports = new Array<string>(300).fill(
  "서울 지점의 매출이 늘었습니다. ".repeat(19_500),
);
const requests: Request[] = reports.map((report, number) => ({
  custom_id: `report-${number}`,
  params: {
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    system: "Summarize the report.",
    messages: [{ role: "user", content: report }],
  },
}));
const batch = await client.messages.batches.create({ requests });
console.log(batch.id);
// endregion
