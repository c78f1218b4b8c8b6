// Decodes texts as the site does: standard input holds {index, texts}, standard output gets an answer for each.
import { readFileSync } from "node:fs";
import { Decoder } from "../../templates/assets/decoder.js";
import { parts, secrets } from "../../templates/assets/decoder-parts.js";

const { index, texts } = JSON.parse(readFileSync(0, "utf8"));
const decoder = new Decoder(index);
const answers = texts.map((text) => ({ ...decoder.decode(text), parts: parts(text, index.platforms), secrets: secrets(text) }));
process.stdout.write(JSON.stringify(answers));
