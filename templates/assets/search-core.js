/* The search without a page: from what a reader typed to the numbers of the guides, best first. Pure functions, and the
   only place where guides are ranked: the page and the benchmark run this very file.

   The index (generator/search_index.py) is a sorted list of terms, cut into small files. `manifest.starts` holds the
   first term of each, so a term or a prefix leads to its file, and a query costs only the files of its own terms. */

/* A query reads at most so many files of terms. The cap, and not the size of the site, bounds what a keystroke costs. */
export const MOST_FILES = 12;
/* What is longer, or holds a brace or a line break, is a pasted error and no words. */
export const LONGEST_QUERY = 160;
/* What only resembles a term counts less than the term itself. */
const PREFIX = 0.7, NEAR = 0.4, SHORT = 0.8;
/* A guide with less than this part of the best one's score shares only a word that all have. */
const LEAST = 0.12;
/* A prefix may fit any number of terms; it reads this many files of them. */
const FILES_OF_A_PREFIX = 2;

/* Kept as in generator/search_terms.py. */
const SHORT_PARTICLES = "은는이가을를의에로와과도만";
const WORD = /[가-힣]+|[A-Za-z0-9]+(?:_+[A-Za-z0-9]+)*/g;
const NAME = /^[^A-Za-z0-9_가-힣]*[A-Za-z0-9_]+(?:[ -][A-Za-z0-9_]+)*[^A-Za-z0-9_가-힣]*$/;
const LONGEST_NAME = 5;
const PART = /[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]+/g;

/* Particles and endings that a reader types and no index needs, longest first. */
const ENDINGS = ("으로부터 에서는 에서도 에게서 으로는 이라는 이라고 에는 에도 에서 에게 으로 까지 부터 보다 처럼 마다 조차 밖에 이나 이란 라는 라고 은 는 이 가 을 를 의 에 로 와 과 도 만 " +
  "되었습니다 하였습니다 했습니다 됐습니다 됩니다 합니다 입니다 습니다 십시오 하세요 되세요 세요 인가요 하나요 되나요 나요 이에요 예요 했어요 됐어요 어요 아요 해요 돼요 " +
  "하려면 하는데 했는데 되는데 됐는데 는데 하려고 하는 되는 하면 되면 하지 되지 하고 되고 하여 되어 하게 되게 해서 돼서 이며 했을 됐을 된 한 할 될 함 됨 했다 됐다 한다 된다 이다 해야 돼야 하기 되기")
  .split(" ").sort((a, b) => b.length - a.length);
/* Words that say nothing about which error it is. */
const EMPTY_WORDS = new Set(("a an and are as at be by can do does for from get getting has have how i if in into is it its my me no not of on or so that the their them then there this to " +
  "was we what when where which while why will with you your").split(" ").concat(
  "때 것 수 및 또는 왜 어떻게 무엇 무엇인가요 언제 어디 있나요 있습니다 없나요 방법 이유 해결 해결법 원인과 원인 경우 문제 발생 표시 확인 대한 위한 관련 계속 자꾸 갑자기 나요 나와요 떠요".split(" ")));

/* An English word in small letters without its ending. */
export function stem(word) {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  if (/ie[sd]$/.test(word) && word.length > 4) word = word.slice(0, -3) + "y";
  else if (/[^s]s$/.test(word) && !/(us|is)$/.test(word)) word = word.slice(0, -1);
  for (const ending of ["ing", "ed"]) {
    if (word.endsWith(ending) && word.length >= ending.length + 3 && !word.endsWith("eed")) {
      word = word.slice(0, -ending.length);
      if (word.at(-1) === word.at(-2) && !"lsz".includes(word.at(-1))) word = word.slice(0, -1);
      break;
    }
  }
  return word.endsWith("e") && word.length > 4 ? word.slice(0, -1) : word;
}

const partsOf = (name) => (name.match(PART) ?? []).map((part) => part.toLowerCase());
const pairsOf = (word) => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));

