// Decodes a pasted error: the same program as generator/decoder/{unwrap,match,decode}.py, part by part.
// A test compares the two on thousands of texts. Nothing here touches the page or the network.

const ROUNDS = 4;
const ENTITIES = { quot: '"', apos: "'", amp: "&", lt: "<", gt: ">", nbsp: " " };
const ESCAPE =
  /(?<!\\)\\+(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([nrt])|(?=["'`/]))|%([0-9a-fA-F]{2})|&(?:(quot|apos|amp|lt|gt|nbsp)|#([0-9]{1,6})|#x([0-9a-fA-F]{1,5}));|[\x1b\u241b]\[[0-9;?]{0,16}[A-Za-z]/g;
const NAME = /(?<![A-Za-z])(?:[a-z]{1,24}(?:_[a-z]{1,24}){0,5}_error|[a-z]{4,40}(?:error|exception))(?![A-Za-z])/gi;

const GRAM = 9;
const COMMON = 30;
const GAP = 400;
const REPEATS = 24;
const [PART, PART_LETTERS] = [0.6, 18];
const [CUT, CUT_LETTERS] = [0.3, 36];
const EDGE_LETTERS = 12;

const SHORT = 10;
const SPEAKS = 15;
const LONG = 20;
const STRANGE = 24;
const CLOSE = 0.6;
const NEARLY = 0.9;
const CANDIDATES = 3;

const STATUS =
  /(?:status(?:[ _-]?code)?|error(?: code)?|http(?:\/[0-9.]{1,4})?|code|returned|failed|failure)[^0-9A-Za-z\n]{0,6}([1-5][0-9]{2})(?![0-9.])|(?:^|[ \t\r\n([`'">])([45][0-9]{2})(?=[ \t\r\n)\]`'":,;{.]|$)/i;
const TYPE = /[a-z]{1,24}(?:_[a-z]{1,24}){0,5}_error|request_too_large/gi;
const CLASS = /[A-Z][A-Za-z]{3,40}(?:Error|Exception)(?![A-Za-z])/g;
const NOTHING = ["null", "none", "nil", "vimnil", "undefined"];
const STREAM = ["eventerror", "datatypeerror", "sseerror", ...NOTHING.map((nothing) => `errordetails${nothing}`)];

// ---- unwrap

/** Returns the paste with escapes, entities, percent codes and colours resolved, and the place of each character in it. */
export function readable(paste) {
  let placed = { text: paste, places: Int32Array.from({ length: paste.length }, (_, index) => index) };
  for (let round = 0; round < ROUNDS; round++) {
    const resolved = resolve(placed);
    if (resolved.text.length === placed.text.length) return resolved;
    placed = resolved;
  }
  return placed;
}

/** Returns only the letters and digits of ASCII, small. */
export function squeezed({ text, places }) {
  const kept = keeper(text.length);
  squeeze(text, places, 0, text.length, kept);
  return kept.done();
}

/** Returns `squeezed`, with a bar for each name of a type or a class. */
export function wording({ text, places }) {
  const kept = keeper(text.length);
  let position = 0;
  for (const match of text.matchAll(NAME)) {
    squeeze(text, places, position, match.index, kept);
    kept.add(124, places[match.index]);
    position = match.index + match[0].length;
  }
  squeeze(text, places, position, text.length, kept);
  return kept.done();
}

function keeper(size) {
  const codes = new Uint16Array(size);
  const places = new Int32Array(size);
  let length = 0;
  return {
    add(code, place) {
      codes[length] = code;
      places[length++] = place;
    },
    done() {
      const parts = [];
      for (let start = 0; start < length; start += 8192) {
        parts.push(String.fromCharCode(...codes.subarray(start, Math.min(length, start + 8192))));
      }
      return { text: parts.join(""), places: places.subarray(0, length) };
    },
  };
}

function squeeze(text, places, start, end, kept) {
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) kept.add(code, places[index]);
    else if (code >= 65 && code <= 90) kept.add(code + 32, places[index]);
  }
}

function resolve(placed) {
  const { text, places } = placed;
  const parts = [];
  const kept = new Int32Array(text.length);
  let length = 0;
  let position = 0;
  const copy = (end) => {
    parts.push(text.slice(position, end));
    kept.set(places.subarray(position, end), length);
    length += end - position;
  };
  for (const match of text.matchAll(ESCAPE)) {
    copy(match.index);
    const meant = meaning(match);
    parts.push(meant);
    for (let index = 0; index < meant.length; index++) kept[length++] = places[match.index];
    position = match.index + match[0].length;
  }
  if (position === 0) return placed;
  copy(text.length);
  return { text: parts.join(""), places: kept.subarray(0, length) };
}

function meaning([, unicode, byte, blank, percent, entity, decimal, hexadecimal]) {
  for (const [digits, base] of [
    [unicode, 16],
    [byte, 16],
    [percent, 16],
    [hexadecimal, 16],
    [decimal, 10],
  ]) {
    if (digits !== undefined) {
      const code = Number.parseInt(digits, base);
      return code < 128 ? String.fromCharCode(code) : "\ufffd";
    }
  }
  if (blank !== undefined) return " ";
  return entity === undefined ? "" : ENTITIES[entity];
}

// ---- match

class Wording {
  constructor(record, literals) {
    this.record = record;
    this.literals = literals;
    this.letters = total(literals);
    this.anchor = literals.reduce((best, literal, index) => (literal.length > literals[best].length ? index : best), 0);
    this.anchorStart = total(literals.slice(0, this.anchor));
    this.anchorEnd = this.anchorStart + literals[this.anchor].length;
    const ends = literals.map((_, index) => total(literals.slice(0, index + 1)));
    this.starts = new Set([0, ...ends]);
    this.ends = new Set(ends);
    this.anchorGram = null;
  }

  whole(text, anchor) {
    if (!text.startsWith(this.literals[this.anchor], anchor)) return null;
    let start = anchor;
    let end = anchor + this.literals[this.anchor].length;
    for (let index = this.anchor - 1; index >= 0; index--) {
      const literal = this.literals[index];
      const from = Math.max(0, start - GAP - literal.length);
      const found = text.slice(from, start).lastIndexOf(literal);
      if (found < 0) return null;
      start = from + found;
    }
    for (const literal of this.literals.slice(this.anchor + 1)) {
      const found = text.slice(end, end + GAP + literal.length).indexOf(literal);
      if (found < 0) return null;
      end += found + literal.length;
    }
    return [start, end];
  }
}

class Matcher {
  constructor(records) {
    this.wordings = records.flatMap((record) =>
      record.templates.filter((literals) => literals.length > 0).map((literals) => new Wording(record, literals)),
    );
    const grams = new Map();
    for (const [number, wording] of this.wordings.entries()) {
      let offset = 0;
      for (const literal of wording.literals) {
        for (let start = 0; start + GRAM <= literal.length; start++) {
          const gram = literal.slice(start, start + GRAM);
          const places = grams.get(gram);
          if (places === undefined) grams.set(gram, [[number, offset + start]]);
          else places.push([number, offset + start]);
        }
        offset += literal.length;
      }
    }
    this.grams = new Map([...grams].filter(([, places]) => places.length <= COMMON));
    for (const places of this.grams.values()) {
      for (const [number, offset] of places) {
        const wording = this.wordings[number];
        const inside = wording.anchorStart <= offset && offset < wording.anchorEnd;
        if (inside && (wording.anchorGram === null || offset < wording.anchorGram)) wording.anchorGram = offset;
      }
    }
  }

  find(text) {
    const hits = new Map();
    const anchors = new Map();
    const looked = new Map();
    for (let position = 0; position + GRAM <= text.length; position++) {
      const gram = text.slice(position, position + GRAM);
      const places = this.grams.get(gram);
      if (places === undefined) continue;
      const times = (looked.get(gram) ?? 0) + 1;
      looked.set(gram, times);
      if (times > REPEATS) continue;
      for (const [number, offset] of places) {
        let hit = hits.get(number);
        if (hit === undefined) hits.set(number, (hit = new Map()));
        if (!hit.has(offset)) hit.set(offset, position);
        if (offset === this.wordings[number].anchorGram) {
          const seen = anchors.get(number);
          if (seen === undefined) anchors.set(number, [position]);
          else seen.push(position);
        }
      }
    }
    return this.wordings
      .map((wording, number) => fit(wording, text, hits.get(number) ?? new Map(), anchors.get(number) ?? []))
      .filter((one) => one !== null);
  }
}

function fit(wording, text, hits, anchors) {
  let starts = anchors.map((position) => position - (wording.anchorGram - wording.anchorStart));
  if (wording.anchorGram === null) {
    const start = text.indexOf(wording.literals[wording.anchor]);
    starts = start >= 0 ? [start] : [];
  }
  for (const start of starts) {
    const span = start >= 0 ? wording.whole(text, start) : null;
    if (span !== null) return { record: wording.record, score: wording.letters, spans: [span], letters: wording.letters, whole: true, byCode: false };
  }
  const letters = new Set();
  for (const offset of hits.keys()) for (let letter = offset; letter < offset + GRAM; letter++) letters.add(letter);
  const covered = letters.size;
  const share = covered / wording.letters;
  const part = (covered >= PART_LETTERS && share >= PART) || (covered >= CUT_LETTERS && share >= CUT);
  if (!part && runAtEdge(wording, hits, text.length) < EDGE_LETTERS) return null;
  const spans = [...hits.values()].sort((a, b) => a - b).map((position) => [position, position + GRAM]);
  return { record: wording.record, score: covered * share, spans, letters: covered, whole: false, byCode: false };
}

function runAtEdge(wording, hits, end) {
  let longest = 0;
  for (const [step, edge] of [
    [1, 0],
    [-1, end - GRAM],
  ]) {
    for (const [first, position] of hits) {
      if (position !== edge) continue;
      let length = 0;
      while (hits.get(first + step * length) === edge + step * length) length++;
      const last = first + step * (length - 1);
      if (step === 1 ? wording.ends.has(last + GRAM) : wording.starts.has(last)) longest = Math.max(longest, GRAM + length - 1);
    }
  }
  return longest;
}

const total = (literals) => literals.reduce((sum, literal) => sum + literal.length, 0);

// ---- decode

/** Decodes texts with one index (`/assets/decoder-index.json`). */
export class Decoder {
  constructor(index) {
    this.index = index;
    this.matcher = new Matcher(index.records);
    this.codes = index.records
      .flatMap((record) => record.codes.map((code) => [`errorcode${code}`, record]))
      .sort(([a], [b]) => b.length - a.length || (a < b ? -1 : a > b ? 1 : 0));
    const bySlug = new Map(index.records.map((record) => [record.slug, record]));
    const pages = { ...index.classes, ...index.statuses, ...index.types };
    this.names = new Map([...Object.entries(pages).map(([name, slug]) => [name, bySlug.get(slug)]), ...bySlug]);
  }

  /** Returns {verdict, slugs, pending, by, spans, status, errorType, other}; see `Answer` in decode.py. */
  decode(paste) {
    const name = paste.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
    if (this.names.has(name)) return named(this.names.get(name));
    const read = readable(paste);
    let letters = squeezed(read);
    const { text } = letters;
    const status = statusOf(read.text);
    const errorType = this.#type(read.text, text);
    const speaks = this.index.claude.some((mark) => text.includes(mark));
    const decides = this.#other(text, "decides");
    const other = decides ?? (speaks ? null : this.#other(text, "marks"));
    let found = this.#codes(text);
    if (found.length === 0) {
      letters = wording(read);
      const stream = STREAM.some((mark) => text.includes(mark));
      found = this.#messages(letters.text, status, errorType, stream);
    }
    if (found.length > 0 && believed(found[0], speaks, decides !== null, other !== null, errorType)) {
      return answer(found, letters, status, errorType);
    }
    const nothing = { slugs: [], pending: null, by: null, spans: [], status, errorType, other: null };
    if (decides === null && (speaks || (other === null && errorType !== null && !strange(text)))) {
      const [by, page] = this.#family(read.text, status, errorType, this.#onPartner(text));
      if (page !== null) return { ...nothing, verdict: "family", slugs: [page], by };
    }
    return { ...nothing, verdict: speaks && decides === null ? "unknown" : "not_claude", other };
  }

  #onPartner(text) {
    return this.index.partners.some((mark) => text.includes(mark));
  }

  #other(text, marks) {
    return this.index.others.find((other) => other[marks].some((mark) => text.includes(mark)))?.name ?? null;
  }

  #family(read, status, errorType, onPartner) {
    if (errorType !== null && Object.hasOwn(this.index.types, errorType)) return ["type", this.index.types[errorType]];
    for (const [name] of read.matchAll(CLASS)) {
      if (Object.hasOwn(this.index.classes, name)) return ["class", this.index.classes[name]];
    }
    const { statuses } = this.index;
    const page = statuses[String(status)] ?? (status !== null && status >= 400 ? statuses[`${Math.floor(status / 100)}00`] : undefined);
    if (page !== undefined) return ["status", this.index.elsewhere !== null && onPartner ? this.index.elsewhere : page];
    return [null, null];
  }

  #type(read, text) {
    for (const [name] of read.matchAll(TYPE)) {
      if (Object.hasOwn(this.index.types, name.toLowerCase())) return name.toLowerCase();
    }
    return Object.keys(this.index.types).find((name) => text.includes(`type${name.replaceAll("_", "")}`)) ?? null;
  }

  #codes(text) {
    for (const [code, record] of this.codes) {
      const start = text.indexOf(code);
      if (start >= 0) return [{ record, score: code.length, spans: [[start, start + code.length]], letters: code.length, whole: true, byCode: true }];
    }
    return [];
  }

  #messages(text, status, errorType, stream) {
    const best = new Map();
    for (const one of this.matcher.find(text)) {
      const agrees = agreement(one.record, status, errorType);
      if (one.letters < SHORT && (agrees < 2 || !isMessage(text, one.spans[0][0]))) continue;
      const scored = { ...one, score: one.score + agrees + inStream(one.record, stream) };
      const known = best.get(one.record.slug);
      if (known === undefined || scored.score > known.score) best.set(one.record.slug, scored);
    }
    const top = new Map([...best.values()].sort((a, b) => a.score - b.score).map((one) => [one.record.parent, one.score]));
    const isFamily = (one) => Number(top.get(one.record.slug) === one.score);
    const isOther = (one) => Number(one.record.slug !== errorType);
    const ordered = [...best.values()].sort((a, b) => b.score - a.score || isFamily(a) - isFamily(b) || isOther(a) - isOther(b));
    const member = ordered.findIndex((one, index) => index > 0 && one.record.parent === ordered[0].record.slug && serious(one, ordered[0]));
    if (member > 0) ordered.unshift(...ordered.splice(member, 1));
    return ordered;
  }
}

