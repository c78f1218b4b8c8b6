// region: show
import { existsSync, readFileSync, writeFileSync } from "node:fs";

import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const path = "scan.pdf";
if (!existsSync(path)) {
  // A stand-in for your scanned document: 26 MB.
  const scan = Buffer.alloc(26_000_000);
  scan.write("%PDF-1.7\n");
  writeFileSync(path, scan);
}
const data = readFileSync(path, "base64");
const message = await client.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [
    {
      role: "user",
      content: [
        {
          type: "document",
          source: {
            type: "base64",
            media_type: "application/pdf",
            data,
          },
        },
        { type: "text", text: "Summarize the document." },
      ],
    },
  ],
});
console.log(message.content);
// endregion
