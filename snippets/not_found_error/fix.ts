// region: show
import Anthropic, { NotFoundError, toFile } from "@anthropic-ai/sdk";

const client = new Anthropic();

// Kept since an earlier run of the program.
const fileId = "file_011CNha8iCJcU1wXNR6q4V8w";

let file: Anthropic.FileMetadata;
try {
  file = await client.files.retrieveMetadata(fileId);
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error;
  // Without this type it is the 404 of a gateway or proxy.
  if (error.type !== "not_found_error") {
    console.log("Check the base URL:", client.baseURL);
    throw error;
  }
  console.log("Gone:", fileId, error.errorCode, error.apiMessage);
  const rows = Buffer.from("지점,매출\n서울,120\n부산,80\n");
  file = await client.files.upload({
    file: await toFile(rows, "sales.csv", { type: "text/plain" }),
  });
}
console.log("use", file.id, file.filename);
// endregion
