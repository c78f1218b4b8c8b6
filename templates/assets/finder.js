/** The field of a big family's page: words sift the list, a whole message is decoded and its row stands in the box.

    Loaded by `site.js` when the field is first used; the decoder and its index are loaded when a message is in it.
    What was typed becomes text nodes, never HTML, and is sent nowhere. */

/** More words than this are a message. */
const WORDS = 4;
/** What fits is unfolded when it is no more than this. */
const OPENED = 40;
/** Words longer than this stay out of the address: they are a message, which may hold secrets. */
const LONGEST = 60;
const LINE = 64;
const LINES = 4;

const plain = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Makes the field of `box` (`.ce-find`) work. */
export function attach(box) {
  new Finder(box);
}

class Finder {
  constructor(box) {
    this.box = box;
    this.field = box.querySelector("textarea");
    this.hit = box.querySelector(".ce-find__hit");
    this.count = document.querySelector(".ce-find__n");
    this.topics = [...document.querySelectorAll(".ce-topic")];
    // The names of a row are in its address or id, which on a page of one family does not show them.
    this.rows = [...document.querySelectorAll(".ce-topics .ce-row")].map((row) => ({
      row,
      words: plain(`${nameOf(row)} ${row.querySelector("summary, a").textContent} ${said(row)}`),
    }));
    this.opened = [];
    const given = new URLSearchParams(location.search).get("text");
    if (given && !this.field.value) this.field.value = given;
    this.field.addEventListener("input", () => this.#read());
    if (this.field.value) this.#read();
  }

  #read() {
    const text = this.field.value;
    const words = plain(text).split(" ").filter(Boolean);
    const isMessage = words.length > WORDS;
    this.field.rows = Math.min(LINES, Math.max(1, text.split("\n").length, Math.ceil(text.length / LINE)));
    let found = this.#sift(words);
    const none = words.length > 0 && found === 0;
    if (none && isMessage) found = this.#sift([]);
    this.#fold(words.length > 0 && !(none && isMessage) && found > 0 && found <= OPENED);
    const { one, other, none: nothing } = this.count.dataset;
    this.count.textContent = none && !isMessage ? nothing : (found === 1 ? one : other).replace("#", String(found));
    this.hit.replaceChildren();
    this.#remember(isMessage || text.length > LONGEST ? "" : text.trim());
    if (isMessage) this.#decode(text);
  }

  /** Shows the rows that hold all `words`; returns how many. */
  #sift(words) {
    let found = 0;
    for (const { row, words: own } of this.rows) {
      row.hidden = !words.every((word) => own.includes(word));
      found += Number(!row.hidden);
    }
    return found;
  }

  /** Hides the topics of which nothing fits; with `open` the others open, and close again later. */
  #fold(open) {
    for (const topic of this.opened) topic.open = false;
    this.opened = [];
    for (const topic of this.topics) {
      topic.hidden = topic.querySelector(".ce-row:not([hidden])") === null;
      if (!open || topic.hidden || topic.open) continue;
      topic.open = true;
      this.opened.push(topic);
    }
    this.box.classList.toggle("is-sifting", open);
  }

  #remember(text) {
    const state = new URLSearchParams(location.search);
    if (text) state.set("text", text);
    else state.delete("text");
    history.replaceState(null, "", location.pathname + (String(state) ? `?${state}` : "") + location.hash);
  }

  async #decode(text) {
    let loaded;
    try {
      this.loading ??= load(this.box.dataset.index);
      loaded = await this.loading;
    } catch {
      this.loading = undefined;
      this.hit.textContent = this.box.dataset.failed;
      return;
    }
    if (this.field.value !== text) return;
    const { slugs, pending } = loaded.decoder.decode(text);
    if (slugs.length === 0 || location.pathname.endsWith(`/${pending ?? slugs[0]}/`)) return;
    const row = this.rows.find((one) => nameOf(one.row) === (pending ?? slugs[0]))?.row;
    const known = pending === null ? loaded.pages[slugs[0]] : loaded.pending[pending];
    const anchor = pending === null ? "" : `#${pending}`;
    const isHere = row?.querySelector("details") ?? null;
    const link = el("a", { href: isHere ? anchor : `../${slugs[0]}/${anchor}` }, el("span", { class: "t" }, known.title));
    const badge = el("span", { class: `ce-badge ce-badge--${known.style}` }, known.retry);
    const item = el("li", { class: "ce-row ce-row--said" }, link, ...(row ? [...row.querySelectorAll(".ce-row__said")].map((code) => code.cloneNode(true)) : []), badge);
    this.hit.append(el("p", { class: "ce-find__this" }, this.box.dataset.this), el("ul", { class: "ce-list" }, item));
    if (known.change) this.hit.append(el("p", { class: "ce-find__change" }, known.change));
  }
}

/** The slug of a row: the last part of its link, or the id of what it opens. */
function nameOf(row) {
  const opening = row.querySelector("details");
  return opening ? opening.id : row.querySelector("a").getAttribute("href").split(/[/#]/).filter(Boolean).pop();
}

function said(row) {
  return [...row.querySelectorAll("code")].map((code) => code.textContent).join(" ");
}

async function load(address) {
  const [{ Decoder }, response] = await Promise.all([import("./decoder.js"), fetch(address)]);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const { index, pages, pending } = await response.json();
  return { decoder: new Decoder(index), pages, pending };
}

function el(name, attributes, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}
