/** The print set: a button for each sheet, and large print. Without scripts the page prints all sheets, one a side. */

import { button, el } from "./dom.js";
import { choices, printOnly } from "./parts.js";

/**
 * The nodes of each sheet: a second-rank heading that is followed by a `.sheet`, up to the next heading of that rank.
 * @param {Element} article
 * @returns {Element[][]}
 */
function sheets(article) {
  return [...article.querySelectorAll("h2")].map((heading) => {
    const nodes = [heading];
    for (let node = heading.nextElementSibling; node && !node.matches("h2, .sources, .related"); node = node.nextElementSibling) nodes.push(node);
    return nodes;
  }).filter((nodes) => nodes.some((node) => node.matches(".sheet")));
}

/**
 * Adds the buttons.
 * @param {HTMLElement} root
 */
function start(root) {
  const large = choices({ legend: "How large?", name: "size", chosen: ["normal"], choices: [["normal", "normal"], ["large", "large print"]] });
  large.addEventListener("change", ({ target }) => {
    document.documentElement.classList.toggle("large-print", target.value === "large");
  });
  root.replaceChildren(large, el("fieldset", { class: "choices" }, el("legend", {}, "Print"),
    el("div", { class: "choices__list" }, ...sheets(root.closest("article") ?? document.body).map((nodes) =>
      button(nodes[0].firstChild.textContent.trim(), () => printOnly(nodes))))));
}

const root = document.querySelector("[data-tool=print]");
if (root) start(root);
