// The box in which an error is pasted: reads it, shows the answer. Loaded when a reader first touches the box.
// Whatever was pasted becomes text nodes, never HTML, and is sent nowhere.
import { Decoder } from "./decoder.js";
import { parts, secrets } from "./decoder-parts.js";

const LONGEST = 1_000_000;
const LONGEST_LINK = 8_000;
const AROUND = 60; // characters shown before and after what was recognised
const EXCERPT = 700;

/** Makes the box `root` (`.ce-decoder`) work. Raises when its index cannot be loaded; returns what takes dropped files. */
export async function start(root) {
  const response = await fetch(root.dataset.index);
  if (!response.ok) throw new Error(`${root.dataset.index}: ${response.status}`);
  return new Box(root, await response.json());
}

class Box {
  constructor(root, { index, words, pages, pending }) {
    Object.assign(this, { root, words, pages, pending, index });
    this.decoder = new Decoder(index);
    this.input = root.querySelector(".ce-paste__in");
    this.answer = root.querySelector(".ce-answer");
    this.live = root.querySelector(".ce-answer__live");
    this.clear = root.querySelector("[data-clear]");
    this.share = root.querySelector("[data-share]");
    this.notes = [];
    root.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    this.input.addEventListener("input", (event) => {
      this.notes = [];
      if (event.inputType === "insertFromPaste") this.#put(this.input.value);
      else this.#later();
    });
    root.addEventListener("click", (event) => this.#click(event.target.closest("button")));
    root.addEventListener("drop", (event) => {
      event.preventDefault();
      this.take(event.dataTransfer.files[0], event.dataTransfer.getData("text"));
    });
    for (const link of document.querySelectorAll("a[data-language]")) {
      // After the listener that keeps the place on the page: the text goes with the reader.
      link.addEventListener("click", () => {
        if (this.input.value && this.root.checkVisibility()) link.hash = this.#hash();
      });
    }
    addEventListener("hashchange", () => this.#fromAddress());
    // What was typed while this came is newer than the text of the link.
    if (this.input.value) this.#put(this.input.value);
    else this.#fromAddress();
  }

  /** Shows `text` in the box, its secrets hidden, and decodes it. */
  #put(text, notes = []) {
    this.notes = text.length > LONGEST ? [...notes, this.words.too_long] : notes;
    const short = text.slice(0, LONGEST);
    const hidden = masked(short);
    if (hidden !== short) this.notes = [...this.notes, this.words.masked];
    if (this.input.value !== hidden) this.input.value = hidden;
    this.#decode();
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#decode(), this.input.value.length > 20_000 ? 250 : 30);
  }

  #fromAddress() {
    if (!location.hash.startsWith("#t=")) return;
    try {
      this.#put(decodeURIComponent(location.hash.slice(3)));
    } catch {
      // A link that was cut in the middle of a character: nothing to show.
    }
  }

  /** Reads what was dropped: a file, or a text where there is no file. */
  async take(file, dropped) {
    const text = file === undefined ? dropped : await file.slice(0, 4 * LONGEST).text();
    if (text.slice(0, 4096).includes("\0")) this.#show("none", [el("p", {}, this.words.binary)]);
    else this.#put(text);
  }

