/**
 * The search dialog. Nothing of it is loaded before a reader opens it: then this script, its styles, and the index with
 * all words (search-index.json, made by the build). The finding itself is in find.js.
 */

import { el, plural, show } from "./dom.js";
import { YOUNG, distance, find, prepare } from "./find.js";

const ROOT = new URL("..", import.meta.url);
const CERTAINTY = ["", "very low", "low", "moderate", "high"];
const VERDICT = ["Supported", "Partly supported", "Not proven", "Contradicted"];
const LEAST = 0.12; // a score below this is a chance likeness
const LONGEST = 200; // letters of a query: more would keep a slow phone busy
const LONG = 6; // letters of a word that may be mistyped and still warns
const TELLING = 4; // letters of a word that tell which sign is meant: "leg" stands in most
const QUIET = 500; // milliseconds without typing before the count is spoken

let index;
let begin; // fetches the index, again where it did not come

/**
 * Fills the dialog, the first time, and shows it. With `?q=` in the address that query is looked up.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<void>} settled once the reader can type; rejects when the styles do not come
 */
export async function open(dialog) {
  if (!dialog.firstChild) {
    await styles();
    build(dialog);
  }
  if (!index) begin();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}

function styles() {
  return new Promise((resolve, reject) => {
    const address = new URL("search.css", import.meta.url).href;
    document.head.append(el("link", { rel: "stylesheet", href: address, on: { load: resolve, error: reject } }));
  });
}

function build(dialog) {
  const input = el("input", {
    type: "search", id: "search-words", name: "q", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    maxlength: LONGEST, enterkeyhint: "go", autofocus: true, "aria-describedby": "search-help",
  });
  const status = el("p", { class: "search__status", role: "status" });
  const results = el("div", { class: "search__results" });
  const form = el("form", { role: "search", class: "search__form", method: "dialog" },
    el("label", { for: "search-words" }, "Search in your own words"),
    el("div", { class: "search__line" }, input,
      el("button", { type: "button", class: "search__close", on: { click: () => dialog.close() } }, "Close")),
    el("p", { id: "search-help", class: "visually-hidden" }, "Results appear as you type. Move through them with the arrow keys."));
  // Nobody can list all the words of a fright: the way to the numbers is always there.
  const help = el("p", { class: "search__help" }, "Something sudden or frightening, or dark thoughts? ",
    el("a", { href: address(NUMBERS) }, "Numbers to call"));
  show(dialog, form, help, status, results);

  let timer;
  const say = (...said) => {
    clearTimeout(timer);
    timer = setTimeout(() => show(status, ...said), QUIET);
  };
  const look = () => {
    if (!index) return;
    const query = input.value;
    const alarms = query.trim() ? warnings(query) : [];
    const despair = alarms[0]?.matches(".search__alarm--crisis");
    const found = (query.trim() ? find(index, query) : []).filter(({ score, address }) => score >= LEAST
      && !(despair && address.endsWith("#end-of-life")) // a hospice is no answer to "I want to end it"
      && !(alarms.length && SOOTHING.test(address)));
    const first = alarms.length > 0 && el("span", { class: "visually-hidden" }, "Numbers to call stand above the results. ");
    if (found.length) {
      show(results, ...alarms, list(found));
      say(first, plural(found.length, "result"), el("span", { class: "visually-hidden" }, `. First: ${found[0].title}`));
    } else {
      show(results, ...alarms, ...ways(query.trim()));
      say(first, query.trim() ? "Nothing found. Some ways on follow." : "");
    }
  };
  input.addEventListener("input", look);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
    const call = results.querySelector(".search__alarm a");
    if (call) call.focus({ preventScroll: true }); // a danger sign: nothing leads past it
    else results.querySelector(".search__list a")?.click();
  });
  dialog.addEventListener("keydown", (event) => keys(event, dialog, input, results));
  dialog.addEventListener("click", ({ target, clientX, clientY }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const beside = target === dialog && (clientX < left || clientX > right || clientY < top || clientY > bottom);
    if (beside || target.closest?.("a:not([href^=tel])")) dialog.close();
  });

  input.value = new URLSearchParams(location.search).get("q")?.slice(0, LONGEST) ?? "";
  begin = () => {
    show(status, "One moment.");
    load().then(() => {
      show(status);
      look();
    }, () => show(status, "The search could not be loaded. Open it again when you are online, or use the menu."));
  };
}

async function load() {
  const answer = await fetch(new URL("search-index.json", import.meta.url));
  if (!answer.ok) throw new Error(`search index: ${answer.status}`);
  index = prepare(await answer.json());
}

/** Arrows walk through field and links, Home and End go to the first and last, typing goes on in the field. */
function keys(event, dialog, input, results) {
  const stops = [input, ...results.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, ...(at > 0 && { Home: 1, End: stops.length - 1 }) }[event.key];
  if (event.key === "Escape") {
    event.preventDefault(); // the field would only empty itself
    dialog.close();
  } else if (to !== undefined && at >= 0) {
    event.preventDefault();
    stops[Math.min(Math.max(to, 0), stops.length - 1)].focus();
  } else if (at > 0 && (event.key.length === 1 || event.key === "Backspace") && !event.ctrlKey && !event.metaKey && !event.altKey) {
    input.focus();
  }
}

