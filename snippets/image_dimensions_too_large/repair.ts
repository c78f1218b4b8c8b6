// region: show
import type Anthropic from "@anthropic-ai/sdk";

const MAX_SIDE = 8000;
// Above MANY images in one request, the stricter limit applies.
const [MANY, MAX_SIDE_OF_MANY] = [20, 2000];

export function repair(
  messages: Anthropic.MessageParam[],
): Anthropic.MessageParam[] {
  const limit = images(messages) > MANY ? MAX_SIDE_OF_MANY : MAX_SIDE;
  return withoutLarge(messages, limit) as Anthropic.MessageParam[];
}

function isObject(part: unknown): part is Record<string, unknown> {
  return typeof part === "object" && part !== null;
}

function images(part: unknown): number {
  if (Array.isArray(part)) {
    return part.reduce<number>((sum, item) => sum + images(item), 0);
  }
  if (!isObject(part)) return 0;
  if (part["type"] === "image") return 1;
  return images(part["content"]) + images(part["source"]);
}

function withoutLarge(part: unknown, limit: number): unknown {
  if (Array.isArray(part)) {
    return part.map((item) => withoutLarge(item, limit));
  }
  if (!isObject(part)) return part;
  if (part["type"] === "image") {
    const { source } = part as unknown as Anthropic.ImageBlockParam;
    if (longestSide(source) <= limit) return part;
    return { type: "text", text: "[image removed: too large]" };
  }
  // tool_result blocks and documents hold images too.
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === "content" || key === "source"
        ? withoutLarge(value, limit)
        : value,
    ]),
  );
}

function longestSide(
  source: Anthropic.ImageBlockParam["source"],
): number {
  // Not here to be measured: see err.details.paths.
  if (source.type !== "base64") return 0;
  const raw = Buffer.from(source.data, "base64");

  function text(at: number, size: number): string {
    return raw.toString("latin1", at, at + size);
  }
  function big(at: number, size: number): number {
    return [...raw.subarray(at, at + size)].reduce(
      (sum, byte) => sum * 256 + byte,
      0,
    );
  }
  function little(at: number, size: number): number {
    return [...raw.subarray(at, at + size)].reduceRight(
      (sum, byte) => sum * 256 + byte,
      0,
    );
  }

  if (text(0, 4) === "\x89PNG") {
    return Math.max(big(16, 4), big(20, 4));
  }
  if (text(0, 4) === "GIF8") {
    return Math.max(little(6, 2), little(8, 2));
  }
  if (text(0, 2) === "\xff\xd8") {
    // JPEG: find the frame header.
    for (let at = 2; at + 9 <= raw.length;) {
      const kind = big(at + 1, 1);
      const frame = kind >= 0xc0 && kind <= 0xcf;
      if (frame && ![0xc4, 0xc8, 0xcc].includes(kind)) {
        return Math.max(big(at + 5, 2), big(at + 7, 2));
      }
      at += kind === 0xff ? 1 : 2 + big(at + 2, 2);
    }
  }
  if (text(12, 4) === "VP8X") {
    // WebP comes in three forms.
    return 1 + Math.max(little(24, 3), little(27, 3));
  }
  if (text(12, 4) === "VP8L") {
    const bits = little(21, 4);
    return 1 + Math.max(bits & 0x3fff, (bits >>> 14) & 0x3fff);
  }
  if (text(12, 4) === "VP8 ") {
    return Math.max(little(26, 2) & 0x3fff, little(28, 2) & 0x3fff);
  }
  return 0;
}
// endregion
