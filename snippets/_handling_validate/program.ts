// region: show
import { statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import Anthropic from "@anthropic-ai/sdk";
import { imageSize } from "image-size";

type Params = Pick<
  Anthropic.MessageCreateParamsNonStreaming,
  "messages" | "tools"
>;
type Row = Anthropic.Messages.BatchCreateParams.Request;
type Source = Anthropic.ImageBlockParam["source"];

// It is not documented whether 1 MB is 10**6 or 2**20 bytes.
const MB = 10 ** 6;
const [MAX_BODY, MAX_BATCH, MAX_FILE] = [32 * MB, 256 * MB, 500 * MB];
const MAX_ROWS = 100_000;
const [MAX_SIDE, MANY, MAX_SIDE_OF_MANY] = [8000, 20, 2000];
const [MAX_IMAGES, MAX_IMAGE] = [600, 10 * MB];
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const FORBIDDEN = /[<>:"|?*\\/\x00-\x1f]/;

/** Bytes, not characters, in the form in which the SDK sends them. */
const size = (body: unknown) => Buffer.byteLength(JSON.stringify(body));

function images(part: unknown): Source[] {
  if (Array.isArray(part)) return part.flatMap(images);
  if (typeof part !== "object" || part === null) return [];
  const { type, content, source } = part as Record<string, unknown>;
  if (type === "image") return [source as Source];
  return [...images(content), ...images(source)];
}

function longestSide(data: string): number {
  try {
    const { width, height } = imageSize(Buffer.from(data, "base64"));
    return Math.max(width, height);
  } catch {
    return 0;
  }
}

function wrongInImages(sources: Source[]): string[] {
  const limit = sources.length > MANY ? MAX_SIDE_OF_MANY : MAX_SIDE;
  const found: string[] = [];
  if (sources.length > MAX_IMAGES) {
    found.push(`${sources.length} images, at most ${MAX_IMAGES}`);
  }
  for (const [i, source] of sources.entries()) {
    if (source.type !== "base64") continue;
    if (source.data.length > MAX_IMAGE) {
      found.push(`image ${i}: over ${MAX_IMAGE} bytes of base64`);
    }
    const side = longestSide(source.data);
    if (side < 1) found.push(`image ${i}: cannot be read`);
    if (side > limit) {
      found.push(`image ${i}: ${side} pixels, at most ${limit}`);
    }
  }
  return found;
}

/** What the API would refuse about a call of messages.create. */
function wrongInRequest(params: Params): string[] {
  const found = wrongInImages(images(params.messages));
  const length = size(params);
  if (length > MAX_BODY) {
    found.push(`body: ${length} bytes, at most ${MAX_BODY}`);
  }
  if (params.messages.at(-1)?.role !== "user") {
    found.push("messages: the last one is not the user's");
  }
  for (const [i, { content }] of params.messages.entries()) {
    const whole = typeof content === "string" ? [content] : content;
    for (const block of whole) {
      const text = typeof block === "string" ? block : textOf(block);
      if (text?.trim() === "")
        found.push(`messages.${i}: an empty text`);
    }
  }
  const names = (params.tools ?? []).map((tool) => nameOf(tool));
  return [...found, ...wrongNames("tools:", names)];
}

const textOf = (block: Anthropic.ContentBlockParam) =>
  block.type === "text" ? block.text : undefined;
const nameOf = (tool: Anthropic.ToolUnion) =>
  "name" in tool ? tool.name : "";

function wrongNames(what: string, names: string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].flatMap(([name, times]) => {
    const shown = `${what} '${name}'`;
    return [
      ...(NAME.test(name) ? [] : [`${shown} is not ${NAME.source}`]),
      ...(times > 1 ? [`${shown} stands ${times} times`] : []),
    ];
  });
}

function wrongInBatch(requests: Row[]): string[] {
  let found: string[] = [];
  if (requests.length < 1 || requests.length > MAX_ROWS) {
    found.push(`${requests.length} requests, from 1 to ${MAX_ROWS}`);
  }
  const total = size({ requests });
  if (total > MAX_BATCH) {
    found.push(`batch: ${total} bytes, at most ${MAX_BATCH}`);
  }
  const names = requests.map((request) => request.custom_id);
  found = found.concat(wrongNames("custom_id", names));
  for (const { custom_id, params } of requests) {
    const here = wrongInRequest(params);
    if (params.stream || "speed" in params) {
      here.push("stream and speed are not for batches");
    }
    if (params.max_tokens < 1) {
      here.push("max_tokens must be 1 or more in a batch");
    }
    found = found.concat(here.map((each) => `${custom_id}: ${each}`));
  }
  return found;
}

function wrongInFile(path: string): string[] {
  const name = basename(path);
  const found: string[] = [];
  if (statSync(path).size > MAX_FILE) {
    found.push(`${name}: over ${MAX_FILE} bytes`);
  }
  if ([...name].length > 255 || FORBIDDEN.test(name)) {
    found.push(`${name}: the API refuses this name`);
  }
  return found;
}

// Eleven million syllables are 33 million bytes.
const long = "가".repeat(11_000_000);
const messages: Anthropic.MessageParam[] = [
  { role: "user", content: long },
];
console.log(wrongInRequest({ messages }));
writeFileSync("scan: page 1.pdf", "%PDF-1.7");
console.log(wrongInFile("scan: page 1.pdf"));
const requests: Row[] = ["order 1", "order-2", "order-2"].map(
  (custom_id) => ({
    custom_id,
    params: {
      model: "claude-sonnet-5-5",
      max_tokens: 4096,
      messages: [{ role: "user", content: "Hello" }],
    },
  }),
);
console.log(wrongInBatch(requests));
for (const [number, request] of requests.entries()) {
  request.custom_id = `order-${number}`;
}
if (wrongInBatch(requests).length === 0) {
  await new Anthropic().messages.batches.create({ requests });
}
// endregion