  async #click(button) {
    if (button === null) return;
    if (button.dataset.sample !== undefined) this.#put(button.dataset.sample);
    if (button === this.clear) {
      this.#put("");
      this.input.focus();
      if (location.hash.startsWith("#t=")) history.replaceState(null, "", location.pathname + location.search);
    }
    if (button === this.share) {
      const link = new URL(this.root.dataset.page, location.href);
      link.hash = this.#hash();
      await navigator.clipboard.writeText(link.href);
      const before = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = before), 2000);
    }
  }

  #hash() {
    // The cut may go through a pair of surrogates, of which a link cannot hold one half.
    return `t=${encodeURIComponent(masked(this.input.value).slice(0, LONGEST_LINK).toWellFormed())}`;
  }

  #decode() {
    clearTimeout(this.timer);
    const text = this.input.value.slice(0, LONGEST);
    this.clear.hidden = this.share.hidden = text === "";
    if (text.trim() === "") return this.#show("idle", []);
    const found = this.decoder.decode(text);
    const notes = this.notes.map((note) => el("p", { class: "ce-answer__note" }, note));
    if (found.slugs.length > 0) this.#show("hit", [...this.#hit(found, text), ...notes], this.pages[found.slugs[0]].style);
    else if (found.verdict === "unknown") this.#show("none", [...this.#unknown(found, text), ...notes]);
    else this.#show("other", [...this.#other(found), ...notes]);
  }

  #show(state, content, style = "") {
    this.answer.dataset.state = state;
    this.answer.dataset.verdict = style;
    this.live.replaceChildren(...content);
  }

  #hit(found, text) {
    const { words } = this;
    const [slug, ...others] = found.slugs;
    const page = this.pages[slug];
    const pending = found.pending === null ? null : this.pending[found.pending];
    const link = (to, anchor, title, small) =>
      el("a", { class: "ce-answer__go", href: `${this.root.dataset.guides}${to}/${anchor}` }, el("span", {}, title), el("code", {}, small));
    const facts = el(
      "p",
      { class: "ce-answer__row" },
      el("span", { class: `ce-badge ce-badge--${pending?.style ?? page.style}` }, pending?.retry ?? page.retry),
      // Whose fault it is and how long to wait may differ from what holds for the family.
      ...(pending === null ? ["fault", "billed", "wait"] : ["billed"]).map((name) => el("span", {}, el("b", {}, words[name]), " ", el("i", {}, page[name]))),
    );
    const content = [el("p", { class: "ce-answer__k" }, words.answer)];
    if (pending === null) {
      content.push(el("p", { class: "ce-answer__v" }, el("span", { class: "ce-tile", "aria-hidden": "true" }), el("strong", {}, page.say)), facts);
      content.push(this.#fix(slug, parts(text, this.index.platforms).sdk), link(slug, "", page.title, slug));
    } else {
      content.push(el("p", { class: "ce-answer__v" }, el("strong", {}, pending.title)), facts);
      content.push(el("p", { class: "ce-answer__do" }, el("b", {}, `${words.no_guide}: `), pending.change));
      content.push(link(slug, `#${found.pending}`, page.title, slug));
    }
    const why = el("details", { class: "ce-answer__more" }, el("summary", {}, words.details));
    why.append(el("p", { class: "ce-answer__why" }, `${words.why}: ${words[`by.${found.by}`]}`));
    if (found.spans.length > 0) why.append(excerpt(text, found.spans));
    why.append(...this.#parts(found, text));
    if (others.length > 0) {
      const rows = others.map((other) => el("li", {}, el("a", { href: `${this.root.dataset.guides}${other}/` }, this.pages[other].title)));
      content.push(el("p", { class: "ce-answer__k" }, words.others), el("ul", { class: "ce-answer__others" }, ...rows));
    }
    return [...content, why];
  }

  /** The way to the fixed code, a button that copies it, and the lines that change, in the language of the SDK of the text. */
  #fix(slug, sdk) {
    const { words } = this;
    const language = /typescript|node/i.test(sdk ?? "") ? "TypeScript" : "Python";
    const go = el("a", { class: "ce-btn", href: `${this.root.dataset.guides}${slug}/#fix` }, words.fix);
    go.addEventListener("click", () => __md_set("__tabs", [language]));
    const copy = el("button", { class: "ce-btn ce-btn--line", type: "button", disabled: "" }, words.copy_fix);
    const lines = el("pre", { class: "ce-answer__diff", "aria-label": words.changed, tabindex: "0" });
    const show = async () => {
      const answer = await fetch(`${this.root.dataset.fixes}${slug}.json`);
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      const fixes = await answer.json();
      const fix = fixes[language] ?? Object.values(fixes)[0];
      for (const [sign, line] of fix.changed) lines.append(el(sign === "-" ? "del" : "ins", { class: "l" }, `${line}\n`));
      copy.disabled = false;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(fix.code);
        copy.textContent = words.fix_copied;
        setTimeout(() => (copy.textContent = words.copy_fix), 2000);
      });
    };
    show().catch(() => [copy, lines].forEach((part) => part.remove())); // the guide has the code all the same
    return el("div", { class: "ce-answer__fix" }, el("p", { class: "ce-answer__acts" }, go, copy), lines);
  }

  #parts(found, text) {
    const read = parts(text, this.index.platforms);
    const rows = [
      ["status", found.status],
      ["type", found.errorType],
      ["request_id", read.requestId],
      ["sdk", read.sdk === null ? null : [read.sdk, read.sdkVersion].filter(Boolean).join(" ")],
      ["platform", read.platform === null ? null : (this.words[`platform.${read.platform}`] ?? read.platform)],
    ].filter(([, value]) => value !== null);
    if (rows.length === 0) return [];
    const list = rows.flatMap(([name, value]) => [el("dt", {}, this.words[`part.${name}`]), el("dd", {}, String(value))]);
    return [el("dl", { class: "ce-answer__parts", "aria-label": this.words.parts }, ...list)];
  }

  #unknown(found, text) {
    const { words } = this;
    const content = [el("p", { class: "ce-answer__v" }, el("strong", {}, words.unknown)), el("p", {}, words.unknown_text)];
    if (this.root.dataset.report) {
      const link = el("a", { class: "ce-btn", rel: "noopener" }, words.report);
      const box = el("input", { type: "checkbox" });
      const address = () => {
        const report = new URL(this.root.dataset.report);
        report.searchParams.set("title", [words.report_title, found.status, found.errorType].filter((part) => part !== null).join(" "));
        if (box.checked) report.searchParams.set("body", `\`\`\`\n${masked(text).slice(0, 4000)}\n\`\`\``);
        link.href = report.href;
      };
      box.addEventListener("change", address);
      address();
      content.push(el("p", { class: "ce-answer__report" }, el("label", {}, box, ` ${words.report_with}`)), el("p", {}, link));
    }
    return [...content, ...this.#parts(found, text)];
  }

  #other(found) {
    const { words } = this;
    const name = found.other?.[document.documentElement.lang] ?? found.other?.en;
    const content = [el("p", { class: "ce-answer__v" }, el("strong", {}, words.not_claude))];
    if (name !== undefined) content.push(el("p", {}, words.not_claude_is.replace("{name}", name)));
    return [...content, el("p", {}, words.not_claude_text)];
  }
}

