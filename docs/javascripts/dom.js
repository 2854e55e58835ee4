/** Small helpers that every tool uses to build and change the page. Text only: nothing here parses HTML. */

/**
 * Makes an element. `on` holds listeners; `false`, `null` and `undefined` leave an attribute out.
 * @param {string} name tag name
 * @param {Object<string, *>} [attributes]
 * @param {...(Node|string|number|false|null)} children
 * @returns {HTMLElement}
 */
export function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/**
 * Gives a node its attributes, listeners and children.
 * @param {Element} node
 * @param {Object<string, *>} [attributes]
 * @param {Array<Node|string|number|false|null>} children
 * @returns {Element} the node
 */
export function fill(node, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (value !== false && value != null) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.filter((child) => child !== false && child != null).map((child) =>
    child instanceof Node ? child : String(child)));
  return node;
}

/**
 * A push button.
 * @param {string} label
 * @param {(event: Event) => void} press
 * @param {Object<string, *>} [attributes]
 * @returns {HTMLElement}
 */
export function button(label, press, attributes = {}) {
  return el("button", { type: "button", class: "button", ...attributes, on: { click: press } }, label);
}

/**
 * Puts an element's new content in place of the old.
 * @param {Element} node
 * @param {...(Node|string|false|null)} children
 */
export function show(node, ...children) {
  node.replaceChildren(...children.filter((child) => child !== false && child != null));
}

/**
 * "1 night", "2 nights".
 * @param {number} count
 * @param {string} noun
 * @returns {string}
 */
export function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
