/**
 * The guided routine. The page's own timed lists are its only source: each `section.steps` under a heading is a part of that
 * position, and a length is the first parts that add up to it. Time is read from the clock, never counted, so a locked phone
 * or a reload does not lose the place.
 */

import { button, el, plural, show } from "./dom.js";
import { choices, copyUnder, speaker } from "./parts.js";

const KEPT_AS = "routine";
const KEPT_FOR = 3600000; // legs change: after an hour the first step, a look at both, comes first again
const MINUTES = [5, 10, 20];

/**
 * @typedef {object} Step
 * @property {number} seconds
 * @property {Element} item the list item on the page
 * @property {?HTMLImageElement} picture its drawing, or the latest one before it
 */

/**
 * Reads the routines from the page.
 * @param {ParentNode} page
 * @returns {Map<string, {steps: Step[], notes: Element[]}>} by the heading they stand under; `notes` is the text before the
 *   first steps, which must be read first
 */
export function readRoutines(page) {
  const routines = new Map();
  let position = "";
  for (const node of page.querySelectorAll("h2, section.steps")) {
    if (node.tagName === "H2") {
      position = node.firstChild.textContent.trim();
      continue;
    }
    if (!routines.has(position)) {
      const notes = [];
      for (let text = node.previousElementSibling; text.tagName !== "H2"; text = text.previousElementSibling) notes.unshift(text);
      routines.set(position, { steps: [], notes });
    }
    const { steps } = routines.get(position);
    for (const item of node.querySelectorAll("li[data-seconds]")) {
      steps.push({
        seconds: Number(item.dataset.seconds), item, picture: item.querySelector("img") ?? steps.at(-1)?.picture ?? null,
      });
    }
  }
  return routines;
}

/**
 * The first steps that fill a length.
 * @param {Step[]} steps
 * @param {number} minutes
 * @returns {Step[]}
 */
export function cut(steps, minutes) {
  let left = minutes * 60;
  return steps.filter(({ seconds }) => {
    left -= seconds;
    return left >= 0;
  });
}

/**
 * How much of the routine has gone by since its last pause or jump, in milliseconds. A clock that is set back takes at most that away.
 * @param {{gone: number, since: ?number}} run `since`: when it last went on, or null while paused
 * @param {number} now
 * @returns {number}
 */
export function elapsed({ gone, since }, now) {
  return gone + (since === null ? 0 : Math.max(0, now - since));
}

/**
 * A run with the time that has gone by; from its beginning where it was paused for KEPT_FOR.
 * @param {{gone: number, since: ?number, paused: number}} run
 * @param {number} now
 * @returns {object}
 */
function fresh(run, now) {
  return { ...run, gone: run.since === null && now - run.paused >= KEPT_FOR ? 0 : elapsed(run, now) };
}

/**
 * Where in the steps a time falls.
 * @param {Array<{seconds: number}>} steps
 * @param {number} milliseconds
 * @returns {{index: number, left: number, begin: number}} `left` seconds in this step; `begin` of this step in seconds;
 *   `index` is the number of steps when all are over
 */
