/** What a diary entry is, and how it goes in and out of a file. Pure: no page, no clock, no store. */

import { addNights, isNight } from "./nights.js";

/** The version of the diary's shape: in the database, and in every file we export. */
export const VERSION = 2;

/** More nights than a life has; a file with more would keep the page busy for nothing. */
const MOST_NIGHTS = 40_000;

/** What can be tried at night: code in the data, words on the page. */
export const THINGS = [
  ["massage", "massage"],
  ["machine", "a leg massager"],
  ["stretch", "stretching or a walk"],
  ["warm-cold", "warmth or cold"],
  ["other", "something else"],
];

/** @param {string} code @returns {string} */
export const thingInWords = (code) => Object.fromEntries(THINGS)[code] ?? code;

/**
 * @typedef {object} Entry one night
 * @property {string} night 2026-11-20, the date on which the night began
 * @property {number} score 0 (calm) to 10 (as bad as it gets)
 * @property {?number} lost minutes of sleep lost
 * @property {?number} worst the hour, 0 to 23, when it was worst
 * @property {string[]} used codes of THINGS
 * @property {?number} minutes minutes of massage or machine
 * @property {string} change a change of medicine or iron
 * @property {string} note
 * @property {number} [rev] counts the savings of this entry; set by the store
 */

const whole = (low, high) => ({
  rule: `must be a whole number from ${low} to ${high}`,
  holds: (value) => Number.isInteger(value) && value >= low && value <= high,
});
const text = (most) => ({
  rule: `must be text of at most ${most} letters`,
  holds: (value) => typeof value === "string" && value.length <= most,
});

/** Every field with its rule; `empty` is what an entry without it means (none: it must be there). */
const FIELDS = {
  night: { rule: "must be a date such as 2026-11-20", holds: isNight },
  score: whole(0, 10),
  lost: { ...whole(0, 900), empty: null },
  worst: { ...whole(0, 23), empty: null },
  used: {
    rule: `must be any of ${THINGS.map(([code]) => code).join(", ")}`,
    holds: (value) => Array.isArray(value) && value.every((code) => THINGS.some(([known]) => known === code)),
    empty: [],
  },
  minutes: { ...whole(0, 900), empty: null },
  change: { ...text(200), empty: "" },
  note: { ...text(1000), empty: "" },
};

/**
 * Version 1 of an entry said `massage: true, device: true`; version 2 lists what was used.
 * @param {object} old
 * @returns {object}
 */
export function upgradeEntry({ massage, device, ...rest }) {
  return { ...rest, used: [massage && "massage", device && "machine"].filter(Boolean), worst: null, change: "" };
}

/** A value as a message shows it: never long, whatever a file holds. */
function quoted(value) {
  if (value === undefined) return "nothing";
  if (value !== null && typeof value === "object") return Array.isArray(value) ? "a list" : "fields";
  return JSON.stringify(value).slice(0, 40);
}

/**
 * Checks one entry and fills its empty fields.
 * @param {*} raw
 * @returns {{entry: Entry, faults: string[]}} faults read "score: must be ...: found ..."
 */
function checkEntry(raw) {
  const faults = [];
  const entry = {};
  if (raw === null || typeof raw !== "object" || Array.isArray(raw)) {
    return { entry, faults: [`entry: must be a list of fields: found ${quoted(raw)}`] };
  }
  for (const [name, field] of Object.entries(FIELDS)) {
    const value = raw[name] ?? field.empty;
    if (value === field.empty && "empty" in field) entry[name] = structuredClone(value);
    else if (field.holds(value)) entry[name] = Array.isArray(value) ? [...new Set(value)] : value;
    else faults.push(`${name}: ${field.rule}: found ${quoted(value)}`);
  }
  return { entry, faults };
}

/** Tells that a file cannot be taken in. Nothing was changed. */
export class FileError extends Error {
  /** @param {string[]} faults one line each */
  constructor(faults) {
    super(faults[0]);
    this.faults = faults;
  }
}

/**
 * The diary as a JSON file, one night a line.
 * @param {Entry[]} entries
 * @param {object[]} trials
 * @returns {string}
 */
