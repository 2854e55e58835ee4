/**
 * Keeps this site on the reader's device, so that it opens without a network, and says so in the footer.
 */

const MARK = "[data-offline-mark]";

/**
 * Registers the service worker and shows the mark once the pages are kept. Does nothing where a browser has no service
 * worker, on insecure addresses, or when the reader saves data.
 *
 * @returns {Promise<void>}
 */
export async function keepOffline() {
  if (!("serviceWorker" in navigator) || navigator.connection?.saveData) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => data === "newer" && import("./newer.js"));
  navigator.serviceWorker.controller?.postMessage("newer?");
  try {
    await navigator.serviceWorker.register(new URL("../sw.js", import.meta.url));
    await navigator.serviceWorker.ready;
    if (!(await caches.match(new URL("../kept-whole", import.meta.url)))) return;
    for (const mark of document.querySelectorAll(MARK)) mark.hidden = false;
  } catch { /* a private window, or storage is full: the site works as long as there is a network */ }
}
