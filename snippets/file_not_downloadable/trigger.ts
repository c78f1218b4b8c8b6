// region: show
import Anthropic, { toFile } from "@anthropic-ai/sdk";

const client = new Anthropic();

const notes = "서울 지점의 매출이 늘었습니다.";
const metadata = await client.files.upload({
  file: await toFile(Buffer.from(notes), "notes.txt", {
    type: "text/plain",
  }),
});
const response = await client.files.download(metadata.id);
const content = await response.text();
console.log(content);
// endregion