/* The terms of a text as the index files them; only a test asks, to hold the two languages together. */
export function terms(text) {
  return [...text.normalize("NFKC").matchAll(WORD)].flatMap(([word]) => {
    if (/[가-힣]/.test(word)) {
      const single = word.length === 1 || (word.length === 2 && SHORT_PARTICLES.includes(word[1]));
      return [...(single ? [word[0]] : []), ...pairsOf(word)];
    }
    const parts = partsOf(word);
    return [...parts.map(stem), ...(parts.length > 1 ? [parts.join("")] : [])];
  });
}

/* The term for a text as one name: `too many requests` is `TooManyRequests`. */
export function joined(text) {
  const parts = NAME.test(text) ? partsOf(text) : [];
  return parts.length > 1 && parts.length <= LONGEST_NAME ? [parts.join("")] : [];
}

function withoutEnding(word) {
  const ending = ENDINGS.find((one) => word.endsWith(one) && word.length > one.length);
  if (!ending) return word;
  const rest = word.slice(0, -ending.length);
  return rest.length > 1 ? rest : word;
}

/* What was typed as words; each is a list of `{term, weight}`, all of which the guide should have. A word that is a list
   of `either` is satisfied by its best. `open`: the reader may still be typing it, so its last term is a prefix. */
export function wordsOf(query) {
  const text = query.normalize("NFKC");
  const found = [...text.matchAll(WORD)].map(([word], at, all) => {
    const open = at === all.length - 1 && text.endsWith(word);
    if (!/[가-힣]/.test(word)) {
      const parts = partsOf(word);
      const name = parts.length > 1 ? [{ all: [parts.join("")], open, name: true }] : [];
      return { text: word.toLowerCase(), words: [...name, ...parts.map((part, n) => ({ all: [stem(part)], open: open && n === parts.length - 1 }))] };
    }
    const bare = withoutEnding(word);
    if (bare.length === 1) return { text: bare, words: [{ all: [bare], open: true }] };
    const short = bare.length === 2 && SHORT_PARTICLES.includes(bare[1]) ? bare[0] : null;
    return { text: bare, words: [{ all: pairsOf(bare), short, open: false }] };
  });
  const telling = found.filter((one) => !EMPTY_WORDS.has(one.text));
  const name = joined(text).map((term) => ({ all: [term], open: true, name: true }));
  return unique([...name, ...(telling.length ? telling : found).flatMap((one) => one.words)]);
}

function unique(words) {
  const seen = new Set();
  return words.filter((word) => {
    const key = word.all.join(" ");
    return !seen.has(key) && seen.add(key);
  });
}

/* The number of the file that holds `term`, or would. */
function fileOf(term, starts) {
  let low = 0, high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= term) low = middle + 1; else high = middle;
  }
  return Math.max(0, low - 1);
}

