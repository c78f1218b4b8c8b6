// region: show
import {
  existsSync,
  openAsBlob,
  truncateSync,
  writeFileSync,
} from "node:fs";

import Anthropic, { toFile } from "@anthropic-ai/sdk";

const MAX_FILE_BYTES = 500_000_000;

const client = new Anthropic();

const path = "events.jsonl";
if (!existsSync(path)) {
  // A stand-in for your data: sparse, just over the limit.
  writeFileSync(path, "");
  truncateSync(path, MAX_FILE_BYTES + 1);
}

// createReadStream would hold several copies of the file in memory.
const blob = await openAsBlob(path);
const uploaded = await client.files.upload({
  file: await toFile(blob, path),
});
console.log(uploaded.id);
// endregion
