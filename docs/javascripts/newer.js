/** Says that a newer page has come since: this one, kept on the device, was shown because the line was slow. */

const note = document.createElement("p");
const load = document.createElement("a");
note.className = "notice";
note.setAttribute("role", "status");
load.href = location.pathname + location.search;
load.textContent = "Load the newer page";
document.getElementById("content").prepend(note);
// Filled once it stands: what comes with its words in it is not spoken everywhere.
setTimeout(() => note.append("The line was slow, so this page came from your device. It has changed since. ", load), 100);