/** What says how to walk, stretch, rub or warm: no answer to a sign of danger. Their pages on safety are. */
const SOOTHING = /^(?:alongside|tools|evidence\/(?:more-trials|studies)|(?:tonight|massage|leg-massagers)(?!\/safety)|questions\/(?:how-to-rub|using-a-massager(?!\/#after)|oils-soap-and-socks|awake-now(?!\/#(?:help|already|painkiller|taken|drinks))))\//;

/** Where the numbers to call stand. */
const NUMBERS = "tonight/safety-check/#numbers-to-call";

const address = (path) => new URL(path, ROOT).href;

function list(found) {
  return el("ol", { class: "search__list" }, ...found.map((result) => el("li", {},
    result.page && el("p", { class: "search__page" }, result.page),
    el("a", { href: address(result.address) }, result.title),
    el("p", {}, result.text),
    result.certainty > 0 && el("p", { class: "search__sure" },
      result.verdict >= 0 && `${VERDICT[result.verdict]}. `, `Certainty: ${CERTAINTY[result.certainty]}`))));
}

/** Where to go when nothing was found, or nothing asked yet: the doors of the home page, and when to see a doctor. */
function ways(query) {
  const doctor = index.doors.find(([path]) => path.includes("doctor")) || index.doors[0];
  return [
    query && el("p", { class: "search__none" }, `Nothing found for “${query}”. Try other words, or choose a door.`),
    el("ul", { class: "search__doors" }, ...index.doors.map(([path, words]) => el("li", {}, el("a", { href: address(path) }, words)))),
    query && safety("search__doctor", doctor),
  ];
}

/** Lists that hold the beginnings of words. */
const BEGINNINGS = ["crisis", "overdose"];

/** Words between those that tell: "my leg has gone all white" is "leg white". */
const BETWEEN = /\b(?:is|are|was|were|has|have|had|gone|went|turned|up|my|the|and|a|an|very|so|really|all|of|feels|looks|getting|got|been|just) (?=.)/g;

/** As many tablets as nobody takes at once, and no dose in milligrams. */
const MANY = /\b(?:[5-9]|1\d|2[0-4])\b(?! ?(?:mg|mcg|ml|weeks?|wks?|months?|years?|yrs?|am|pm|min|hours?|days?|times))/g;

/** Who falls asleep has not fallen, and "right now" is not the right leg. */
const NO_FALL = /\b(?:f[ae]ll(?:ing|en|s)? (?:back )?(?:asleep|to sleep)|right (?:now|away))\b/g;

/**
 * What must stand above everything: the line for thoughts of ending one's life, when to call, or who must get help today.
 * A long word counts with a slip of the finger too: these are typed in haste, and a line too many harms nobody.
 * Who took too much may need two: somebody to tell, and the signs to call for.
 */
function warnings(query) {
  const said = ` ${YOUNG.test(query) ? "child " : ""}${query.toLowerCase().replace(/['’]/g, "").replace(MANY, " many ").replace(/[^a-z]+/g, " ").replace(NO_FALL, " ")} `;
  const bare = said.replace(BETWEEN, "");
  const typed = said.trim().split(" ").filter((word) => !index.harmless.includes(word));
  // A word of the site's own is no slip into another: "light" is no "flight", but "breaths" is a breath.
  const slip = (listed) => listed.length >= LONG && typed.some((word) => distance(word, listed, 1) <= 1
    && (!index.words.has(word) || word.startsWith(listed) || listed.startsWith(word)));
  const has = (words) => words.split(" ").some((word) => typed.includes(word) || slip(word));
  const told = index.warnings.map((one) => {
    const end = BEGINNINGS.includes(one.name) ? "" : " ";
    return [one, [...one.words.filter((words) => said.includes(` ${words}${end}`) || bare.includes(` ${words}${end}`) || slip(words)),
      ...one.together.filter((groups) => groups.every(has)).map((groups) => groups.join(" "))]];
  }).filter(([, hits]) => hits.length);
  if (!told.length) return [];
  // "Pregnant, bleeding" is for the maternity unit; with any other word of an emergency it is not.
  const maternity = told.find(([one]) => one.name === "maternity");
  const known = maternity ? ` ${maternity[0].together.flat().join(" ")} ` : "";
  const [first, second] = told.map(([one]) => one).filter((one, place) => !(maternity && one.name === "alarm" && told[place][1].every((words) => known.includes(` ${words} `))));
  const two = BEGINNINGS.includes(first.name) && ["overdose", "alarm"].includes(second?.name);
  return (two ? [first, second] : [first]).map((one) => box(one, typed));
}

/** One warning as a box: its head, its signs with the one that was typed first, what comes after them, and where it leads. */
function box(one, typed) {
  const named = (text) => typed.filter((word) => word.length >= TELLING && ` ${text.toLowerCase()}`.includes(` ${word.slice(0, TELLING)}`)).length;
  // The sign that was typed stands first, and where two fit, a clot, the first of its list; the words for despair are sentences, and keep their order.
  const fits = (item) => named(item) + (one.name === "today" && item === one.items[0]);
  const items = one.name === "crisis" ? one.items : [...one.items].sort((a, b) => fits(b) - fits(a));
  return el("section", { class: `search__alarm search__alarm--${one.name}` },
    el("p", {}, ...dialled(one.head)),
    el("ul", {}, ...items.map((item) => el("li", {}, ...dialled(item)))),
    ...one.after.map((line) => el("p", {}, ...dialled(line))),
    el("p", {}, ...one.doors.flatMap(([path, words]) => [el("a", { href: address(path) }, words), " "])));
}

/** A text whose emergency numbers can be tapped. */
const dialled = (text) => text.split(/\b(999|112|911|000|988)\b/).map((part, place) => (place % 2 ? el("a", { href: `tel:${part}` }, part) : part));

/** The safety line with the door of the safety check, and another after it. */
function safety(name, other) {
  const check = index.doors.find(([path]) => path.includes("safety")) || index.doors[0];
  return el("section", { class: name }, el("p", {}, index.safety),
    el("p", {}, ...[check, other].flatMap(([path, words]) => [el("a", { href: address(path) }, words), " "])));
}
