/**
 * A button beside each question or claim that copies its own address. Without a clipboard there are no buttons.
 * Stands alone, so that a page of questions asks for one script more and not two.
 */

const SHOWN = 2500; // milliseconds "Copied" stays
const HEADINGS = ".article--questions h2[id]:not([id^=about-], #sources, #read-next), .claim h2[id]";

function make(name, className, text, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(text, ...children);
  return node;
}

function addButton(heading) {
  const words = make("span", "", "Copy link");
  const done = make("span", "visually-hidden", "");
  done.setAttribute("role", "status");
  const button = make("button", "", words, make("span", "visually-hidden", ` to: ${heading.textContent.trim()}`));
  button.type = "button";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(new URL(`#${heading.id}`, location.href).href);
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
  });
  heading.after(make("p", "copy-link", button, done));
}

if (navigator.clipboard) document.querySelectorAll(HEADINGS).forEach(addButton);
