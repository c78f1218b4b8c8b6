// region: show
import Anthropic from "@anthropic-ai/sdk";

type Request = Anthropic.Messages.BatchCreateParams.Request;

const MAX_BATCH_BYTES = 256_000_000;
const MAX_BATCH_REQUESTS = 100_000;

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

function jsonBytes(value: unknown): number {
  // UTF-8, as the SDK sends it: .length would count characters.
  return Buffer.byteLength(JSON.stringify(value));
}

function* split(requests: Request[]): Generator<Request[]> {
  let part: Request[] = [];
  const empty = jsonBytes({ requests: [] });
  let size = empty;
  for (const request of requests) {
    const added = jsonBytes(request) + ",".length;
    const full = part.length === MAX_BATCH_REQUESTS;
    if (part.length > 0 && (full || size + added > MAX_BATCH_BYTES)) {
      yield part;
      part = [];
      size = empty;
    }
    part.push(request);
    size += added;
  }
  if (part.length > 0) yield part;
}

for (const part of split(requests)) {
  const batch = await client.messages.batches.create({
    requests: part,
  });
  console.log(batch.id);
}
// endregion
