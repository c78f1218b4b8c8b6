// region: show
import {
  existsSync,
  openAsBlob,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { parse } from "node:path";

import Anthropic, { toFile } from "@anthropic-ai/sdk";

const MAX_FILE_BYTES = 500_000_000;
const PART_BYTES = 50_000_000;
const LINE_BYTES = 1_000_000;

const client = new Anthropic();

const path = "events.jsonl";
if (!existsSync(path)) {
  // A stand-in for your data: sparse, just over the limit.
  writeFileSync(path, "");
  truncateSync(path, MAX_FILE_BYTES + 1);
}

async function* parts(blob: Blob): AsyncGenerator<Blob> {
  // A block plus the rest of its last line: no line is cut in two.
  for (let start = 0, end = 0; start < blob.size; start = end) {
    end = start + PART_BYTES;
    const rest = Buffer.from(
      await blob.slice(end, end + LINE_BYTES).arrayBuffer(),
    );
    const newline = rest.indexOf("\n");
    end += newline < 0 ? rest.length : newline + 1;
    yield blob.slice(start, end);
  }
}

// createReadStream would hold several copies of the file in memory.
const blob = await openAsBlob(path);
if (blob.size <= MAX_FILE_BYTES) {
  const uploaded = await client.files.upload({
    file: await toFile(blob, path),
  });
  console.log(uploaded.id);
} else {
  const { name, ext } = parse(path);
  let number = 0;
  for await (const part of parts(blob)) {
    number += 1;
    const uploaded = await client.files.upload({
      file: await toFile(part, `${name}-${number}${ext}`),
    });
    console.log(uploaded.id);
  }
}
// endregion