/** Returns what was recognised with a little around it; the recognised part is marked, secrets are hidden. */
function excerpt(text, spans) {
  const from = Math.max(0, spans[0][0] - AROUND);
  const to = Math.min(text.length, spans.at(-1)[1] + AROUND, from + EXCERPT);
  const hidden = secrets(text);
  const pre = el("pre", { class: "ce-answer__text" });
  if (from > 0) pre.append("…");
  let position = from;
  const plain = (end) => {
    pre.append(...maskedParts(text, position, end, hidden));
    position = Math.max(position, end);
  };
  for (const [start, end] of joined(spans)) {
    if (start >= to) break;
    plain(Math.max(position, start));
    const mark = el("mark", {});
    mark.append(...maskedParts(text, position, Math.min(end, to), hidden));
    position = Math.min(end, to);
    pre.append(mark);
  }
  plain(to);
  if (to < text.length) pre.append("…");
  return pre;
}

function joined(spans) {
  const merged = [];
  for (const [start, end] of spans) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1] + 3) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

function maskedParts(text, from, to, hidden) {
  const shown = [];
  let position = from;
  for (const [start, end] of hidden) {
    if (end <= position || start >= to) continue;
    if (start > position) shown.push(text.slice(position, start));
    shown.push("…");
    position = Math.min(end, to);
  }
  if (position < to) shown.push(text.slice(position, to));
  return shown;
}

/** Returns `text` with all but the first letters of each secret hidden. */
export function masked(text) {
  let shown = "";
  let position = 0;
  for (const [start, end] of secrets(text)) {
    shown += `${text.slice(position, Math.min(start + 3, end))}…`;
    position = end;
  }
  return shown + text.slice(position);
}

function el(name, attributes, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}
