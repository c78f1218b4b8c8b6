/* The search dialog, loaded when it is first opened: fetches what a query needs of the index, shows what was found, and
   lets the keyboard walk through it. Never turns text into HTML. What is found is decided in search-core.js. */
import { isPasted, search } from "./search-core.js";

const SHOWN = 8;
/* No error that a reader types is longer; a whole log is for the decoder. */
const READ = 1000;
const LONGEST_LINK = 8000;

/* The index below `address`; every file is fetched once. A build that came meanwhile has other file names, so a missing
   file makes it begin anew with the new list of files. */
function openIndex(address) {
  let manifest, files;
  const fetched = async (name, options) => {
    const answer = await fetch(new URL(name, address), options);
    if (!answer.ok) throw new Error(`${answer.status} for ${name}`);
    return answer.json();
  };
  const start = () => {
    files = new Map();
    manifest = fetched("index.json", { cache: "no-cache" });
    manifest.catch(() => { manifest = null; });
  };
  const read = (version, name) => {
    if (!files.has(name)) {
      const file = fetched(`${version}/${name}.json`);
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return files.get(name);
  };
  const find = async (query, language) => {
    if (!manifest) start();
    const known = await manifest;
    const ranked = await search(query.slice(0, READ), known, (name) => read(known.version, name));
    return Promise.all(ranked.slice(0, SHOWN).map(async ({ guide }) => {
      const part = await read(known.version, `${language}-${Math.floor(guide / known.together)}`);
      const [page, slug, title, text, status, verdict] = part[guide % known.together];
      return { page, slug, title, text, status, verdict };
    }));
  };
  start();
  return (query, language) => find(query, language).catch(() => { start(); return find(query, language); });
}

/* Reads a pasted error; the decoder is fetched for the first one. Without it the words of the error are searched. */
function openDecoder(address) {
  let decoder = null;
  const load = async () => {
    const [{ Decoder }, { masked }, answer] = await Promise.all([import("./decoder.js"), import("./decode-box.js"), fetch(address)]);
    const { index } = await answer.json();
    return { decoder: new Decoder(index), masked };
  };
  return async (text) => {
    decoder ??= load();
    try {
      const loaded = await decoder;
      return { slugs: loaded.decoder.decode(text).slugs, link: encodeURIComponent(loaded.masked(text).slice(0, LONGEST_LINK)) };
    } catch {
      decoder = null;
      return { slugs: [], link: null };
    }
  };
}

/* Makes the dialog work. Whatever was typed before this file was there is searched at once. */
export function attach(dialog) {
  const $ = (selector) => dialog.querySelector(selector);
  const input = $("input"), list = $("[role=listbox]"), status = $("[role=status]");
  const part = (name) => $(`template[data-part="${name}"]`).content.firstElementChild.cloneNode(true);
  const at = (address) => new URL(address, document.baseURI);
  const find = openIndex(at(dialog.dataset.index));
  const decode = openDecoder(at(dialog.dataset.decoder));
  const options = () => [...list.children];
  let asked = 0, active = null;

  const choose = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option ?? null;
    active?.setAttribute("aria-selected", "true");
    active?.scrollIntoView({ block: "nearest" });
    if (active) input.setAttribute("aria-activedescendant", active.id); else input.removeAttribute("aria-activedescendant");
  };

  const rowFor = (found) => {
    const row = part("found");
    row.href = new URL(found.page, at(dialog.dataset.pages)).href;
    row.querySelector(".ce-hit__title").textContent = found.title;
    row.querySelector("b").textContent = found.status ?? "";
    row.querySelector("code").textContent = found.slug;
    row.querySelector(".ce-hit__text").textContent = found.text;
    row.append(part(found.verdict));
    return row;
  };

  const show = (rows, words) => {
    rows.forEach((row, number) => { row.id = `search-found-${number}`; });
    list.replaceChildren(...rows);
    list.scrollTop = 0;
    input.setAttribute("aria-expanded", String(rows.length > 0));
    status.textContent = words;
    choose(rows[0]);
  };

  /* What a pasted error means, and the way to the page that says more about it. The text stands behind the #: it is sent
     nowhere, and without its secrets. */
  const decoded = async (text) => {
    if (!isPasted(text)) return { slugs: [], rows: [] };
    const { slugs, link } = await decode(text);
    if (link === null) return { slugs, rows: [] };
    const row = part("decode");
    row.href = `${at(dialog.dataset.decode).href}#t=${link}`;
    return { slugs, rows: [row] };
  };

  const run = async () => {
    const text = dialog.dataset.pasted || input.value, mine = ++asked;
    if (!text.trim()) { show([], status.dataset.empty); return; }
    try {
      const { slugs, rows } = await decoded(text);
      const meant = await Promise.all(slugs.map(async (slug) => (await find(slug, dialog.dataset.language)).find((one) => one.slug === slug)));
      const found = [...meant.filter(Boolean), ...(await find(text, dialog.dataset.language)).filter((one) => !slugs.includes(one.slug))];
      if (mine !== asked) return;
      const words = found.length === 0 ? status.dataset.none : found.length === 1 ? status.dataset.one : status.dataset.other.replace("#", String(found.length));
      show([...rows, ...found.map(rowFor)], words);
    } catch {
      if (mine === asked) show([], status.dataset.failed);
    }
  };

  input.addEventListener("input", run);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; /* the Enter that ends a Korean syllable */
    const rows = options(), now = rows.indexOf(active);
    const next = { ArrowDown: now + 1, ArrowUp: now - 1 }[event.key];
    if (next !== undefined && rows.length) choose(rows.at(next % rows.length));
    else if (event.key === "Enter") active?.click();
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointermove", (event) => {
    const row = event.target.closest("[role=option]");
    if (row && row !== active) choose(row);
  });
  /* A guide may be on this very page. */
  list.addEventListener("click", () => { dialog.close(); });
  run();
}
