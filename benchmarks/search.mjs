/* Runs the search of the pages in Node: queries as lines of JSON on standard input, `{"query", "language"}`; for each a
   line `{"found": [[address, slug], ...], "bytes"}`, where `bytes` is what a reader who types it at once loads, compressed.
   Used by benchmarks/search_accuracy.py and the tests. Arguments: folder of the core, folder of the index, how many guides. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";

const [assets, index, most] = process.argv.slice(2);
/* By its text: as a file it would be what a package.json above it says, which need not be a module. */
const { search } = await import(`data:text/javascript,${encodeURIComponent(readFileSync(join(assets, "search-core.js"), "utf8"))}`);
const manifest = JSON.parse(readFileSync(join(index, "index.json")));
const files = new Map();
const open = (name) => {
  if (!files.has(name)) {
    const content = readFileSync(join(index, manifest.version, `${name}.json`));
    files.set(name, { data: JSON.parse(content), bytes: gzipSync(content).length });
  }
  return files.get(name);
};

for await (const line of createInterface({ input: process.stdin })) {
  const { query, language } = JSON.parse(line);
  const read = new Set();
  const load = (name) => (read.add(name), open(name).data);
  const ranked = await search(query, manifest, load);
  const found = ranked.slice(0, Number(most)).map(({ guide }) => load(`${language}-${Math.floor(guide / manifest.together)}`)[guide % manifest.together]);
  const bytes = [...read].reduce((sum, name) => sum + open(name).bytes, 0);
  console.log(JSON.stringify({ found: found.map(([address, slug]) => [address, slug]), bytes, files: read.size }));
}
