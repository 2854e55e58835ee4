/** The personal trial: one thing, some weeks, a coin for every night, and a plain result. Entries are shared with the diary. */

import { dotPlot, table } from "./chart.js";
import { button, el, plural, show } from "./dom.js";
import { changer, choices, download, printOnly, speaker } from "./parts.js";
import { standing, thingInWords } from "./entries.js";
import { nightForm } from "./night-form.js";
import { addNights, lastNight, nightInWords, onNewNight, tonight } from "./nights.js";
import { assign, compare, resultInWords } from "./statistics.js";
import { openStore } from "./store.js";

/** What the planner offers by name; the rest is the reader's own words. */
const CODES = ["massage", "machine", "stretch", "warm-cold"];

/**
 * A calendar file with one evening reminder a night, at the reader's own local time.
 * @param {import("./entries.js").Trial} trial
 * @param {string} hour 20:00
 * @param {Date} now
 * @param {string} rule the safety line: a reminder is read far from the page
 * @returns {string}
 */
export function toCalendar(trial, hour, now, rule) {
  const compact = (text) => text.replaceAll(/[-:]/g, "");
  const escaped = (text) => text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r\n|[\r\n]/g, "\\n");
  const stamp = `${compact(now.toISOString()).slice(0, 15)}Z`;
  const late = hour < "06:00" ? 1 : 0; // after midnight it is still the same night, but the next date
  const events = trial.plan.flatMap(({ treated }, index) => [
    "BEGIN:VEVENT",
    `UID:${trial.id}-${index}@restless-legs`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${compact(addNights(trial.start, index + late))}T${compact(hour)}00`,
    "DURATION:PT15M",
    `SUMMARY:Tonight ${treated ? "with" : "without"} ${escaped(trial.label)}`,
    `DESCRIPTION:${escaped(rule)}`,
    "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(rule)}`, "TRIGGER:PT0S", "END:VALARM",
    "END:VEVENT",
  ]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//restless legs//trial//EN", ...events, "END:VCALENDAR"]
    .map((line) => `${fold(line)}\r\n`).join("");
}

/** Calendar files allow 75 bytes a line; longer ones go on after a line end and a space. */
function fold(line) {
  const encoder = new TextEncoder();
  let folded = "";
  let bytes = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (bytes + size > 75) {
      folded += "\r\n ";
      bytes = 1;
    }
    folded += letter;
    bytes += size;
  }
  return folded;
}