export function locate(steps, milliseconds) {
  let begin = 0;
  for (const [index, { seconds }] of steps.entries()) {
    if (milliseconds < (begin + seconds) * 1000) return { index, left: Math.ceil(begin + seconds - milliseconds / 1000), begin };
    begin += seconds;
  }
  return { index: steps.length, left: 0, begin };
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** Keeps the screen on while the routine runs, where the browser can. */
function screenKeeper() {
  let wanted = false;
  let lock = null;
  return {
    can: "wakeLock" in navigator,
    async on() {
      wanted = true;
      if (lock) return;
      try {
        const got = await navigator.wakeLock.request("screen");
        if (!wanted || lock) { // it came after a pause, or a second time
          got.release();
          return;
        }
        lock = got;
        got.addEventListener("release", () => { if (lock === got) lock = null; });
      } catch { /* the browser may refuse, for instance on low battery; the timer goes on by the clock */ }
    },
    off() {
      wanted = false;
      lock?.release();
      lock = null;
    },
  };
}

/** A soft low tone, made only once the reader has asked for it. */
function tone() {
  let context = null;
  return {
    wake: () => { context ??= new AudioContext(); context.resume(); },
    play() {
      if (context?.state !== "running") return;
      const sound = context.createOscillator();
      const volume = context.createGain();
      const now = context.currentTime;
      sound.frequency.value = 330;
      volume.gain.setValueAtTime(0, now);
      volume.gain.linearRampToValueAtTime(0.08, now + 0.1);
      volume.gain.linearRampToValueAtTime(0, now + 0.7);
      sound.connect(volume).connect(context.destination);
      sound.start(now);
      sound.stop(now + 0.7);
    },
  };
}

/** The routine that a reload or a locked phone cut short, if it is from this night. */
function readRun() {
  try {
    const run = JSON.parse(localStorage.getItem(KEPT_AS));
    const now = Date.now();
    return run && now - run.kept < KEPT_FOR && elapsed(run, now) < run.minutes * 60000 ? run : null;
  } catch {
    return null;
  }
}

function keepRun(run) {
  try {
    if (run) localStorage.setItem(KEPT_AS, JSON.stringify({ ...run, kept: Date.now() }));
    else localStorage.removeItem(KEPT_AS);
  } catch { /* no storage in this browser: the routine still runs, only a reload would lose it */ }
}

function start(root) {
  const routines = readRoutines(document.querySelector("article") ?? document);
  const screen = screenKeeper();
  const sound = tone();
  const { node: spoken, say } = speaker();
  spoken.classList.add("only-spoken");
  let run = null;
  let halted = null;
  let steps = [];
  let told = -1;
  let silence;

  // The first view: what to do, for how long, and how to be told.
  const notes = el("div", { class: "notes", "aria-live": "polite" });
  const setup = el("form", { class: "setup", autocomplete: "off", on: { change: ({ target }) => {
    if (target.name === "position") show(notes, ...routines.get(target.value).notes.map(copy));
  }, submit: (event) => {
    event.preventDefault();
    const data = new FormData(setup);
    begin({
      position: data.get("position"), minutes: Number(data.get("minutes")), gone: 0, since: Date.now(),
      buzz: data.has("buzz"), sound: data.has("sound"),
    });
  } } },
  choices({
    legend: "How will you sit or lie?", name: "position", chosen: [[...routines.keys()][0]],
    choices: [...routines.keys()].map((name) => [name, name]),
  }),
  notes,
  choices({ legend: "How long?", name: "minutes", chosen: [MINUTES[0]], choices: MINUTES.map((minutes) => [minutes, `${minutes} minutes`]) }),
  el("button", { type: "submit", class: "button button--main" }, "Start"),
  el("fieldset", { class: "choices" }, el("legend", {}, "At each new step"), el("div", { class: "choices__list" },
    "vibrate" in navigator && el("label", { class: "choice" }, el("input", { type: "checkbox", name: "buzz" }), el("span", {}, "Buzz")),
    el("label", { class: "choice" }, el("input", { type: "checkbox", name: "sound" }), el("span", {}, "Soft tone")))),
  !screen.can && el("p", { class: "help" }, "This browser cannot keep the screen on. If it goes dark, the time runs on and you will not lose your place."));
  const resume = button("Go on where you were", () => begin({ ...fresh(halted, Date.now()), since: Date.now() }), { hidden: true });

  // The second view: the step that is on.
  const count = el("p", { class: "player__count", role: "timer" });
  const place = el("p", { class: "player__place" });
  const words = el("div", { class: "player__step" });
  const drawing = el("div", { class: "player__drawing" });
  const next = el("p", { class: "player__next" });
  const stop = el("div", { class: "player__stop" }, ...copyUnder("when-to-stop"));
  for (const cite of stop.querySelectorAll(".cite")) cite.remove();
  const whole = el("progress", { "aria-label": "The whole routine" });
  const toggle = button("Pause", () => pause(run.since !== null), { class: "button button--main" });
  const controls = el("div", { class: "player__controls" },
    button("Back", () => jump(-1)), toggle, button("Skip", () => jump(1)));
  const close = button("Close", () => player.close(), { class: "button button--quiet" });
  const player = el("dialog", { class: "player", "aria-label": "Guided routine" }, whole, place, count, words, drawing, next, controls, stop,
    el("p", { class: "buttons" }, close), spoken);

  const over = () => told === steps.length;

  function begin(wanted) {
    const chosen = cut(routines.get(wanted.position).steps, wanted.minutes);
    if (!chosen.length) return;
    run = wanted;
    steps = chosen;
    told = -1;
    whole.max = steps.reduce((sum, { seconds }) => sum + seconds, 0);
    player.classList.remove("player--over");
    player.showModal();
    toggle.focus();
    pause(run.since === null, true);
  }

  /** Pauses or goes on, and keeps the place. */
  function pause(paused, asItWas = false) {
    const now = Date.now();
    if (!asItWas) run = { ...fresh(run, now), since: paused ? null : now, paused: paused && run.since === null ? run.paused : now };
    if (run.sound) sound.wake();
    toggle.textContent = paused ? "Go on" : "Pause";
    if (paused) screen.off();
    else screen.on();
    keepRun(run);
    draw();
  }

  /** To the next step, or to the start of this one; from the first seconds of it, to the one before. */
  function jump(direction) {
    const now = Date.now();
    const time = elapsed(run, now);
    const { index, begin: first } = locate(steps, time);
    const early = time / 1000 - first < 3;
    const target = direction > 0 ? index + 1 : Math.max(0, index - (early ? 1 : 0));
    const seconds = steps.slice(0, target).reduce((sum, step) => sum + step.seconds, 0);
    run = { ...run, gone: seconds * 1000, since: run.since === null ? null : now };
    told = -1;
    keepRun(run);
    draw();
  }

  function draw() {
    const time = elapsed(run, Date.now());
    const { index, left } = locate(steps, time);
    whole.value = Math.min(whole.max, time / 1000);
    if (index === steps.length) {
      if (told !== index) finish();
      told = index;
      return;
    }
    count.textContent = clock(left);
    if (index === told) return;
    const { item, picture } = steps[index];
    place.textContent = `Step ${index + 1} of ${steps.length}`;
    show(words, ...contents(item));
    show(drawing, picture && copy(picture));
    next.textContent = steps[index + 1] ? `Next: ${brief(steps[index + 1].item)}` : "This is the last step.";
    say(`Step ${index + 1} of ${steps.length}, ${plural(steps[index].seconds, "second")}. ${words.textContent}`);
    if (told >= 0) signal();
    told = index;
    clearTimeout(silence);
    silence = setTimeout(() => say(""), 5000); // spoken by then, and not to be read a second time
  }

  function signal() {
    if (run.buzz) navigator.vibrate?.(200);
    if (run.sound) sound.play();
  }

  function finish() {
    clearTimeout(silence);
    keepRun(null);
    screen.off();
    if (told >= 0) signal();
    player.classList.add("player--over");
    place.textContent = "That is all.";
    count.textContent = "";
    next.textContent = "";
    show(drawing);
    show(words, ...copyUnder("afterwards"));
    say("That is all.");
    close.focus(); // the button that had the focus is gone
  }

  // The text of a step without its time and drawing, which have places of their own.
  function contents(item) {
    const inner = copy(item);
    for (const node of inner.querySelectorAll("img")) (node.closest("p")?.textContent.trim() ? node : node.closest("p") ?? node).remove();
    inner.querySelector("strong")?.remove();
    return [...inner.childNodes];
  }

  function brief(item) {
    const text = el("div", {}, ...contents(item)).textContent.trim();
    return text.match(/^.{12,}?[.!?](?=\s|$)/)?.[0] ?? text; // "Same leg." alone says little
  }

  function copy(node) {
    const clone = node.cloneNode(true);
    clone.removeAttribute("id");
    clone.removeAttribute("loading");
    return clone;
  }

  // Closed by the button, Escape or the phone's Back: the place is kept, unless all is done.
  player.addEventListener("close", () => {
    if (!over()) pause(true);
    halted = over() ? null : run;
    keepRun(halted && { ...halted, closed: true });
    resume.hidden = over();
    if (over()) setup.querySelector("[type=submit]").focus(); // "Go on where you were" is gone
    run = null;
  });
  // A link in a step leads to help: nobody who took it is led on by a clock that goes on, or finds the player open again.
  player.addEventListener("click", ({ target }) => {
    if (target.closest("a[href]")) player.close();
    else if (run?.sound) sound.wake(); // after a reload a browser lets nothing sound before a tap
  });
  player.addEventListener("keydown", (event) => {
    if (!run || over() || event.altKey || event.ctrlKey || event.metaKey) return;
    const onButton = event.target.closest("button, a");
    if (event.key === "ArrowRight") jump(1);
    else if (event.key === "ArrowLeft") jump(-1);
    else if (event.key === " " && !onButton) pause(run.since !== null);
    else return;
    event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !run || over()) return;
    if (run.since !== null) screen.on();
    draw();
  });
  setInterval(() => run && draw(), 250);

  show(root, resume, setup, player);
  const kept = readRun();
  if (kept && routines.has(kept.position) && MINUTES.includes(kept.minutes)) {
    if (kept.closed) {
      halted = { ...kept, closed: false };
      resume.hidden = false;
    } else begin(kept);
  }
}

const root = document.querySelector("[data-tool=routine]");
if (root) start(root);
