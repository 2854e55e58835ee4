/** The diary: one entry a night, a list, a chart, a page for the doctor, and the reader's hand on the data. */

import { nightChart, table } from "./chart.js";
import { button, el, plural, show } from "./dom.js";
import { changer, choices, copyUnder, download, printOnly, speaker } from "./parts.js";
import { FileError, readFile, standing, THINGS, thingInWords, toCsv, toJson } from "./entries.js";
import { entryInWords, hour, nightForm, time } from "./night-form.js";
import { addNights, lastNight, nightInWords, nightsBetween, onNewNight, tonight } from "./nights.js";
import { compare, median, resultInWords } from "./statistics.js";
import { openStore } from "./store.js";

/** Changes of medicine or iron on the page for the doctor: the latest. */
const CHANGES = 8;

/** Nights listed at first. */
const PAGE = 7;

/** The nights of the last weeks. */
function lastWeeks(entries, weeks) {
  const newest = entries.at(-1)?.night ?? "";
  const to = newest > lastNight() ? newest : lastNight();
  const from = addNights(to, 1 - weeks * 7);
  return { from, to, shown: entries.filter(({ night }) => night >= from) };
}

/** The words for a clock that stands earlier than what was saved, or "". */
function clockWarning(entries) {
  const newest = entries.at(-1)?.night;
  if (!newest || newest <= tonight()) return "";
  return `The clock of this device says ${nightInWords(tonight(), true)}, but your diary goes on to ${nightInWords(newest, true)}. `
    + "Nothing is lost. Set the clock right, or choose the date of each night yourself.";
}

/**
 * What a doctor asks, worked out from the diary.
 * @param {Array<import("./entries.js").Entry>} entries within the weeks shown
 * @param {string} from
 * @param {string} to
 * @returns {{facts: string[][], tried: Array<Array<string|number>>, changes: string[][]}} rows of tables
 */
function summarise(entries, from, to) {
  const scores = entries.map(({ score }) => score);
  const bad = scores.filter((score) => score > 0).length;
  const lost = entries.map((entry) => entry.lost).filter((minutes) => minutes !== null);
  const hours = new Map();
  for (const { worst } of entries) if (worst !== null) hours.set(worst, (hours.get(worst) ?? 0) + 1);
  const [worst] = [...hours].sort((a, b) => b[1] - a[1]);
  const few = entries.length < 7;
  return {
    facts: [
      ["Nights written down", `${entries.length} of ${nightsBetween(from, to) + 1}`],
      ["Nights with restless legs", `${bad} of ${entries.length}` + (few ? "" : `, about ${Math.round((bad / entries.length) * 7)} a week`)],
      ["Score, 0 to 10", scores.length ? `middle ${median(scores)}, from ${Math.min(...scores)} to ${Math.max(...scores)}` : "none"],
      ["Sleep lost", lost.length ? `middle ${time(median(lost))}, most ${time(Math.max(...lost))}, on ${plural(lost.length, "night")}` : "not written down"],
      ["Worst hour", worst ? `most often around ${hour(worst[0])} (${plural(worst[1], "night")})` : "not written down"],
    ],
    tried: THINGS.map(([code, words]) => {
      const [used, not] = [true, false].map((kind) => entries.filter((entry) => entry.used.includes(code) === kind).map(({ score }) => score));
      return used.length && [words, `${plural(used.length, "night")}, middle ${median(used)}`,
        not.length ? `${plural(not.length, "night")}, middle ${median(not)}` : "no nights"];
    }).filter(Boolean),
    changes: entries.filter(({ change }) => change).slice(-CHANGES).map(({ night, change }) => [nightInWords(night, true), change]),
  };
}