export function toJson(entries, trials) {
  const rows = (list) => list.map(({ rev, ...record }) => `\n    ${JSON.stringify(record)}`).join(",");
  return `{\n  "diary": "restless legs",\n  "version": ${VERSION},\n  "nights": [${rows(entries)}\n  ],\n`
    + `  "trials": [${rows(trials)}\n  ]\n}\n`;
}

/** A spreadsheet runs a cell that begins with one of these as a formula; a leading apostrophe makes it plain text. */
const FORMULA = /^['=+\-@\t\r]/;

/**
 * The diary as a CSV file for a spreadsheet.
 * @param {Entry[]} entries
 * @returns {string}
 */
export function toCsv(entries) {
  const cell = (value) => {
    const plain = Array.isArray(value) ? value.join(" ") : String(value ?? "");
    const safe = FORMULA.test(plain) ? `'${plain}` : plain;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const names = Object.keys(FIELDS);
  const rows = [names, ...entries.map((entry) => names.map((name) => entry[name]))].map((row) => `${row.map(cell).join(",")}\r\n`);
  return `\uFEFF${rows.join("")}`; // without this mark Excel garbles every letter beyond A to Z
}

/**
 * Reads a file that was exported here (JSON of any version, or CSV). All of it is good, or none is taken.
 * @param {string} content
 * @returns {{nights: Entry[], trials: object[]}}
 * @throws {FileError}
 */
export function readFile(content) {
  const trimmed = content.replace(/^\uFEFF/, "");
  const { rows, trials } = /^\s*(?:[{[]|null\b)/.test(trimmed) ? readJson(trimmed) : readCsv(trimmed);
  const faults = [];
  const seen = new Map();
  const nights = rows.map(({ where, raw }) => {
    const { entry, faults: found } = checkEntry(raw);
    faults.push(...found.map((fault) => `${where}, ${fault}`));
    if (seen.has(entry.night) && entry.night) faults.push(`${where}, night: ${entry.night} is there twice, first in ${seen.get(entry.night)}`);
    else seen.set(entry.night, where);
    return entry;
  });
  const ids = new Set();
  trials.forEach((trial, index) => {
    const fault = trialFault(trial) || (ids.has(trial.id) && "id: is there twice");
    if (fault) faults.push(`trial ${index + 1}, ${fault}`);
    ids.add(trial?.id);
  });
  if (faults.length) throw new FileError(faults);
  return { nights, trials: trials.map(bareTrial) };
}

/** @throws {FileError} */
function few(nights) {
  if (nights.length > MOST_NIGHTS) throw new FileError([`The file must hold at most ${MOST_NIGHTS} nights: found ${nights.length}`]);
}

function readJson(content) {
  let file;
  try {
    file = JSON.parse(content);
  } catch {
    throw new FileError(["The file is damaged or cut off: it is not whole JSON."]);
  }
  if (file?.diary !== "restless legs" || !Array.isArray(file.nights)) {
    throw new FileError(["This is not a diary from this site: it has no list of nights."]);
  }
  if (!Number.isInteger(file.version) || file.version < 1 || file.version > VERSION) {
    throw new FileError([`version: must be from 1 to ${VERSION}: found ${quoted(file.version)}. `
      + "A newer file needs a newer page: reload it while you are online."]);
  }
  few(file.nights);
  const isRecord = (raw) => raw !== null && typeof raw === "object";
  return {
    rows: file.nights.map((raw, index) => ({
      where: `entry ${index + 1}`, raw: file.version === 1 && isRecord(raw) ? upgradeEntry(raw) : raw,
    })),
    trials: Array.isArray(file.trials) ? file.trials : [],
  };
}

function readCsv(content) {
  const names = Object.keys(FIELDS);
  const [head, ...lines] = splitCsv(content);
  if (!head || head.cells.join() !== names.join()) {
    throw new FileError([`This is not a diary from this site. Line 1 must read: ${names.join(",")}`]);
  }
  few(lines);
  const rows = lines.map(({ line, cells }) => {
    if (cells.length !== names.length) {
      throw new FileError([`line ${line}: must have ${names.length} cells: found ${cells.length}`]);
    }
    const raw = Object.fromEntries(names.map((name, index) => {
      const value = cells[index].replace(/^'(?=['=+\-@\t\r])/, "");
      if (name === "used") return [name, value.split(" ").filter(Boolean)];
      if (["score", "lost", "worst", "minutes"].includes(name)) {
        return [name, value === "" ? undefined : /^\d+$/.test(value) ? Number(value) : value];
      }
      return [name, value];
    }));
    return { where: `line ${line}`, raw };
  });
  return { rows, trials: [] };
}

/** Cuts CSV into cells; a quoted cell may hold commas, quotes and line ends. */
function splitCsv(content) {
  const rows = [];
  let line = 1;
  let cells = [];
  let start = 1;
  let read = 0;
  for (const [whole, quoted, plain, end] of content.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy)) {
    read += whole.length;
    if (cells.length === 0) start = line;
    if (whole === "" && cells.length === 0) continue;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.split("\n").length - 1;
    if (end !== ",") {
      if (cells.length > 1 || cells[0] !== "") rows.push({ line: start, cells });
      cells = [];
    }
  }
  if (read < content.length) throw new FileError([`line ${line}: has a quotation mark too many or too few`]);
  return rows;
}

/**
 * @typedef {object} Trial
 * @property {string} id
 * @property {string} thing a code of THINGS
 * @property {string} label what is tested, in the reader's words
 * @property {string} start the first night
 * @property {Array<{treated: boolean, block: number}>} plan one per night
 * @property {?string} stopped the night on which it was given up
 */

/**
 * What is wrong with a trial that came in a file?
 * @param {*} trial
 * @returns {string} empty if nothing
 */
function trialFault(trial) {
  const good = trial && typeof trial.id === "string" && THINGS.some(([code]) => code === trial.thing)
    && /^[\w-]{1,60}$/.test(trial.id) && typeof trial.label === "string" && trial.label.length <= 60 && isNight(trial.start)
    && Array.isArray(trial.plan) && trial.plan.length > 0 && trial.plan.length <= 56
    && trial.plan.every((night) => typeof night?.treated === "boolean" && Number.isInteger(night.block))
    && (trial.stopped === null || isNight(trial.stopped));
  return good ? "" : "must have an id, a thing, a label, a start, a plan and stopped, as this site writes them";
}

/** A trial with its own fields and no others: what else a file holds is not kept. */
const bareTrial = ({ id, thing, label, start, plan, stopped }) => ({
  id, thing, label, start, plan: plan.map(({ treated, block }) => ({ treated, block })), stopped,
});

/**
 * Where a trial stands, from what the diary says about its nights. Nights from `stopped` on do not count.
 * @param {Trial} trial
 * @param {Entry[]} entries
 * @param {string} tonight the night that is going on: it and later ones have not come yet
 * @returns {{nights: Array<{night: string, treated: boolean, come: boolean, entry: ?Entry}>, over: boolean,
 *   missing: number, strayed: number, scored: Array<{score: number, treated: boolean, block: number}>}} `strayed`: nights
 *   on which the reader ticked something else than what the coin said
 */
export function standing(trial, entries, tonight) {
  const byNight = new Map(entries.map((entry) => [entry.night, entry]));
  const nights = trial.plan.map((toss, index) => {
    const night = addNights(trial.start, index);
    const counts = trial.stopped === null || night < trial.stopped;
    return { ...toss, night, counts, come: night < tonight, entry: (counts && byNight.get(night)) || null };
  });
  const written = nights.filter(({ entry }) => entry);
  return {
    nights,
    over: trial.stopped !== null || nights.every(({ come, entry }) => come || entry),
    missing: nights.filter(({ counts, come, entry }) => counts && come && !entry).length,
    strayed: written.filter(({ entry, treated }) => entry.used.includes(trial.thing) !== treated).length,
    scored: written.map(({ entry, treated, block }) => ({ score: entry.score, treated, block })),
  };
}
