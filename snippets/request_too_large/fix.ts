// region: show
import { existsSync, openAsBlob, writeFileSync } from "node:fs";

import Anthropic, { toFile } from "@anthropic-ai/sdk";

const client = new Anthropic();

const path = "scan.pdf";
if (!existsSync(path)) {
  // A stand-in for your scanned document: 26 MB.
  const scan = Buffer.alloc(26_000_000);
  scan.write("%PDF-1.7\n");
  writeFileSync(path, scan);
}

// The file goes up once; the message only names it.
const blob = await openAsBlob(path);
const uploaded = await client.files.upload({
  file: await toFile(blob, path, { type: "application/pdf" }),
});
const message = await client.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [
    {
      role: "user",
      content: [
        {
          type: "document",
          source: { type: "file", file_id: uploaded.id },
        },
        { type: "text", text: "Summarize the document." },
      ],
    },
  ],
});
console.log(message.content);
// endregion