async function start(root) {
  show(root, el("p", {}, "One moment."));
  const store = await openStore();
  const form = nightForm(store);
  const { node: message, say } = speaker();
  const banner = el("div", { class: "banner" });
  const list = el("div");
  const chart = el("div");
  const summary = el("section", { class: "summary" });
  let weeks = 4;
  let thing = "massage";
  let listed = PAGE;

  const change = changer(store, say);

  function drawBanner() {
    const warnings = [store.problem, clockWarning(store.nights())].filter(Boolean);
    show(banner, ...warnings.map((text) => el("p", {}, text)));
  }

  function drawList() {
    const nights = store.nights().reverse();
    weekly.hidden = nights.length === 0;
    show(list, nights.length === 0 && el("p", { class: "empty" }, "No nights yet. The first one goes in above."),
      nights.length > 0 && el("ul", { class: "nights" }, ...nights.slice(0, listed).map((entry) => el("li", {},
        el("p", {}, el("strong", {}, nightInWords(entry.night)), ` ${entryInWords(entry)}`),
        el("p", { class: "buttons" },
          button("Edit", () => form.open(entry.night), { "aria-label": `Edit ${nightInWords(entry.night)}` }),
          button("Delete", () => change([{ kind: "nights", key: entry.night, record: null, rev: entry.rev }], `Deleted: ${nightInWords(entry.night)}.`),
            { "aria-label": `Delete ${nightInWords(entry.night)}` }))))),
      nights.length > listed && button(`Show older nights (${nights.length - listed})`, () => {
        const next = listed;
        listed += 4 * PAGE;
        drawList();
        list.querySelectorAll("li")[next].querySelector("button").focus();
      }));
  }

  function drawChart() {
    const { from, to, shown } = lastWeeks(store.nights(), weeks);
    show(chart, shown.length > 0 ? nightChart(shown, from, to, thing, thingInWords(thing))
      : el("p", {}, "You have no nights in these weeks. Look further back."));
  }

  function drawSummary() {
    const { from, to, shown } = lastWeeks(store.nights(), weeks);
    const { facts, tried, changes } = summarise(shown, from, to);
    const trials = store.trials().filter((trial) => addNights(trial.start, trial.plan.length - 1) >= from).flatMap((trial) => {
      const { over, scored } = standing(trial, store.nights(), tonight());
      return over && scored.length ? [el("p", {}, `${trial.label}: ${resultInWords(compare(scored), trial.label).join(" ")}`)] : [];
    });
    const questions = el("div", {}, ...copyUnder("questions-for-your-visit")).querySelector("ul");
    show(summary,
      el("h3", {}, "My restless legs: a page for my doctor"),
      table([], facts, `${nightInWords(from, true)} to ${nightInWords(to, true)}. My own score: 0 is calm, 10 is as bad as it gets.`, "Summary"),
      tried.length > 0 && table(["What I tried", "With it", "Without it"], tried),
      trials.length > 0 && el("h4", {}, "Tested by coin"), ...trials,
      changes.length > 0 && table(["Night", "Medicine or iron"], changes),
      questions && el("h4", {}, "My questions"), questions);
  }

  function drawAll() {
    drawBanner();
    drawList();
    drawChart();
    drawSummary();
  }

  const pickers = el("form", { class: "pickers", autocomplete: "off", on: {
    change: ({ target }) => {
      if (target.name === "weeks") weeks = Number(target.value);
      else thing = target.value;
      drawChart();
      drawSummary();
    },
  } },
  choices({ legend: "How far back?", name: "weeks", choices: [[4, "4 weeks"], [12, "12 weeks"], [52, "52 weeks"]], chosen: [weeks] }),
  el("p", {}, el("label", {}, "Compare nights with", el("select", { name: "thing" },
    ...THINGS.map(([code, words]) => el("option", { value: code }, words))))));

  const weekly = el("section", {}, el("h3", {}, "Your weeks"), pickers, chart, summary,
    el("p", { class: "buttons" }, button("Print this page for my doctor", () => printOnly(summary))));
  const data = dataSection(store);
  store.onChange((elsewhere) => {
    drawAll();
    say(elsewhere ? "Brought up to date from another tab." : "");
  });
  onNewNight(drawAll);
  drawAll();
  show(root, banner,
    el("h3", {}, "Write down a night"), form.node,
    el("h3", {}, "Your nights"), message, list,
    weekly,
    el("h3", {}, "Your data"), data);
}

/** "2 nights, 1 trial and 3 pages", without what there is none of. */
const counted = (...parts) => new Intl.ListFormat("en-GB").format(parts.filter(Boolean));

