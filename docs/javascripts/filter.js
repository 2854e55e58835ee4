/**
 * Narrows the claim checker and the list of studies to what a reader is after. Without it both are whole lists.
 * The choices stand in the address (`?verdict=…`), so that a narrowed list can be shared; the words do not: an address goes
 * to the host, and what is typed stays on the device.
 */

import { el, plural, show } from "./dom.js";

const GROUPS = ".studies, .claims";

const KINDS = {
  claim: {
    list: ".claim",
    noun: "claim",
    fields: [
      ["verdict", "Verdict", (item) => item.dataset.verdict, (item) => item.querySelector(".verdict").textContent.trim()],
      ["certainty", "Certainty", certainty, (item) => certainty(item).replace("-", " ")],
    ],
  },
  study: {
    list: ".study",
    noun: "study card",
    fields: [
      ["kind", "Kind", (item) => item.dataset.kind, (item) => before(item, "H2").textContent.trim()],
      ["who", "Who was studied", (item) => item.dataset.who, (item) => item.querySelector(".badge").textContent.trim()],
    ],
  },
};

function certainty(item) {
  return [...item.querySelector(".certainty").classList].find((name) => name.startsWith("certainty--")).slice(11);
}

/** The heading an item stands under. */
function before(item, tag) {
  for (let node = item.closest(GROUPS); node; node = node.previousElementSibling) if (node.tagName === tag) return node;
  return item;
}

/** The text a search looks through: small letters, no accents. */
function plain(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
}

function start({ list, noun, fields }) {
  const items = [...document.querySelectorAll(list)];
  const texts = new Map(items.map((item) => [item, plain(item.textContent)]));
  const asked = new URLSearchParams(location.search);
  const words = el("input", { type: "search", id: "filter-words", autocomplete: "off" });
  const selects = fields.map(([name, label, value, shown]) => {
    const choices = new Map(items.map((item) => [value(item), shown(item)]));
    const select = el("select", { id: `filter-${name}`, autocomplete: "off" }, el("option", { value: "" }, "All"),
      ...[...choices].map(([key, text]) => el("option", { value: key, selected: asked.get(name) === key }, text)));
    return { name, label, value, select };
  });
  const status = el("p", { class: "filter__status", role: "status" });
  const clear = el("button", { type: "button", class: "button", on: { click: () => {
    words.value = "";
    for (const { select } of selects) select.value = "";
    narrow();
    words.focus();
  } } }, "Show all");
  const form = el("form", { class: "filter", role: "search", "aria-label": "Narrow the list", on: { submit: (event) => event.preventDefault() } },
    el("p", {}, el("label", { for: "filter-words" }, "Words"), words),
    ...selects.map(({ name, label, select }) => el("p", {}, el("label", { for: `filter-${name}` }, label), select)),
    el("p", {}, clear), status);
  before(items[0], "H2").before(form);
  form.addEventListener("input", narrow);
  if ([...asked.keys()].length) narrow();
  addEventListener("hashchange", reveal);
  reveal();

  /** A link leads to an entry that is hidden: then all are shown. */
  function reveal() {
    const item = document.getElementById(location.hash.slice(1))?.closest(list);
    if (!item?.hidden) return;
    clear.click();
    item.scrollIntoView();
  }

  function narrow() {
    const parts = plain(words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      item.hidden = !(parts.every((part) => texts.get(item).includes(part))
        && selects.every(({ value, select }) => !select.value || select.value === value(item)));
      shown += !item.hidden;
    }
    for (const group of document.querySelectorAll(GROUPS)) {
      const empty = !group.querySelector(`${list}:not([hidden])`);
      group.hidden = empty;
      const heading = before(group.firstElementChild || group, "H2");
      if (heading.tagName !== "H2") continue;
      heading.hidden = empty;
      const entry = document.querySelector(`.contents a[href="#${heading.id}"]`);
      if (entry) entry.parentElement.hidden = empty;
    }
    show(status, shown ? `${plural(shown, noun)} of ${items.length}.` : "Nothing fits. Try fewer words, or show all.");
    const address = new URL(location.href);
    for (const { name, select } of selects) {
      if (select.value) address.searchParams.set(name, select.value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
  }
}

for (const kind of Object.values(KINDS)) if (document.querySelector(kind.list)) start(kind);
// After the texts to look through are read, so that no word of its buttons is among them.
if (document.querySelector(KINDS.claim.list)) import("./copy-link.js");
