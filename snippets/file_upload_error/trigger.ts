// region: show
import Anthropic, { toFile } from "@anthropic-ai/sdk";

const client = new Anthropic();

const rows = Buffer.from("지점,매출\n서울,120\n부산,80\n");
const uploaded = await client.files.upload({
  file: await toFile(rows, "sales.csv", { type: "text/csv" }),
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
        { type: "text", text: "Which branch sold most?" },
      ],
    },
  ],
});
console.log(message.content);
// endregion
