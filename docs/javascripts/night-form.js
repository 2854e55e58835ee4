/** The form for one night. The diary and the trial share it. */

import { button, el, show } from "./dom.js";
import { choices, doubleTap, speaker } from "./parts.js";
import { THINGS, thingInWords } from "./entries.js";
import { addNights, isNight, lastNight, nightInWords, onNewNight, tonight } from "./nights.js";

const LOST = [0, 15, 30, 60, 90, 120, 180];
const MINUTES = [5, 10, 15, 20, 30, 45, 60];
const SCORES = Array.from({ length: 11 }, (_, score) => [score, score]);

/** A length of time in words: 45 min, 1 h 30. @param {number} minutes @returns {string} */
export const time = (minutes) => {
  if (minutes < 60) return minutes === 0 ? "None" : `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60 || ""}`.trim();
};
/** An hour of the day: 02:00. @param {number} number @returns {string} */
export const hour = (number) => `${String(number).padStart(2, "0")}:00`;
const HOURS = Array.from({ length: 24 }, (_, index) => (index + 18) % 24);

/** Round numbers to press, and the saved number if it is not one of them. */
const numbers = (list, saved) => [...new Set([...list, ...(saved === null ? [] : [saved])])].sort((a, b) => a - b)
  .map((minutes) => [minutes, time(minutes)]);

/** The choice that takes a number back. */
const NOT_WRITTEN = ["", "Not written down"];

/**
 * @param {Awaited<ReturnType<typeof import("./store.js").openStore>>} store
 * @returns {{node: HTMLElement, open: (night: string) => void}} `open` shows another night and goes there
 */
