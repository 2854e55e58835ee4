/**
 * Nights. A night is named by the local calendar date on which it began, written 2026-11-20: at 2 a.m. on the 21st it is
 * still the night of the 20th. Names are counted as calendar dates, never as 24 hours, so a clock change cannot lose one.
 */

const DAY = 86400000;
const two = (number) => String(number).padStart(2, "0");
const toUtc = (night) => Date.parse(`${night}T00:00:00Z`);
const toName = (date) => date.toISOString().slice(0, 10);

const today = (now) => `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;

/**
 * The night that is going on, or comes next. It changes at six in the morning.
 * @param {Date} [now]
 * @returns {string}
 */
export function tonight(now = new Date()) {
  return addNights(today(now), now.getHours() < 6 ? -1 : 0);
}

/**
 * The night a reader means by "last night": it began yesterday, whatever the hour is now.
 * @param {Date} [now]
 * @returns {string}
 */
export function lastNight(now = new Date()) {
  return addNights(today(now), -1);
}

/**
 * Calls `redraw` once another night has begun, when the reader comes back: phones keep a page open for days. A page that
 * stays in sight all along is looked at each minute.
 * @param {() => void} redraw
 */
export function onNewNight(redraw) {
  const names = () => `${lastNight()} ${tonight()}`;
  let drawn = names();
  function look() {
    if (document.hidden || drawn === names()) return;
    drawn = names();
    redraw();
  }
  document.addEventListener("visibilitychange", look);
  setInterval(look, 60000);
}

/**
 * @param {string} night
 * @param {number} count may be negative
 * @returns {string}
 */
export function addNights(night, count) {
  return toName(new Date(toUtc(night) + count * DAY));
}

/**
 * How many nights after `from` is `to`?
 * @param {string} from
 * @param {string} to
 * @returns {number}
 */
export function nightsBetween(from, to) {
  return Math.round((toUtc(to) - toUtc(from)) / DAY);
}

/**
 * Is this text the date of a real day?
 * @param {*} text
 * @returns {boolean}
 */
export function isNight(text) {
  return typeof text === "string" && /^20\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(toUtc(text))
    && addNights(text, 0) === text;
}

/**
 * "Fri 20 Nov", or with the year "20 Nov 2026".
 * @param {string} night
 * @param {boolean} [year]
 * @returns {string}
 */
export function nightInWords(night, year = false) {
  // Not Intl.DateTimeFormat: making the first one holds up a slow phone for about 60 ms.
  const [weekday, day, month, number] = new Date(toUtc(night)).toUTCString().split(/,? /);
  return year ? `${Number(day)} ${month} ${number}` : `${weekday} ${Number(day)} ${month}`;
}