function filesOf(term, open, starts) {
  const first = fileOf(term, starts);
  const last = open ? Math.min(fileOf(term + "\uffff", starts), first + FILES_OF_A_PREFIX - 1) : first;
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/* The files to read for `words`, the most telling ones when there are too many: names, then words that few guides have,
   and of a long Korean word its beginning before its end. */
export function filesFor(words, manifest) {
  const common = new Set(manifest.common);
  const wanted = words.flatMap((word) => [
    ...word.all.map((term, at) => ({ term, open: word.open, rank: (word.name ? 0 : 10) + at + (common.has(term) ? 20 : 0) })),
    ...(word.short ? [{ term: word.short, open: false, rank: 30 }] : []),
  ]).sort((a, b) => a.rank - b.rank || b.term.length - a.term.length);
  return [...new Set(wanted.flatMap((one) => filesOf(one.term, one.open, manifest.starts)))].slice(0, MOST_FILES);
}

/* Guides by number with what the term is worth there. The numbers of a list are differences: guide * 64 + worth. A list
   that was cut begins with how many guides have the term, below zero. */
function listOf(packed) {
  const worth = new Map();
  let last = 0, count = packed.length;
  for (const number of packed) {
    if (number < 0) { count = -number; continue; }
    last += number;
    worth.set(Math.floor(last / 64), last % 64);
  }
  return { worth, count };
}

/* What `term` is worth in each guide, from the files that were read: itself, else what begins like it, else what is
   nearest to it. */
function lookUp(term, open, files, manifest) {
  const numbers = filesOf(term, open, manifest.starts).filter((number) => files.has(number));
  const exact = numbers.map((number) => files.get(number)[term]).find(Boolean);
  if (exact && !open) return weighted(listOf(exact), 1);
  const longer = numbers.flatMap((number) => Object.entries(files.get(number)).filter(([other]) => other.startsWith(term) && other !== term));
  if (exact || ((open || /^[a-z]{4}/.test(term)) && longer.length)) {
    return merged([...(exact ? [weighted(listOf(exact), 1)] : []), ...longer.map(([, packed]) => weighted(listOf(packed), PREFIX))]);
  }
  return nearest(term, numbers.map((number) => files.get(number)));
}

/* A mistyped or inflected word: the terms that share its longest beginning, if that is most of it. */
function nearest(term, tables) {
  for (let length = term.length - 1; length >= Math.max(4, Math.ceil(term.length * 0.6)); length--) {
    const alike = tables.flatMap((table) => Object.entries(table).filter(([other]) => other.startsWith(term.slice(0, length)) && other.length <= term.length + 2));
    if (alike.length) return merged(alike.map(([, packed]) => weighted(listOf(packed), NEAR)));
  }
  return { worth: new Map(), count: 0 };
}

function weighted(list, weight) {
  return { worth: new Map([...list.worth].map(([guide, worth]) => [guide, worth * weight])), count: list.count };
}

function merged(lists) {
  const worth = new Map();
  for (const list of lists) for (const [guide, one] of list.worth) worth.set(guide, Math.max(one, worth.get(guide) ?? 0));
  return { worth, count: Math.max(worth.size, ...lists.map((list) => list.count)) };
}

/* What the word is worth in each guide. Half of a Korean word is worth less than half of it. */
function worthOf(word, files, manifest) {
  const worth = new Map();
  let rarity = 0;
  for (const term of word.all) {
    const list = lookUp(term, word.open, files, manifest);
    const rare = list.count ? Math.log(1 + manifest.guides / list.count) : 0;
    rarity += rare / word.all.length;
    for (const [guide, one] of list.worth) {
      const sum = worth.get(guide) ?? { score: 0, terms: 0 };
      worth.set(guide, { score: sum.score + one * rare, terms: sum.terms + 1 });
    }
  }
  const scores = new Map([...worth].map(([guide, { score, terms: count }]) => [guide, (score / word.all.length) * (count / word.all.length)]));
  if (word.short) {
    const list = lookUp(word.short, false, files, manifest);
    const rare = list.count ? Math.log(1 + manifest.guides / list.count) : 0;
    rarity = Math.max(rarity, rare * SHORT);
    for (const [guide, one] of list.worth) scores.set(guide, Math.max(scores.get(guide) ?? 0, one * rare * SHORT));
  }
  return { scores, rarity };
}

/* The numbers of the guides for `words`, best first, from the files that were read. */
export function rank(words, files, manifest) {
  const total = new Map();
  let asked = 0;
  for (const word of words) {
    const { scores, rarity } = worthOf(word, files, manifest);
    if (!scores.size) continue;
    asked += rarity;
    for (const [guide, score] of scores) {
      const sum = total.get(guide) ?? { score: 0, had: 0 };
      total.set(guide, { score: sum.score + score, had: sum.had + rarity });
    }
  }
  /* A guide that has all of the words comes before one that has a single one often. */
  const score = ({ score: sum, had }) => sum * (had / asked);
  const ranked = [...total].map(([guide, sum]) => ({ guide, score: score(sum) })).sort((a, b) => b.score - a.score || a.guide - b.guide);
  return ranked.filter((one) => one.score >= ranked[0].score * LEAST);
}

/* Search: `read(number)` returns a promise of a file of terms. */
export async function search(query, manifest, read) {
  const words = wordsOf(query);
  const numbers = filesFor(words, manifest);
  const tables = await Promise.all(numbers.map(read));
  return rank(words, new Map(numbers.map((number, at) => [number, tables[at]])), manifest);
}

/* Whether a text is a pasted error, for the decoder, and not words. */
export const isPasted = (text) => text.length > LONGEST_QUERY || /[{}\n]/.test(text);
