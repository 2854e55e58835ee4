/** The print set: a button for each sheet, and large print. Without scripts the page prints all sheets, one a page. */

import { button, el, printOnly } from "./dom.js";

/**
 * The nodes of each sheet: a second-rank heading that is followed by a `.sheet`, up to the next heading of that rank.
 * @param {Element} article
 * @returns {Element[][]}
 */
export function sheets(article) {
  return [...article.querySelectorAll("h2")].map((heading) => {
    const nodes = [heading];
    for (let node = heading.nextElementSibling; node && !node.matches("h2, .sources"); node = node.nextElementSibling) nodes.push(node);
    return nodes;
  }).filter((nodes) => nodes.some((node) => node.matches(".sheet")));
}

/**
 * Adds the buttons.
 * @param {HTMLElement} root
 */
export function start(root) {
  root.replaceChildren(el("label", { class: "choice choice--line" },
    el("input", { type: "checkbox", autocomplete: "off", on: {
      change: ({ target }) => document.documentElement.classList.toggle("large-print", target.checked),
    } }),
    el("span", {}, "Large print")));
  for (const nodes of sheets(root.closest("article") ?? document.body)) {
    const name = nodes[0].firstChild.textContent.trim();
    nodes[0].after(el("p", { class: "buttons screen-only" },
      button("Print this sheet", () => printOnly(nodes), { "aria-label": `Print this sheet: ${name}` })));
  }
}

const root = document.querySelector("[data-tool=print]");
if (root) start(root);
