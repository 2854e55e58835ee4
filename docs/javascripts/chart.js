/** Pictures of nights, drawn as SVG. Filled dots are nights with the thing tried, rings are nights without. */

import { el, fill, plural } from "./dom.js";
import { addNights, nightInWords, nightsBetween } from "./nights.js";
import { median } from "./statistics.js";

const WIDTH = 320;
const LEFT = 26;

/** An SVG element, made as `el` makes one of the page. */
const svg = (name, attributes, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

/** "12 nights, middle score 4". */
const counted = (scores) => plural(scores.length, "night") + (scores.length ? `, middle score ${median(scores)}` : "");

const label = (x, y, text, anchor = "start") => svg("text", { x, y, "text-anchor": anchor }, text);

/**
 * Scores over time in two bands, nights with a thing above nights without, and the same as a table.
 * @param {Array<import("./entries.js").Entry>} entries oldest first, within the weeks shown
 * @param {string} from first night shown
 * @param {string} to last night shown
 * @param {string} code the thing that parts the nights
 * @param {string} words the thing in words
 * @returns {HTMLElement}
 */
export function nightChart(entries, from, to, code, words) {
  const bands = [
    [`With ${words}`, entries.filter((entry) => entry.used.includes(code)), "dot dot--with"],
    [`Without ${words}`, entries.filter((entry) => !entry.used.includes(code)), "dot dot--without"],
  ];
  const nights = nightsBetween(from, to);
  const x = (night) => LEFT + 6 + (nightsBetween(from, night) / nights) * (WIDTH - LEFT - 12);
  const radius = nights > 200 ? 1.8 : nights > 60 ? 2.8 : 4;
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} 338`, class: "chart", role: "img" },
    svg("title", {}, `Scores from ${nightInWords(from, true)} to ${nightInWords(to, true)}. `
      + bands.map(([name, list]) => `${name}: ${counted(list.map((entry) => entry.score))}.`).join(" ")));
  bands.forEach(([name, list, look], index) => {
    const top = 28 + index * 164;
    const y = (score) => top + (10 - score) * 11;
    const scores = list.map((entry) => entry.score);
    picture.append(label(0, top - 14, `${name}: ${counted(scores)}`),
      ...[0, 5, 10].flatMap((score) => [
        svg("line", { class: "grid", x1: LEFT, x2: WIDTH, y1: y(score), y2: y(score) }),
        label(LEFT - 6, y(score) + 4, score, "end"),
      ]),
      ...list.map((entry) => svg("circle", { class: look, cx: x(entry.night).toFixed(1), cy: y(entry.score), r: radius })));
    if (scores.length) {
      const middle = y(median(scores));
      picture.append(svg("line", { class: "middle", x1: LEFT, x2: WIDTH, y1: middle, y2: middle }));
    }
  });
  picture.append(label(LEFT, 330, nightInWords(from, true)), label(WIDTH, 330, nightInWords(to, true), "end"));
  return el("figure", { class: "figure" }, picture,
    el("figcaption", {}, "10 is as bad as it gets, 0 is calm. The long line is the middle score."),
    el("details", {}, el("summary", {}, "The same as a table"), chartTable(bands, from, to)));
}

/** Night by night for four weeks; week by week for more. */
function chartTable(bands, from, to) {
  const step = nightsBetween(from, to) < 30 ? 1 : 7;
  const rows = [];
  for (let start = from; start <= to; start = addNights(start, step)) {
    const end = addNights(start, step);
    const cells = bands.map(([, list]) => list.filter(({ night }) => night >= start && night < end).map(({ score }) => score));
    if (cells.flat().length) {
      rows.push([nightInWords(start), ...cells.map((scores) => {
        if (!scores.length) return "";
        return step === 1 ? scores[0] : `${median(scores)} (${plural(scores.length, "night")})`;
      })]);
    }
  }
  return table([step === 1 ? "Night" : "Week from", ...bands.map(([name]) => name)], rows);
}

/**
 * @param {string[]} head empty for a table that needs none
 * @param {Array<Array<string|number|Node>>} rows the first cell of each is its heading
 * @param {string} [caption]
 * @param {string} [name] of the place that can be moved sideways
 * @returns {HTMLElement}
 */
export function table(head, rows, caption, name = head.join(", ")) {
  return el("div", { class: "table-scroll", role: "region", tabindex: 0, "aria-label": name },
    el("table", { class: "plain" },
      caption && el("caption", {}, caption),
      head.length > 0 && el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, ...rows.map(([first, ...cells]) => el("tr", {}, el("th", { scope: "row" }, first),
        ...cells.map((cell) => el("td", {}, cell)))))));
}

/**
 * One dot a night, stacked by score: with above, without below.
 * @param {Array<{score: number, treated: boolean}>} nights
 * @param {string} words the thing that was tested
 * @returns {HTMLElement}
 */
export function dotPlot(nights, words) {
  const bands = [
    [`With ${words}`, nights.filter((night) => night.treated), "dot dot--with"],
    [`Without ${words}`, nights.filter((night) => !night.treated), "dot dot--without"],
  ].map(([name, list, look]) => [name, list.map((night) => night.score), look]);
  const x = (score) => 16 + score * 28.8;
  const piles = (scores) => Array.from({ length: 11 }, (_, score) => scores.filter((value) => value === score).length);
  let base = 0;
  const picture = svg("svg", { class: "chart", role: "img" }, svg("title", {},
    bands.map(([name, scores]) => `${name}: ${counted(scores)}; scores ${[...scores].sort((a, b) => a - b).join(", ")}.`).join(" ")));
  for (const [name, scores, look] of bands) {
    const tallest = Math.max(2, ...piles(scores));
    picture.append(label(0, base + 14, `${name}: ${counted(scores)}`));
    base += 34 + tallest * 11;
    piles(scores).forEach((count, score) => {
      for (let place = 0; place < count; place += 1) {
        picture.append(svg("circle", { class: look, cx: x(score), cy: base - 8 - place * 11, r: 4.5 }));
      }
    });
    picture.append(svg("line", { class: "grid", x1: 0, x2: WIDTH, y1: base, y2: base }));
    if (scores.length) {
      const middle = x(median(scores));
      picture.append(svg("line", { class: "middle", x1: middle, x2: middle, y1: base - tallest * 11 - 8, y2: base + 5 }));
    }
    base += 8;
  }
  for (let score = 0; score <= 10; score += 1) picture.append(label(x(score), base + 10, score, "middle"));
  picture.setAttribute("viewBox", `0 0 ${WIDTH} ${base + 18}`);
  return el("figure", { class: "figure" }, picture,
    el("figcaption", {}, "Each dot is a night. Further left is calmer. The upright line is the middle score."));
}
