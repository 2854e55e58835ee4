/**
 * The safety check, one question at a time. The page holds every question and outcome; this only shows them in turn.
 * Nothing is stored: the answers live here, not in the form, which some browsers fill in again; the history holds only the
 * number of the question.
 */

import { button, el, show } from "./dom.js";

/** A second tap so soon after a new question or outcome was meant for the old one: it answers nothing, and calls nobody. */
const DOUBLE_TAP = 350;

/** Legs change: whoever comes back after this many milliseconds is asked again, unless the outcome was to get help. */
const HOUR = 3600000;
const STAYS = ["emergency", "urgent"];

/**
 * The most serious outcome of some answers. An answer that is not "no" counts as yes.
 * @param {string[]} order outcomes, the most serious first; the last one is for no yes at all
 * @param {Array<{yes: string, answer: string}>} answered `yes`: the outcome that a yes leads to
 * @returns {string}
 */
export function outcomeOf(order, answered) {
  const found = answered.filter(({ answer }) => answer !== "no").map(({ yes }) => order.indexOf(yes));
  return order[Math.min(order.length - 1, ...found)];
}

/**
 * Could a question that is still open lead to something more serious than this outcome?
 * @param {string[]} order
 * @param {string} outcome
 * @param {string[]} open the outcome that a yes to each open question leads to
 * @returns {boolean}
 */
export function canGetWorse(order, outcome, open) {
  return open.some((yes) => order.indexOf(yes) < order.indexOf(outcome));
}

/**
 * Turns the page's form and outcomes into a check with one question at a time.
 * @param {HTMLElement} root
 */
export function start(root) {
  const form = root.querySelector("form");
  const questions = [...form.querySelectorAll(".question")];
  const outcomes = [...root.querySelectorAll(".outcome")];
  const order = outcomes.map((outcome) => outcome.dataset.outcome);
  const reasons = el("div", { class: "reasons" });
  const end = questions.length;
  const answers = new Map();
  let shownAt = 0;
  let answeredAt = 0;

  const answer = (question) => answers.get(question);
  const open = () => questions.filter((question) => !answers.has(question));

  /** The outcome, once no open question can make it more serious; "" until then. */
  function settled() {
    const answered = questions.filter(answer).map((question) => ({ yes: question.dataset.yes, answer: answer(question) }));
    const outcome = outcomeOf(order, answered);
    return canGetWorse(order, outcome, open().map((question) => question.dataset.yes)) ? "" : outcome;
  }

  /** Shows a question, or the outcome when `place` is the end. */
  function draw(place) {
    const outcome = place === end ? settled() : "";
    questions.forEach((question, index) => {
      question.hidden = index !== place;
      for (const node of question.querySelectorAll("[data-answer]")) {
        node.setAttribute("aria-pressed", String(node.dataset.answer === answer(question)));
      }
    });
    root.querySelector(".outcomes").hidden = !outcome;
    for (const node of outcomes) node.hidden = node.dataset.outcome !== outcome;
    if (outcome) drawReasons(outcome);
    shownAt = performance.now();
  }

  /** The question without its number, which stands on paper only. */
  function asked(question) {
    const legend = question.querySelector("legend").cloneNode(true);
    legend.querySelector(".question__number").remove();
    return legend.textContent;
  }

  function drawReasons(outcome) {
    const because = questions.filter((question) => question.dataset.yes === outcome && answer(question) && answer(question) !== "no");
    show(reasons,
      because.length > 0 && el("p", {}, "You said yes, or not sure, to this:"),
      because.length > 0 && el("ul", {}, ...because.map((question) => el("li", {}, asked(question)))),
      open().length > 0 && el("p", {}, "You need not answer the rest. No other answer would change this."),
      el("p", { class: "buttons" }, button("Back", () => history.back()), button("Start again", () => {
        answers.clear();
        go(0);
      })));
    outcomes.find((node) => node.dataset.outcome === outcome).append(reasons);
  }

  /** Goes on to a question or the outcome, as a step that the browser's own Back undoes. */
  function go(place) {
    history.pushState({ place }, "");
    draw(place);
    focus(place);
  }

  function focus(place) {
    const target = questions[place] ?? outcomes.find((outcome) => !outcome.hidden)?.querySelector("h2");
    target?.setAttribute("tabindex", "-1");
    target?.focus();
    target?.scrollIntoView(); // a browser brings no tall part to its top by itself: the question must not be read away
  }

  questions.forEach((question, index) => {
    const legend = question.querySelector("legend");
    const inputs = [...question.querySelectorAll("input")];
    for (const node of question.querySelectorAll(".question__number, .answers, .question__rule")) node.hidden = true;
    const count = el("p", { class: "question__count", id: `n${index}` }, `Question ${index + 1} of ${end}`);
    const help = question.querySelector(".help");
    if (help) help.id = `h${index}`;
    legend.after(count);
    question.setAttribute("aria-describedby", `n${index} h${index}`);
    question.append(
      el("div", { class: "answer-buttons" }, ...inputs.map((input) =>
        button(input.labels[0].textContent.trim(), () => {
          answers.set(question, input.value);
          answeredAt = Date.now();
          go(settled() ? end : questions.indexOf(open()[0]));
        }, { "data-answer": input.value }))),
      index > 0 ? el("p", { class: "buttons" }, button("Back", () => history.back())) : "");
  });

  addEventListener("popstate", ({ state }) => {
    if (!Number.isInteger(state?.place)) return;
    const first = questions.indexOf(open()[0]);
    const place = first < 0 || (state.place === end && settled()) ? state.place : Math.min(state.place, first);
    draw(place);
    focus(place);
  });
  function begin() {
    answers.clear();
    history.replaceState({ place: 0 }, "");
    draw(0);
  }

  function back() {
    if (!answers.size || document.hidden || Date.now() - answeredAt <= HOUR || STAYS.includes(settled())) return;
    begin();
    focus(0);
  }
  document.addEventListener("visibilitychange", back);
  addEventListener("pageshow", ({ persisted }) => persisted && back());
  setInterval(back, 60000); // also where the page stays in view
  root.addEventListener("click", (event) => {
    if (event.timeStamp - shownAt >= DOUBLE_TAP) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  form.addEventListener("submit", (event) => event.preventDefault());
  root.classList.add("safety-check--stepped");
  history.scrollRestoration = "manual"; // Back goes to the question, not to a place on the page
  begin();
}

const root = document.querySelector("[data-tool=safety-check]");
if (root) start(root);