async function start(root) {
  show(root, el("p", {}, "One moment."));
  const store = await openStore();
  const { node: message, say } = speaker();
  const form = nightForm(store);
  const top = el("div");
  const entry = el("div", {}, el("h3", {}, "Write down a night"), form.node);
  const bottom = el("div");
  let hour = "20:00";

  const change = changer(store, say);

  const running = () => store.trials().filter((trial) => !standing(trial, store.nights(), tonight()).over);

  // Made once: another tab's change, or a new night, takes nothing that was filled in.
  const ownWords = el("p", { class: "own-words", hidden: true }, el("label", {}, "In a few words. Not a medicine, and not iron.",
    el("input", { type: "text", name: "label", maxlength: 40 })));
  const firstNights = el("div");
  const toss = el("button", { type: "submit", class: "button button--main" });
  const planner = el("form", { class: "planner", autocomplete: "off", on: { submit: async (event) => {
    event.preventDefault();
    const data = new FormData(planner);
    const thing = data.get("thing");
    const label = thing === "other" ? data.get("label").trim() : thingInWords(thing);
    const field = planner.elements.label;
    ownWords.querySelector(".error")?.remove();
    field.removeAttribute("aria-describedby");
    if (!label) {
      ownWords.prepend(el("span", { class: "error", id: "fault-label" }, "Say what you want to test."));
      field.setAttribute("aria-describedby", "fault-label");
      field.focus();
      return;
    }
    const trial = {
      id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), thing, label, start: data.get("start"), stopped: null,
      plan: assign(7 * Number(data.get("weeks"))),
    };
    if (await change([{ kind: "trials", key: trial.id, record: trial, rev: 0 }], "The coin is tossed. Your plan is below.")) {
      planner.reset();
      ownWords.hidden = true;
    }
  }, change: ({ target }) => {
    if (target.name === "thing") ownWords.hidden = target.value !== "other";
    drawToss();
  }, reset: () => setTimeout(drawToss) } },
  choices({
    legend: "What do you want to test?", name: "thing", chosen: ["massage"],
    choices: [...CODES.map((code) => [code, thingInWords(code)]), ["other", "something else"]],
  }),
  ownWords,
  choices({ legend: "For how long?", name: "weeks", chosen: [4], choices: [2, 3, 4, 5, 6].map((weeks) => [weeks, plural(weeks, "week")]) }),
  firstNights, toss);

  /** The button says what a tap begins. */
  function drawToss() {
    const data = new FormData(planner);
    const thing = data.get("thing");
    show(toss, `Toss the coin: ${thing === "other" ? "something else" : thingInWords(thing)}, ${plural(data.get("weeks"), "week")}`);
  }

  function drawFirstNights() {
    const now = tonight();
    // A night that has its score already cannot be tossed for.
    const first = store.data.nights.has(now) ? addNights(now, 1) : now;
    const offered = [first, addNights(first, 1)];
    const chosen = planner.elements.start?.value;
    show(firstNights, choices({
      legend: "Which is the first night?", name: "start", chosen: [offered.includes(chosen) ? chosen : first],
      choices: offered.map((night) => [night, night === now ? `Tonight, ${nightInWords(night)}` : nightInWords(night)]),
    }));
  }

  function tonightCard(trial) {
    const { nights, missing, scored } = standing(trial, store.nights(), tonight());
    const now = nights.find(({ night }) => night === tonight());
    const gone = nights.filter(({ come }) => come).length;
    return el("section", { class: "tonight" },
      el("p", {}, now ? `Tonight, ${nightInWords(now.night)}:` : `The first night with or without ${trial.label} is ${nightInWords(trial.start)}.`),
      now && el("p", { class: "tonight__coin" }, `${now.treated ? "With" : "Without"} ${trial.label}`),
      el("progress", { value: gone, max: nights.length, "aria-label": "Nights gone by" }),
      el("p", {}, `${gone} of ${nights.length} nights gone by, ${scored.length} written down`, missing > 0 && `, ${missing} missing`, ". "
        + `The result comes on ${nightInWords(addNights(trial.start, nights.length))}.`),
      trial.start > lastNight() && el("p", {}, "Come back on the morning after the first night, and write it down here."));
  }

  function planSection(trial) {
    const plan = planTable(trial, standing(trial, store.nights(), tonight()).nights);
    return [
      el("h3", {}, running().length > 1 ? `Your plan: ${trial.label}` : "Your plan"),
      el("form", { class: "pickers", autocomplete: "off", on: { submit: (event) => {
        event.preventDefault();
        download("trial.ics", "text/calendar", toCalendar(trial, new FormData(event.target).get("hour"), new Date(), safetyLine()));
      } } },
      el("p", {}, el("label", {}, "Remind me at", el("input", {
        type: "time", name: "hour", value: hour, required: true, on: { input: ({ target }) => { hour = target.value; } },
      }))),
      el("p", { class: "buttons" },
        el("button", { type: "submit", class: "button" }, "Calendar file with reminders"),
        button("Print the plan", () => printOnly(plan)))),
      el("details", {}, el("summary", {}, "See every night of the plan"), plan),
      el("h3", {}, running().length > 1 ? `Stop early: ${trial.label}` : "Stop early"),
      el("p", {}, "You may stop at any time. What you have written stays, and you see the result so far."),
      el("p", { class: "buttons" }, button("Stop this trial", () => {
        const { rev } = trial;
        change([{ kind: "trials", key: trial.id, record: { ...trial, stopped: addNights(tonight(), store.data.nights.has(tonight()) ? 1 : 0) }, rev }], "The trial is stopped.");
      })),
    ];
  }

  function result(trial) {
    const { nights, missing, strayed, scored } = standing(trial, store.nights(), tonight());
    const words = scored.length ? resultInWords(compare(scored), trial.label) : ["No night of this trial was written down, so there is no result."];
    const notes = [
      trial.stopped && `You stopped before ${nightInWords(trial.stopped)}. The trial has ${scored.length} of ${nights.length} nights. A result that was looked at early is less sure.`,
      missing && `${plural(missing, "night")} without an entry ${missing === 1 ? "is" : "are"} left out.`,
      strayed && `On ${plural(strayed, "night")} what you ticked is not what the coin said. They count as the coin fell: that keeps the test fair.`,
    ].filter(Boolean);
    const card = el("section", { class: "result" },
      el("h3", {}, `Result: ${trial.label}, from ${nightInWords(trial.start, true)}`),
      el("p", { class: "result__answer" }, words[0]),
      ...words.slice(1).map((text) => el("p", {}, text)),
      ...notes.map((text) => el("p", {}, text)),
      scored.length > 0 && dotPlot(scored, trial.label),
      el("details", {}, el("summary", {}, "Every night of this trial"), planTable(trial, nights)));
    return [card, el("p", { class: "buttons" },
      button("Print this result", () => printOnly(card)),
      button("Delete this trial", () => change([{ kind: "trials", key: trial.id, record: null, rev: trial.rev }], "The trial is deleted. Your nights stay in the diary.")))];
  }

  function draw() {
    const now = running(); // one, or with a file from another device more
    const ended = store.trials().filter((trial) => !now.includes(trial)).reverse();
    // A night from before the trial does not count in it: nothing is asked for until the first has come.
    entry.hidden = !now.some((trial) => trial.start <= lastNight());
    show(top, store.problem && el("div", { class: "banner" }, el("p", {}, store.problem)),
      now.length > 1 && el("p", {}, "More than one trial at once blurs the result. Keep one, and stop the others."), ...now.map(tonightCard));
    // A trial that has ended is what the reader came for: its result stands before the next plan.
    const newest = now.length ? [] : ended.splice(0, 1);
    show(bottom,
      ...newest.flatMap(result),
      ...(now.length ? now.flatMap(planSection) : [el("h3", {}, newest.length ? "Start another trial" : "What to test"), planner]),
      ...ended.flatMap(result));
  }

  store.onChange(() => {
    say("");
    drawFirstNights();
    draw();
  });
  onNewNight(() => {
    drawFirstNights();
    draw();
  });
  drawFirstNights();
  drawToss();
  draw();
  show(root, message, top, entry, bottom);
}

function planTable(trial, nights) {
  return table(["Night", "The coin says", "Score"], nights.map(({ night, treated, entry }) => [
    nightInWords(night), treated ? "with" : "without", entry ? entry.score : "",
  ]), `${trial.label}: score each night from 0, calm, to 10, as bad as it gets. ${safetyLine()}`);
}

/** The page's safety line, in words alone. */
function safetyLine() {
  const line = document.querySelector(".safety-line")?.cloneNode(true);
  for (const source of line?.querySelectorAll("sup") ?? []) source.remove();
  return line?.textContent ?? "";
}

const root = document.querySelector("[data-tool=trial]");
if (root) start(root);
