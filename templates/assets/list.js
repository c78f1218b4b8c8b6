/** The list of guides on the home page: its filter, and the rows that do not stand in the page.

    Loaded by `site.js` when a reader first uses one of them. What is shown at once is limited, so that neither the page
    nor a keystroke costs more with thousands of guides. Never turns a text into HTML. */

/** So many rows more when a reader asks for more of a group. */
const STEP = 100;
/** The address changes when nobody has typed for so many milliseconds; browsers limit how often it may. */
const LATER = 150;

/** How many of each group are shown when at most `most` are: small groups whole, large ones alike, none of none.
    The same rule as `shares` in generator/guide_list.py. */
export function shares(counts, most) {
  const given = counts.map(() => 0);
  const waiting = counts.map((_, index) => index).sort((a, b) => counts[a] - counts[b] || a - b);
  let left = most;
  waiting.forEach((index, place) => {
    given[index] = Math.min(counts[index], Math.max(1, Math.floor(left / (waiting.length - place))));
    left = Math.max(0, left - given[index]);
  });
  return given;
}

/** Whether the word list `list` holds `value`; no value is in every list. */
const has = (list, value) => !value || ` ${list} `.includes(` ${value} `);

/** One group of the page with its guides: `[slug, title, style, fault, billed, statuses, types, words, member]`, as the file
    has them; the words then get all that the filter looks through. */
class Group {
  constructor(section, guides) {
    Object.assign(this, { section, guides, found: guides, extra: 0, rows: new Map() });
    for (const guide of guides) guide[7] = [guide[0], guide[1], guide[5], guide[6], guide[7]].join(" ").toLowerCase();
    this.list = section.querySelector(".ce-list");
    this.more = section.querySelector(".ce-group__more");
    for (const row of this.list.children) this.rows.set(row.querySelector("a").getAttribute("href"), row);
  }

  /** Shows the first `count` of what was found; `make` makes a row that is not there yet. */
  show(count, make) {
    const wanted = this.found.slice(0, count).map((guide) => {
      const address = `errors/${guide[0]}/`;
      if (!this.rows.has(address)) this.rows.set(address, make(guide, address));
      return this.rows.get(address);
    });
    if (wanted.length !== this.list.children.length || wanted.some((row, index) => row !== this.list.children[index])) {
      this.list.replaceChildren(...wanted);
    }
    const left = this.found.length - wanted.length;
    this.section.hidden = !wanted.length;
    this.more.hidden = !left;
    if (left) this.more.textContent = (left === 1 ? this.more.dataset.one : this.more.dataset.other).replace("#", String(left));
    return wanted[count - 1];
  }
}

class List {
  constructor(filter, data) {
    Object.assign(this, { filter, data });
    this.count = filter.querySelector(".ce-filter__n");
    this.fields = {};
    for (const name of ["text", "status", "type"]) this.fields[name] = filter.querySelector(`.ce-filter__${name}`);
    this.chips = [...filter.querySelectorAll(".ce-chip")];
    this.parts = {};
    for (const part of document.querySelectorAll("template[data-row]")) this.parts[part.dataset.row] = part.content.firstElementChild;
    this.groups = [...document.querySelectorAll(".ce-group")].map((section) => new Group(section, data.groups[section.dataset.group] || []));
    this.verdict = "";
    for (const field of Object.values(this.fields)) field.addEventListener("input", () => this.apply());
    for (const chip of this.chips) chip.addEventListener("click", () => this.press(chip.dataset.verdictFilter));
    for (const group of this.groups) group.more.addEventListener("click", (event) => this.extend(group, event));
    const pressed = this.chips.find((chip) => chip.getAttribute("aria-pressed") === "true");
    this.verdict = pressed ? pressed.dataset.verdictFilter : "";
    this.apply();
  }

  press(verdict) {
    this.verdict = verdict;
    for (const chip of this.chips) chip.setAttribute("aria-pressed", String(chip.dataset.verdictFilter === verdict));
    this.apply();
  }

  /** Finds what fits the filter, shows the first of it, and soon puts the filter into the address, so that it can be shared.
      The words are `text` there: `q` opens the search. */
  apply() {
    const { text, status, type } = this.fields;
    const typed = text.value.toLowerCase(), words = typed.split(/\s+/).filter(Boolean);
    /* Whoever types on looks only through what was found before. */
    const chosen = [status.value, type.value, this.verdict].join(), further = chosen === this.chosen && typed.startsWith(this.typed);
    Object.assign(this, { chosen, typed });
    let found = 0;
    for (const group of this.groups) {
      group.extra = 0;
      group.found = (further ? group.found : group.guides).filter((guide) => has(guide[2], this.verdict) && has(guide[5], status.value) &&
        has(guide[6], type.value) && words.every((word) => guide[7].includes(word)));
      found += group.found.length;
    }
    this.show();
    const { none, one, other } = this.count.dataset;
    this.count.textContent = (found === 0 ? none : found === 1 ? one : other).replace("#", String(found));
    clearTimeout(this.later);
    this.later = setTimeout(() => this.remember(), LATER);
  }

  /** Puts the filter into the address. */
  remember() {
    const state = new URLSearchParams(location.search);
    for (const [name, field] of Object.entries(this.fields)) if (field.value) state.set(name, field.value); else state.delete(name);
    if (this.verdict) state.set("verdict", this.verdict); else state.delete("verdict");
    history.replaceState(null, "", location.pathname + (String(state) ? `?${state}` : "") + location.hash);
  }

  show() {
    const most = shares(this.groups.map((group) => group.found.length), this.data.shown);
    this.groups.forEach((group, index) => group.show(most[index] + group.extra, (guide, address) => this.row(guide, address)));
  }

  /** Shows more of one group, and moves the focus to the first row that is new. */
  extend(group, event) {
    event.preventDefault();
    const before = group.list.children.length;
    group.extra += STEP;
    this.show();
    group.list.children[before]?.querySelector("a").focus();
  }

  row([slug, title, style, fault, billed, , , , member], address) {
    const row = this.parts[style].cloneNode(true);
    const link = row.querySelector("a");
    link.href = address;
    link.textContent = title;
    row.querySelector("code").textContent = slug;
    row.querySelector("[data-fault]").append(this.data.fault[fault]);
    row.querySelector("[data-billed]").append(this.data.billed[billed]);
    if (member) row.classList.add("ce-row--member");
    return row;
  }
}

/** Fetches the list and takes over the filter; rejects when there is no answer. */
export async function attach(filter) {
  const answer = await fetch(filter.dataset.list);
  if (!answer.ok) throw new Error(String(answer.status));
  const list = new List(filter, await answer.json());
  filter.dataset.state = "ready";
  return list;
}
