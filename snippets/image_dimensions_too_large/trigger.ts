// region: show
import { crc32, deflateSync } from "node:zlib";

import Anthropic from "@anthropic-ai/sdk";

const [WIDTH, HEIGHT] = [1280, 9600];

const client = new Anthropic();

function chunk(name: string, data: Buffer): Buffer {
  const all = Buffer.alloc(data.length + 12);
  all.writeUInt32BE(data.length, 0);
  all.write(name, 4, "latin1");
  data.copy(all, 8);
  all.writeUInt32BE(crc32(all.subarray(4, -4)), data.length + 8);
  return all;
}

function screenshot(
  width: number,
  height: number,
): Anthropic.ImageBlockParam {
  // A stand-in for your screenshot tool: an all-black PNG.
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(1, 8);
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  const png = Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return {
    type: "image",
    source: {
      type: "base64",
      media_type: "image/png",
      data: png.toString("base64"),
    },
  };
}

const message = await client.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [
    {
      role: "user",
      content: [
        screenshot(WIDTH, HEIGHT),
        { type: "text", text: "Describe the page." },
      ],
    },
  ],
});
console.log(message.content);
// endregion
