/** Parts that several tools are put together from: choices, printing, downloads, what screen readers hear. */

import { button, el, show } from "./dom.js";

/**
 * A question with one answer (radio) or several (checkbox), drawn as large buttons.
 * @param {object} question
 * @param {string} question.legend
 * @param {string} question.name
 * @param {Array<[string|number, string]>} question.choices pairs of value and label
 * @param {Array<string|number>} [question.chosen] the values that start chosen
 * @param {boolean} [question.several] checkboxes instead of radios
 * @param {string} [question.help]
 * @param {string} [question.kind] extra class
 * @returns {HTMLElement} a fieldset
 */
export function choices({ legend, name, choices: list, chosen = [], several = false, help, kind = "" }) {
  const picked = chosen.map(String);
  // Labels are also words of sentences, such as "without massage"; on a button they begin one.
  const capital = (text) => String(text).replace(/^[a-z]/, (letter) => letter.toUpperCase());
  return el("fieldset", { class: `choices ${kind}`.trim(), "aria-describedby": help && `help-${name}` },
    el("legend", {}, legend),
    help && el("p", { class: "help", id: `help-${name}` }, help),
    el("div", { class: "choices__list" }, ...list.map(([value, label]) => el("label", { class: "choice" },
      el("input", {
        type: several ? "checkbox" : "radio", name, value, checked: picked.includes(String(value)), autocomplete: "off",
      }),
      el("span", {}, capital(label))))));
}

/**
 * Copies what stands under a heading of this page, up to the next heading of the same rank.
 * @param {string} id the heading's id
 * @returns {Node[]} copies without ids; empty if there is no such heading
 */
export function copyUnder(id) {
  const heading = document.getElementById(id);
  const copies = [];
  const ends = (node) => /^H[1-6]$/.test(node.tagName) && node.tagName <= heading.tagName;
  for (let node = heading?.nextElementSibling; node && !ends(node); node = node.nextElementSibling) {
    copies.push(node.cloneNode(true));
  }
  for (const copy of copies) {
    for (const node of [copy, ...copy.querySelectorAll("[id]")]) node.removeAttribute("id");
  }
  return copies;
}

/**
 * Prints one element of the page and nothing else.
 * @param {Element|Element[]} target
 */
export function printOnly(target) {
  const targets = [target].flat();
  const hidden = [];
  for (const node of document.querySelectorAll(".print-hidden")) node.classList.remove("print-hidden"); // of a print that did not end
  for (let node = targets[0]; node !== document.body; node = node.parentElement) {
    if (node.tagName === "DETAILS") node.open = true;
    for (const other of node.parentElement.children) {
      if (other !== node && !targets.includes(other)) hidden.push(other);
    }
  }
  for (const node of hidden) node.classList.add("print-hidden");
  addEventListener("afterprint", () => hidden.forEach((node) => node.classList.remove("print-hidden")), { once: true });
  print();
}

/**
 * Hands the reader a file that was made in this page.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/**
 * A line that screen readers speak when it changes.
 * @returns {{node: HTMLElement, say: (text: string, ...more: Node[]) => void}}
 */
export function speaker() {
  const node = el("div", { class: "message", role: "status", "aria-live": "polite", tabindex: "-1" });
  return { node, say(text, ...more) {
    show(node, text && el("p", {}, text), ...more);
    // What was pressed has left the page. What nobody pressed, such as another tab's change, takes no focus.
    if (text && document.activeElement === document.body && navigator.userActivation?.isActive) {
      node.focus({ preventScroll: true });
      node.scrollIntoView({ block: "nearest" }); // a browser keeps its eye on what stood below the form that is gone
    }
  } };
}

/**
 * What makes edits in the diary, says what happened and offers to undo it.
 * @param {{change: (edits: object[]) => Promise<object[]>}} store
 * @param {(text: string, ...more: Node[]) => void} say
 * @returns {(edits: object[], words: string) => Promise<?object[]>} the edits that undo it; null when it was not kept
 */
export function changer(store, say) {
  const twice = doubleTap();
  return async function change(edits, words, undoing = false) {
    if (twice.again(undoing)) return null;
    try {
      const undo = await store.change(edits);
      say(words, button("Undo", () => change(undo, "Undone.", true)));
      return undo;
    } catch (error) {
      say(error.message);
      return null;
    } finally {
      twice.done();
    }
  };
}

const DOUBLE_TAP = 350; // milliseconds

/**
 * Tells the second tap of a quick two: it was meant for what stood there before the first was carried out. An Undo after
 * what it undoes is none.
 * @returns {{again: (kind: boolean) => boolean, done: () => void}}
 */
export function doubleTap() {
  let busy = false;
  let last = null;
  let ended = 0;
  return {
    again(kind) {
      if (busy || (kind === last && performance.now() - ended < DOUBLE_TAP)) return true;
      busy = true;
      last = kind;
      return false;
    },
    done() {
      busy = false;
      ended = performance.now();
    },
  };
}