export function nightForm(store) {
  const { node: message, say } = speaker();
  const which = el("div");
  const fields = el("div");
  const form = el("form", { class: "night", novalidate: true, autocomplete: "off" }, which, fields,
    el("button", { type: "submit", class: "button button--main" }, "Save this night"), message);
  let night = lastNight();
  let touched = false;
  const twice = doubleTap();

  const saved = () => store.data.nights.get(night);

  function drawWhich() {
    const last = lastNight();
    const when = last === tonight() ? "Tonight" : "Last night";
    const near = [[last, `${when}, ${nightInWords(last)}`], [addNights(last, -1), nightInWords(addNights(last, -1))]];
    const known = near.some(([name]) => name === night);
    show(which,
      choices({ legend: "Which night?", name: "night", choices: [...near, ["", "Another night"]], chosen: [known ? night : ""] }),
      el("p", { class: "other-night", hidden: known },
        el("label", {}, "The date on which that night began", el("input", {
          type: "date", name: "date", value: known ? "" : night, max: tonight(),
        }))));
  }

  function draw(entry, typing = false) {
    touched = false;
    form.dataset.rev = entry?.rev ?? 0;
    if (!typing) drawWhich();
    show(fields,
      entry && el("p", { class: "help" }, "You have written about this night. Saving changes it."),
      choices({
        legend: "How were your legs?", help: "0 is calm, 10 is as bad as it gets.", name: "score", choices: SCORES,
        chosen: entry ? [entry.score] : [], kind: "choices--score",
      }),
      choices({
        legend: "Sleep lost", name: "lost", choices: [...numbers(LOST, entry?.lost ?? null), NOT_WRITTEN], chosen: [entry?.lost ?? ""],
      }),
      choices({ legend: "What did you try?", name: "used", choices: THINGS, chosen: entry?.used ?? [], several: true }),
      el("div", { class: "minutes" }, choices({
        legend: "Minutes of massage or machine", name: "minutes", choices: [...numbers(MINUTES, entry?.minutes ?? null), NOT_WRITTEN],
        chosen: [entry?.minutes ?? ""],
      })),
      el("details", { open: Boolean(entry && (entry.worst !== null || entry.change || entry.note)) },
        el("summary", {}, "Worst hour, medicine, note"),
        el("p", {}, el("label", {}, "Worst around", el("select", { name: "worst" },
          el("option", { value: "" }, "No worst hour"),
          ...HOURS.map((number) => el("option", { value: number, selected: entry?.worst === number }, hour(number)))))),
        el("p", {}, el("label", {}, "Medicine or iron: what changed?",
          el("input", { type: "text", name: "change", maxlength: 200, value: entry?.change ?? "" }))),
        el("p", {}, el("label", {}, "Note", el("textarea", { name: "note", rows: 3, maxlength: 1000 }, entry?.note ?? "")))));
    showMinutes();
  }

  function showMinutes() {
    const used = new FormData(form).getAll("used");
    form.querySelector(".minutes").hidden = !used.includes("massage") && !used.includes("machine");
  }

  /** Another night was chosen: what is typed stays, unless nothing was typed and the night has an entry. */
  function choose(name) {
    night = name;
    say("");
    if (!touched) {
      const { name: field } = document.activeElement;
      draw(saved(), field === "date"); // a date that is being typed is left alone
      form.querySelector(`[name="${field}"]:checked`)?.focus();
    } else {
      form.dataset.rev = saved()?.rev ?? 0;
      if (saved()) {
        say("You have written about this night. Saving puts this in its place.", button("Show what is saved", () => {
          draw(saved());
          say("");
        }));
      }
    }
  }

  function fault(name, text) {
    const field = form.querySelector(`[name=${name}]`);
    const box = field.closest("fieldset, p");
    box.querySelector(".error")?.remove();
    field.removeAttribute("aria-describedby");
    field.removeAttribute("aria-invalid");
    if (!text) return null;
    field.setAttribute("aria-invalid", "true");
    box.insertBefore(el("span", { class: "error", id: `fault-${name}` }, text), box.querySelector(".choices__list, label"));
    field.setAttribute("aria-describedby", `fault-${name}`);
    return field;
  }

  function read() {
    const data = new FormData(form);
    const number = (name) => (data.get(name) ? Number(data.get(name)) : null);
    const used = data.getAll("used");
    return {
      night: data.get("night") || data.get("date"),
      score: number("score"),
      lost: number("lost"),
      worst: number("worst"),
      used,
      minutes: used.includes("massage") || used.includes("machine") ? number("minutes") : null,
      change: data.get("change").trim(),
      note: data.get("note").trim(),
    };
  }

  const isNightField = ({ name }) => name === "night" || name === "date";

  // A text field says `change` only when it is left: too late for what is being typed.
  form.addEventListener("input", ({ target }) => {
    if (!isNightField(target)) touched = true;
  });

  form.addEventListener("change", ({ target }) => {
    if (target.name === "night") {
      const box = form.querySelector(".other-night");
      box.hidden = target.value !== "";
      if (target.value) choose(target.value);
      else if (!touched) draw(undefined, true); // no date yet: what was written about last night is not for it
    } else if (target.name === "date") {
      if (isNight(target.value)) choose(target.value);
    } else {
      fault(target.name, "");
      if (target.name === "used") showMinutes();
    }
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const entry = read();
    const late = entry.night > tonight();
    const faults = [
      fault("date", !isNight(entry.night) ? "Give the date, such as 20/11/2026." : late ? "That night has not come yet. Give an earlier date." : ""),
      fault("score", entry.score === null ? "Choose a number from 0 to 10." : ""),
    ].filter(Boolean);
    if (faults.length) {
      faults[0].focus();
      return;
    }
    if (twice.again(false)) return;
    try {
      const undo = await store.change([{ kind: "nights", key: entry.night, record: entry, rev: Number(form.dataset.rev) }]);
      night = entry.night;
      draw(saved());
      navigator.storage?.persist?.();
      say(`Saved: ${nightInWords(night)}, ${entry.score} of 10.`, button("Undo", async () => {
        try {
          const typed = touched;
          await store.change(undo);
          if (!typed) draw(saved());
          say("Undone.");
        } catch (error) {
          say(error.message);
        }
      }));
    } catch (error) {
      form.dataset.rev = saved()?.rev ?? 0;
      say(error.message);
    } finally {
      twice.done();
    }
  });

  addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });

  store.onChange((elsewhere) => {
    say("");
    if (!touched) draw(saved(), !form.querySelector(".other-night").hidden); // a date that is being chosen stays
    else if (!elsewhere) form.dataset.rev = saved()?.rev ?? 0;
  });

  // The night that was meant stays chosen for what is filled in already; an untouched form goes on to the new one.
  onNewNight(() => {
    if (touched) {
      drawWhich();
      say(`Another night has begun. What you filled in is for ${nightInWords(night)}.`);
    } else {
      night = lastNight();
      draw(saved());
    }
  });

  draw(saved());
  return {
    node: form,
    open(name) {
      const go = () => {
        night = name;
        say("");
        draw(saved());
        form.scrollIntoView({ block: "start" });
        (form.querySelector("[name=score]:checked") ?? form.querySelector("[name=score]")).focus({ preventScroll: true });
      };
      if (!touched) return go();
      const leave = button(`Throw it away and edit ${nightInWords(name)}`, go);
      say("You have not saved the night you are writing. Save it first, or it is lost.", leave);
      message.scrollIntoView({ block: "center" });
      return leave.focus({ preventScroll: true });
    },
  };
}

/** A short list of what an entry says, for lists. @param {import("./entries.js").Entry} entry @returns {string} */
export function entryInWords(entry) {
  const things = entry.used.map(thingInWords);
  return [
    `${entry.score} of 10`,
    entry.lost ? `${time(entry.lost)} of sleep lost` : "",
    entry.worst === null ? "" : `worst around ${hour(entry.worst)}`,
    things.join(", ") + (entry.minutes ? ` (${entry.minutes} min)` : ""),
    entry.change && `changed: ${entry.change}`,
    entry.note,
  ].filter(Boolean).join("\u00a0· "); // a dot ends a line, and begins none
}