function named({ slug, page, family }) {
  const pending = slug !== page ? slug : null;
  const verdict = pending !== null || family ? "family" : "entry";
  return { verdict, slugs: [page], pending, by: "name", spans: [], status: null, errorType: null, other: null };
}

const serious = (member, family) => member.whole || member.score >= NEARLY * family.score;
const isMessage = (text, start) => start === 0 || text.slice(Math.max(0, start - 7), start) === "message";

function answer(found, letters, status, errorType) {
  const [best] = found;
  const { slug, page } = best.record;
  const pages = [...new Set(found.filter((one) => one.score >= best.score * CLOSE).map((one) => one.record.page))];
  const pending = slug !== page ? slug : null;
  return {
    verdict: pending !== null ? "family" : "entry",
    slugs: pages.slice(0, CANDIDATES),
    pending,
    by: best.byCode ? "error_code" : "message",
    spans: best.spans.map(([start, end]) => [letters.places[start], letters.places[end - 1] + 1]),
    status,
    errorType,
    other: null,
  };
}

function believed(found, speaks, decides, other, errorType) {
  if (decides) return speaks && found.whole && found.letters >= SPEAKS;
  if (found.byCode || speaks || (errorType !== null && !other)) return true;
  return other ? found.whole && found.letters >= LONG : found.letters >= SPEAKS;
}

function strange(text) {
  const start = text.lastIndexOf("message");
  return start >= 0 && text.length - start - "message".length > STRANGE;
}

function agreement(record, status, errorType) {
  let points = 0;
  if (status !== null && record.statuses.length > 0) points += record.statuses.includes(status) ? 2 : -1;
  if (errorType !== null && record.types.length > 0) points += record.types.includes(errorType) ? 2 : -1;
  return points;
}

const inStream = (record, stream) => (!record.stream ? 0 : stream ? 3 : -3);

function statusOf(read) {
  const match = STATUS.exec(read);
  return match === null ? null : Number(match[1] ?? match[2]);
}
