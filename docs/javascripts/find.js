/**
 * Finds pages by what a reader types: lay words, slips of the finger, whole questions. No page, no network: data in,
 * results out. The index is made by src/rls_site/publish/search.py, where its fields are described.
 */

const FROM_PAGE = 0.55; // how much of its page's words a section may lean on
const FROM_PARTS = 0.45; // how much of its sections' words a page may lean on
const SAME = 0.6; // what a word of the same meaning is worth
const UNSAID = 0.85; // the same, where the site never says the word that was typed
const READ_AS = 0.8; // what the words a phrase is read as are worth
const PHRASE = 0.9; // what a title or saying that agrees with the whole query adds
const REPLACED = 0.4; // what is left of the words that were read as others
const WHO = 2; // what a word that says who asks is worth: a pregnant woman must find the page for pregnancy
const LIGHT = 0.35; // what "how", "why", "when" are worth
const WHOLE = 0.12; // what the page as a whole adds to its best part
const SECOND = 0.7; // what the next best readings of a misspelt word are worth
const EXACT = 1; // what a title typed word for word adds
const VOWELS = "aeiouy";
const GRAVE = /^(?:amput|stump|suicid|cutting)/; // words that a slip of more than a letter must not bring up

/**
 * Makes the index ready.
 * @param {object} raw the parsed search-index.json
 * @returns {object}
 */
export function prepare(raw) {
  const words = new Map();
  const forms = [];
  raw.words.split("|").forEach((group, stem) => group.split(" ").forEach((word) => {
    words.set(word, stem);
    forms.push([word, stem]);
  }));
  const same = new Map();
  for (const group of raw.same) {
    for (const stem of group) same.set(stem, [...(same.get(stem) || []), ...group.filter((other) => other !== stem)]);
  }
  const readAs = raw.readAs.map(([phrase, meaning]) => [phrase.split(" "), meaning]);
  const postings = raw.postings.map(unpack);
  const size = raw.targets.length;
  const rarity = postings.map((list) => Math.log(1 + size / (1 + list.length / 2)));
  const pageTarget = [];
  const titles = raw.targets.map(([page, anchor, title], target) => {
    if (!anchor) pageTarget[page] = target;
    return tokens(title).join(" ");
  });
  return {
    ...raw, words, forms, same, readAs, postings, size, rarity, pageTarget, titles,
    stop: new Set(raw.stop.split(" ")), light: new Set(raw.light), who: new Set(raw.who), known: new Map(),
  };
}

/** `"A2bC"`: targets by their gap to the one before (1 when none is written), impact as a capital. */
export function unpack(text) {
  const list = [];
  let at = -1;
  for (const [, gap, impact] of text.matchAll(/([0-9a-z]*)([A-I])/g)) {
    at += gap ? parseInt(gap, 36) : 1;
    list.push(at, impact.charCodeAt(0) - 64);
  }
  return list;
}