/** Export, import, delete all. What they did is said, and can be undone, where it was pressed. */
function dataSection(store) {
  const today = () => addNights(lastNight(), 1);
  const { node: result, say: tell } = speaker();
  const change = changer(store, tell);
  const removeAll = () => [
    ...store.nights().map(({ night }) => ({ kind: "nights", key: night, record: null })),
    ...store.trials().map(({ id }) => ({ kind: "trials", key: id, record: null })),
  ];

  function askDelete() {
    const edits = removeAll();
    if (!edits.length) return tell("There is nothing to delete.");
    const [nights, trials] = [store.nights().length, store.trials().length];
    return tell(`Delete all ${counted(nights && plural(nights, "night"), trials && plural(trials, "trial"))} from this device?`,
      el("p", { class: "buttons" },
        button("Yes, delete everything", async () => {
          const undo = await change(removeAll(), "Everything is deleted.");
          return undo && tell("Everything is deleted. Until you leave this page you can undo it here, also after a new night.",
            el("p", { class: "buttons" }, button("Undo the deletion", async () => {
              // A night written since stays: each edit fits only a place that is still empty.
              const free = undo.filter(({ kind, key }) => !store.data[kind].has(key)).map((edit) => ({ ...edit, rev: 0 }));
              if (!free.length) tell("There is nothing left to bring back.");
              else await change(free, free.length === undo.length ? "Your diary is back." : "Your diary is back, but a night that you wrote anew stays as it is now.", true);
            })));
        }),
        button("No, keep it", () => tell("Nothing was deleted."))));
  }

  function take(file) {
    const mine = new Map(store.nights().map((entry) => [entry.night, entry]));
    const plain = ({ rev, ...entry }) => JSON.stringify(entry, Object.keys(entry).sort());
    const fresh = file.nights.filter(({ night }) => !mine.has(night));
    const differ = file.nights.filter((entry) => mine.has(entry.night) && plain(mine.get(entry.night)) !== plain(entry));
    // A trial that was stopped on the other device is over here as well.
    const trials = file.trials.filter(({ id, stopped }) => !store.data.trials.has(id) || (stopped && store.data.trials.get(id).stopped === null));
    const put = async (nights) => {
      await change([
        // Each fits only the diary that was looked at: a night written since is not overwritten.
        ...nights.map((entry) => ({ kind: "nights", key: entry.night, record: entry, rev: mine.get(entry.night)?.rev ?? 0 })),
        ...trials.map((trial) => ({ kind: "trials", key: trial.id, record: trial, rev: store.data.trials.get(trial.id)?.rev ?? 0 })),
      ], `Taken in: ${counted(nights.length && plural(nights.length, "night"), trials.length && plural(trials.length, "trial"))}.`);
    };
    if (!fresh.length && !differ.length && !trials.length) return tell("Nothing new: all nights of this file are in your diary.");
    const has = counted(fresh.length && plural(fresh.length, "new night"), trials.length && plural(trials.length, "trial"),
      differ.length && `${plural(differ.length, "night")} that you have written differently`);
    return tell(`The file is sound. It has ${has}.`,
    el("p", { class: "buttons" },
      button(differ.length ? "Add the new, keep mine" : "Add them", () => put(fresh)),
      differ.length > 0 && button("Add the new, replace mine", () => put([...fresh, ...differ])),
      button("Leave my diary as it is", () => tell("Nothing was changed."))));
  }

  const input = el("input", { type: "file", id: "import-file", accept: ".json,.csv,application/json,text/csv", on: {
    change: async () => {
      const [file] = input.files;
      if (!file) return;
      try {
        if (file.size > 5e6) throw new FileError(["The file is larger than 5 MB, so it is not a diary from this site."]);
        take(readFile(await file.text()));
      } catch (error) {
        const faults = error instanceof FileError ? error.faults : ["The browser could not read this file."];
        tell(`Nothing was changed. The file has ${plural(faults.length, "fault")}:`,
          el("ul", {}, ...faults.slice(0, 10).map((fault) => el("li", {}, fault))),
          faults.length > 10 && el("p", {}, `And ${faults.length - 10} more.`));
      }
      input.value = "";
    },
  } });

  return el("div", {},
    el("p", { class: "buttons" },
      button("Export for this diary (JSON)", () => download(`restless-legs-diary-${today()}.json`, "application/json", toJson(store.nights(), store.trials()))),
      button("Export for a spreadsheet (CSV)", () => download(`restless-legs-diary-${today()}.csv`, "text/csv", toCsv(store.nights())))),
    el("p", {}, el("label", { for: "import-file" }, "Bring in a file that was exported here"), input),
    el("p", { class: "buttons" }, button("Delete everything", askDelete, { class: "button button--delete" })),
    result);
}

const root = document.querySelector("[data-tool=diary]");
if (root) start(root);
