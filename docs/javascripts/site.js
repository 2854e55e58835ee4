/** What every page does with a script; without one, nothing here is missed: links lead on, the menu opens, colours follow the device. */

const page = document.documentElement;
const COLOURS = { light: "light", dark: "dark", "": "as on this device" };

/** The colours: as on this device, light or dark, kept on this device. The script in the page's head sets them before the first paint. */
const button = document.querySelector("[data-theme-button]");
const label = button?.firstElementChild;
const bars = [...document.querySelectorAll("meta[name=theme-color]")];

function showTheme() {
  label.textContent = `Colours: ${COLOURS[page.dataset.theme ?? ""]}`;
  const chosen = page.dataset.theme && getComputedStyle(page).getPropertyValue("--paper").trim();
  for (const bar of bars) bar.content = chosen || (bar.media.includes("dark") ? "#171310" : "#fbf5ea");
}

function nextTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const order = dark ? ["", "light", "dark"] : ["", "dark", "light"];
  const theme = order[(order.indexOf(page.dataset.theme ?? "") + 1) % 3];
  if (theme) page.dataset.theme = theme;
  else delete page.dataset.theme;
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch { /* no storage in this browser: the choice lasts until the next page */ }
  showTheme();
}

if (button) {
  button.addEventListener("click", nextTheme);
  showTheme();
}

/** The menu closes with Escape, and when the reader goes elsewhere. */
const menu = document.querySelector(".menu");
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.firstElementChild.focus();
});
for (const event of ["click", "focusin"]) {
  document.addEventListener(event, ({ target }) => {
    if (menu.open && !menu.contains(target)) menu.open = false;
  });
}

/** Where there is room, what is on the page stands open. */
if (matchMedia("(min-width: 78rem)").matches) {
  for (const part of document.querySelectorAll(".contents details")) part.open = true;
}

/** Search: its script and index come when they are asked for. The link leads to the questions where that fails. */
let dialog;
async function search(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "search";
    dialog.setAttribute("aria-label", "Search");
    document.body.append(dialog);
  }
  try {
    const { open } = await import("./search.js");
    await open(dialog);
  } catch {
    location.href = link.href;
  }
}

const link = document.querySelector("[data-search]");
link.setAttribute("role", "button");
link.setAttribute("aria-haspopup", "dialog");
link.addEventListener("click", search);
link.addEventListener("keydown", (event) => {
  if (event.key === " ") search(event);
});

if (new URLSearchParams(location.search).has("q")) link.click();

/** A page of this site is fetched once the reader points at its link, unless they save data. */
const fetched = new Set([location.href.split("#")[0]]);
function prefetch({ target }) {
  const anchor = target.closest?.("a[href]");
  const address = anchor?.href.split("#")[0];
  if (!address?.endsWith("/") || anchor.origin !== location.origin || anchor === link || fetched.has(address)) return;
  fetched.add(address);
  const hint = document.createElement("link");
  hint.rel = "prefetch";
  hint.href = address;
  document.head.append(hint);
}

if (!navigator.connection?.saveData) {
  for (const event of ["mouseover", "touchstart"]) document.addEventListener(event, prefetch, { passive: true });
}

/** Once the page is at rest, or after two seconds, what a night needs is kept on this device. */
async function keep() {
  const { keepOffline } = await import("./offline.js");
  keepOffline();
}

addEventListener("load", () => {
  page.classList.add("whole"); // what was off the screen is laid out
  if (window.requestIdleCallback) requestIdleCallback(keep, { timeout: 2000 });
  else setTimeout(keep);
});
