// region: show
import { isDeepStrictEqual as same } from "node:util";
import Anthropic, { BadRequestError } from "@anthropic-ai/sdk";
import { imageSize } from "image-size";

const client = new Anthropic();
type Message = Anthropic.MessageParam;
type Block = Anthropic.ContentBlockParam;

// Above MANY images in one request, the stricter limit applies.
const [MAX_SIDE, MANY, MAX_SIDE_OF_MANY] = [8000, 20, 2000];
const MAX_BASE64 = 10 * 1024 * 1024;
const GONE = "[An image was here. It was too large or damaged.]";
const LOST = "The call was interrupted; there is no result.";

/** Mends what is broken; if nothing is, drops the latest thinking. */
export function repair(messages: Message[]): Message[] {
  const count = images(messages.map(blocks));
  const limit = count > MANY ? MAX_SIDE_OF_MANY : MAX_SIDE;
  const fixed: Message[] = [];
  let calls: string[] = [];
  let changed = false;
  for (const turn of turns(messages)) {
    const old = turn.flatMap(blocks);
    let fresh = clean(old, limit) as Block[];
    const { role } = turn[0]!;
    if (role === "user") {
      fresh = answered(calls, fresh);
    } else if (calls.length > 0) {
      // The message with the results is missing.
      fixed.push({ role: "user", content: answered(calls, []) });
      changed = true;
    }
    if (changed && role === "assistant") {
      // Thinking is bound to all that stood before it.
      fresh = fresh.filter((block) => !thinks(block));
    }
    if (same(fresh, old)) {
      fixed.push(...turn);
    } else {
      changed = true;
      if (fresh.length > 0)
        fixed.push({ role, content: fresh } as Message);
    }
    const uses = fresh.filter((block) => block.type === "tool_use");
    calls = uses.map((block) => block.id);
  }
  const last = fixed.at(-1);
  if (calls.length > 0) {
    fixed.push({ role: "user", content: answered(calls, []) });
  } else if (last?.role === "assistant") {
    // After pause_turn the history ends with the assistant.
    if (!blocks(last).some((b) => b.type === "server_tool_use")) {
      fixed.push({ role: "user", content: "Go on." });
    }
  }
  if (fixed.length !== messages.length || changed) return fixed;
  return withoutLatestThinking(fixed);
}

function blocks(message: Message): Block[] {
  const { content } = message;
  if (typeof content !== "string") return content;
  return [{ type: "text", text: content }];
}

/** The API reads consecutive user messages as one. */
function turns(messages: Message[]): Message[][] {
  const found: Message[][] = [];
  for (const message of messages) {
    const before = found.at(-1);
    const isUser = message.role === "user";
    if (isUser && before?.[0]?.role === "user") before.push(message);
    else found.push([message]);
  }
  return found;
}

/** The results of the calls, made up where lost, then the rest. */
function answered(calls: string[], content: Block[]): Block[] {
  const results = new Map<string, Block>();
  for (const block of content) {
    if (block.type !== "tool_result") continue;
    if (!calls.includes(block.tool_use_id)) continue;
    results.set(block.tool_use_id, block);
  }
  const lost = calls
    .filter((call) => !results.has(call))
    .map((call) => ({
      type: "tool_result" as const,
      tool_use_id: call,
      content: LOST,
      is_error: true,
    }));
  const rest = content.filter((block) => block.type !== "tool_result");
  return [...results.values(), ...lost, ...rest];
}

function isObject(part: unknown): part is Record<string, unknown> {
  return typeof part === "object" && part !== null;
}

/** Without images over the limit, in tool results too. */
function clean(part: unknown, limit: number): unknown {
  if (Array.isArray(part)) {
    const kept = part.filter((item) => !empty(item));
    return kept.map((item) => clean(item, limit));
  }
  if (!isObject(part)) return part;
  if (part["type"] === "image" && !fits(part["source"], limit)) {
    return { type: "text", text: GONE };
  }
  const inside = (key: string) => key === "content" || key === "source";
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      inside(key) ? clean(value, limit) : value,
    ]),
  );
}

function fits(source: unknown, limit: number): boolean {
  if (!isObject(source) || source["type"] !== "base64") {
    return true; // Not here to be measured.
  }
  const data = String(source["data"]);
  if (data.length > MAX_BASE64) return false;
  try {
    const image = imageSize(Buffer.from(data, "base64"));
    return Math.max(image.width, image.height) <= limit;
  } catch {
    return false;
  }
}

function images(part: unknown): number {
  if (Array.isArray(part)) {
    return part.reduce<number>((sum, item) => sum + images(item), 0);
  }
  if (!isObject(part)) return 0;
  if (part["type"] === "image") return 1;
  return images(part["content"]) + images(part["source"]);
}

function empty(block: unknown): boolean {
  if (!isObject(block) || block["type"] !== "text") return false;
  return String(block["text"]).trim() === "";
}

const thinks = (block: Block) =>
  block.type === "thinking" || block.type === "redacted_thinking";

function withoutLatestThinking(messages: Message[]): Message[] {
  const end = messages.findLastIndex((m) => m.role === "assistant") + 1;
  const before = messages.slice(0, end);
  const start = before.findLastIndex((m) => m.role === "user") + 1;
  const latest = before.slice(start).flatMap((message): Message[] => {
    const old = blocks(message);
    const kept = old.filter((block) => !thinks(block));
    if (kept.length === old.length) return [message];
    return kept.length > 0
      ? [{ role: "assistant", content: kept }]
      : [];
  });
  return [
    ...messages.slice(0, start),
    ...latest,
    ...messages.slice(end),
  ];
}

/** Returns the reply, and the history that the API has taken. */
async function send(
  messages: Message[],
): Promise<[Anthropic.Message, Message[]]> {
  while (true) {
    try {
      const reply = await client.messages.create({
        model: "claude-sonnet-5-5",
        max_tokens: 4096,
        messages,
      });
      return [reply, messages];
    } catch (error) {
      if (!(error instanceof BadRequestError)) throw error;
      const mended = repair(messages);
      // Nothing left to mend: read what the error says.
      if (same(mended, messages)) throw error;
      messages = mended;
    }
  }
}

const stuck: Message[] = [
  { role: "user", content: "Is it raining in Seoul?" },
  {
    role: "assistant",
    content: [
      { type: "text", text: "" },
      {
        type: "tool_use",
        id: "toolu_1",
        name: "weather",
        input: { city: "Seoul" },
      },
    ],
  },
  { role: "user", content: "Never mind. And in Busan?" },
];
const [reply, history] = await send(stuck);
console.log(reply.stop_reason, history.length);
// endregion