/** The words of a text: small letters, no accents, no apostrophes, no bare numbers. The index does the same. */
function tokens(text) {
  return (text.toLowerCase().normalize("NFKD").replace(/['’‘`\u0300-\u036f]/g, "").match(/[a-z0-9]+/g) || [])
    .filter((word) => !/^\d+$/.test(word));
}

/** "34 weeks" is a pregnancy, unless it is how long ago something was or how long it lasts; "7 yr old" and "teen" are a child. */
const WEEKS = /(\b(?:for|after|in|past|last|every|over) )?\b(?:1[3-9]|[23]\d|4[0-2]) ?(?:weeks?|wks?)\b(?! (?:ago|later|after|of|on|in|since|now))/i;
export const YOUNG = /\b(?:\d|1[0-7])[ -]?(?:years?|yrs?)[ -]?old\b|\b(?:i['’]?m|i am|aged?) (?:\d|1[0-7])\b(?! ?(?:w|m|d|stone|kg|ft))|\bteens?\b/i;

/** A query with the word that its numbers stand for. */
function spelled(query) {
  const weeks = query.match(WEEKS);
  return `${weeks && !weeks[1] ? "pregnant " : ""}${YOUNG.test(query) ? "child " : ""}${query}`;
}

/**
 * The best results, one a page.
 * @param {object} index from `prepare`
 * @param {string} query
 * @param {number} [most]
 * @returns {Array<{address: string, title: string, text: string, page: string, certainty: number, verdict: number}>}
 */
export function find(index, query, most = 8) {
  const slots = read(index, spelled(query));
  if (!slots.length) return [];
  const { size, targets, pageTarget } = index;
  const sum = new Float32Array(size);
  const met = new Float32Array(size);
  let whole = 0;
  for (const slot of slots) {
    const best = new Float32Array(size);
    const seen = new Set();
    for (const [stem, weight] of slot.stems) {
      const list = index.postings[stem];
      for (let i = 0; i < list.length; i += 2) {
        best[list[i]] = Math.max(best[list[i]], weight * list[i + 1] / 5);
        if (weight > 0.5) seen.add(list[i]);
      }
    }
    slot.rarity = Math.log(1 + size / (1 + seen.size / 2)) * slot.weight;
    whole += slot.rarity;
    const own = Float32Array.from(best);
    for (let target = 0; target < size; target++) {
      const page = pageTarget[targets[target][0]];
      if (page !== target) {
        best[target] = Math.max(own[target], FROM_PAGE * own[page]);
        best[page] = Math.max(best[page], FROM_PARTS * own[target]);
      }
    }
    for (let target = 0; target < size; target++) {
      if (best[target]) {
        sum[target] += best[target] * slot.rarity;
        met[target] += slot.rarity;
      }
    }
  }
  const scores = new Float32Array(size);
  const typed = tokens(query).join(" ");
  for (let target = 0; target < size; target++) {
    if (!sum[target]) continue;
    const words = sum[target] / whole * (0.4 + 0.6 * met[target] / whole);
    const exact = index.titles[target] === typed ? EXACT : 0;
    scores[target] = (words + PHRASE * agreement(index, target, slots, whole) + exact) * targets[target][4] / 100;
  }
  return gather(index, scores, most);
}

/** How far the title or another phrase of a target agrees with the whole query: shared weight over all weight. */
function agreement(index, target, slots, whole) {
  let best = 0;
  for (const phrase of index.phrases[target]) {
    let shared = 0;
    let own = 0;
    for (const stem of phrase) own += index.light.has(stem) ? LIGHT * index.rarity[stem] : index.rarity[stem];
    for (const slot of slots) {
      let match = 0;
      for (const [stem, weight] of slot.stems) if (weight > match && phrase.includes(stem)) match = weight;
      shared += match * slot.rarity;
    }
    best = Math.max(best, shared / (whole + Math.max(0, own - shared)));
  }
  return best;
}

function gather(index, scores, most) {
  const { targets, pages, pageTarget } = index;
  const tops = new Map();
  for (let target = 0; target < scores.length; target++) {
    const page = targets[target][0];
    if (scores[target] > (tops.has(page) ? scores[tops.get(page)] : 0)) tops.set(page, target);
  }
  return [...tops.entries()]
    .map(([page, target]) => ({ page, target, score: scores[target] + WHOLE * scores[pageTarget[page]] }))
    .sort((a, b) => b.score - a.score || a.target - b.target)
    .slice(0, most)
    .map(({ page, target, score }) => {
      const [, anchor, title, text, , certainty, verdict] = targets[target];
      const parent = targets[pageTarget[page]];
      const address = pages[page];
      return {
        address: anchor ? `${address}#${anchor}` : address, score,
        title, text: text || parent[3], page: anchor ? parent[2] : "",
        certainty: certainty || 0, verdict: verdict ?? -1,
      };
    });
}

/** Reads a query into slots: for each word, the stems it may stand for, with what each is worth. */
function read(index, query) {
  const all = tokens(query);
  const typing = !/\s$/.test(query);
  let words = all.filter((word) => !index.stop.has(word));
  if (!words.length) words = all;
  const slots = [];
  const leading = new Map();
  words.forEach((word, position) => {
    const last = typing && position === words.length - 1 && word === all[all.length - 1];
    for (const stems of resolve(index, word, last)) {
      leading.set(word, stems[0][0]);
      add(stems, 1);
    }
  });
  const stemOf = (word) => leading.get(word) ?? index.words.get(word) ?? word;
  all.forEach((word, i) => {
    const joined = index.words.get(word + all[i + 1]);
    if (joined !== undefined && !index.stop.has(word)) replace([word, all[i + 1]], [joined], 1);
  });
  for (const [phrase, meaning] of index.readAs) {
    const fits = (start) => phrase.every((part, i) => all[start + i] === part || (i + start < all.length && stemOf(all[start + i]) === index.words.get(part)));
    if (all.some((_, start) => fits(start))) replace(phrase, meaning, READ_AS);
  }
  return slots;

  function replace(phrase, meaning, worth) {
    for (const word of phrase) {
      const slot = slots.find(({ first }) => first === stemOf(word));
      if (slot && !meaning.includes(slot.first)) slot.weight *= REPLACED;
    }
    for (const stem of meaning) add([[stem, 1]], worth);
  }

  function add(stems, weight) {
    const worth = new Map();
    const put = (stem, value) => value > (worth.get(stem) || 0) && worth.set(stem, value);
    for (const [stem, value] of stems) {
      put(stem, value);
      const same = index.postings[stem].length ? SAME : UNSAID;
      for (const other of index.same.get(stem) || []) put(other, value * same);
    }
    const first = stems[0][0];
    const kind = index.light.has(first) ? LIGHT : index.who.has(first) ? WHO : 1;
    const before = slots.find((slot) => slot.first === first);
    if (!before) slots.push({ first, stems: [...worth], weight: weight * kind });
  }
}

/** What one word may stand for: a list of words (two where it is two written as one), each a list of [stem, worth]. */
function resolve(index, word, last) {
  const key = last ? `${word}*` : word;
  if (!index.known.has(key)) index.known.set(key, guess(index, word, last));
  return index.known.get(key);
}

function guess(index, word, last) {
  const exact = index.words.get(word);
  if (exact !== undefined) {
    const rare = index.postings[exact].length <= 6 && word.length >= 5;
    return [[[exact, 1], ...(rare ? near(index, word, 1).filter(([stem]) => stem !== exact).map(([stem, worth]) => [stem, worth * 0.8]) : [])]];
  }
  if (last && word.length >= 3) {
    const begun = pick(index, index.forms.filter(([form]) => form.startsWith(word)).map(([form, stem]) => [stem, 0.6 + 0.4 * word.length / form.length]), 6);
    if (begun.length) return [begun];
  }
  const close = near(index, word, word.length < 5 ? 1 : word.length < 8 ? 2 : 3);
  if (close.length && close[0][1] >= 0.7) return [close];
  for (let cut = word.length - 3; cut >= 3; cut--) {
    const parts = [index.words.get(word.slice(0, cut)), index.words.get(word.slice(cut))];
    if (parts[0] !== undefined && parts[1] !== undefined) return parts.map((stem) => [[stem, 1]]);
  }
  if (close.length) return [close];
  const grams = pick(index, index.forms.map(([form, stem]) => [stem, alike(word, form)]).filter(([, worth]) => worth > 0.4), 3);
  return grams.length ? [grams.map(([stem, worth]) => [stem, worth * 0.6])] : [];
}

/** The known words within `most` slips of a word, closest first; between equally close ones the common word leads. */
function near(index, word, most) {
  const found = [];
  for (const [form, stem] of index.forms) {
    if (Math.abs(form.length - word.length) > most) continue;
    const slips = distance(word, form, most);
    if (slips <= (GRAVE.test(form) ? 1 : most) && slips < form.length / 2) {
      found.push([stem, 1 - slips / (word.length + 1) - (form[0] === word[0] ? 0 : 0.1)]);
    }
  }
  const best = pick(index, found, 4);
  return best.filter(([, worth]) => worth > best[0][1] - 0.15).map(([stem, worth], place) => [stem, place ? worth * SECOND : worth]);
}

function pick(index, list, most) {
  const worth = new Map();
  for (const [stem, value] of list) if (value > (worth.get(stem) || 0)) worth.set(stem, value);
  const use = ([stem, value]) => value + 0.02 * Math.log1p(index.postings[stem].length);
  return [...worth].sort((a, b) => use(b) - use(a)).slice(0, most);
}

/** Slips between two words: a letter more, less, other, or two swapped; a wrong vowel or a doubled letter counts half. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > 2 * most) return Infinity; // a letter more costs half a step at the least
  let before = null;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const x = a[i - 1];
      const y = b[j - 1];
      const swap = x === y ? 0 : VOWELS.includes(x) && VOWELS.includes(y) ? 0.5 : 1;
      let cost = Math.min(row[j - 1] + swap, row[j] + (x === a[i - 2] ? 0.5 : 1), next[j - 1] + (y === b[j - 2] ? 0.5 : 1));
      if (before && x === b[j - 2] && y === a[i - 2]) cost = Math.min(cost, before[j - 2] + 0.8);
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return Infinity;
    before = row;
    row = next;
  }
  return row[b.length];
}

/** The share of letter pairs two words have in common (Dice). */
function alike(a, b) {
  const pairs = (word) => Array.from({ length: word.length + 1 }, (_, i) => ` ${word} `.slice(i, i + 2));
  const left = pairs(a);
  const right = pairs(b);
  return 2 * left.filter((pair) => right.includes(pair)).length / (left.length + right.length);
}
