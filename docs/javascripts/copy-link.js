/** A button beside each question or claim that copies its own address. Without a clipboard there are no buttons. */

import { el } from "./dom.js";

const SHOWN = 2500; // milliseconds "Copied" stays

/**
 * Puts a button after each heading that has an id.
 * @param {Iterable<HTMLElement>} headings
 */
export function copyLinks(headings) {
  if (!navigator.clipboard) return;
  for (const heading of headings) {
    const words = el("span", {}, "Copy link");
    const done = el("span", { class: "visually-hidden", role: "status" });
    const press = async () => {
      const address = new URL(`#${heading.id}`, location.href).href;
      try {
        await navigator.clipboard.writeText(address);
        words.textContent = "Copied";
        done.textContent = "The link is copied.";
      } catch {
        words.textContent = "Not copied";
        done.textContent = "The browser did not allow it.";
      }
      setTimeout(() => {
        words.textContent = "Copy link";
        done.textContent = "";
      }, SHOWN);
    };
    heading.after(el("p", { class: "copy-link" },
      el("button", { type: "button", on: { click: press } }, words,
        el("span", { class: "visually-hidden" }, ` to: ${heading.textContent.trim()}`)), done));
  }
}

copyLinks(document.querySelectorAll(".article--questions h2[id]:not([id^=about-]):not(#sources):not(#read-next), .claim h2[id]"));
