// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

// Kept since an earlier run of the program.
const fileId = "file_011CNha8iCJcU1wXNR6q4V8w";

const file = await client.files.retrieveMetadata(fileId);
console.log("use", file.id, file.filename);
// endregion
