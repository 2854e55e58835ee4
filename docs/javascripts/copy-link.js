/**
 * A button at the end of each answer or claim that copies its own address, and beside a claim the picture of it.
 * Without a clipboard there are no buttons.
 * Stands alone, so that a page of questions asks for one script more and not two.
 */

const SHOWN = 2500; // milliseconds "Copied" stays
const HEADINGS = ":is(.article--questions, .article--landing) > h2[id], .claim h3[id]";
const AFTER = "h2, .also-called, .sources, .related, .neighbours, .review"; // what an answer ends before

function make(name, className, text, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(text, ...children);
  return node;
}

/** The last element of the answer under a heading. */
function end(heading) {
  let last = heading;
  while (last.nextElementSibling && !last.nextElementSibling.matches(AFTER)) last = last.nextElementSibling;
  return last;
}

/** The button of a heading, and what it says afterwards. */
function copyButton(heading) {
  const words = make("span", "", "Copy link");
  const done = make("span", "visually-hidden", "");
  done.setAttribute("role", "status");
  const button = make("button", "", words, make("span", "visually-hidden", ` to: ${heading.textContent.trim()}`));
  button.type = "button";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(`${location.origin}${location.pathname}#${heading.id}`);
      words.textContent = done.textContent = "Copied";
    } catch {
      words.textContent = done.textContent = "Not copied";
    }
    setTimeout(() => {
      words.textContent = "Copy link";
      done.textContent = "";
    }, SHOWN);
  });
  return [button, done];
}

for (const heading of document.querySelectorAll(HEADINGS)) {
  const button = navigator.clipboard ? copyButton(heading) : [];
  if (heading.closest(".claim")) {
    const picture = make("a", "", "A picture of this to share", make("span", "visually-hidden", `: ${heading.textContent}`));
    picture.href = `../../share/claims/${heading.id}.png`; // where rls_site/publish/share.py puts it
    end(heading).after(make("p", "copy-link", "", picture, ...button));
  } else if (button.length && heading.textContent.trim().endsWith("?")) {
    // A page of questions has other headings too, such as what we could not find.
    end(heading).after(make("p", "copy-link", "", ...button));
  }
}
