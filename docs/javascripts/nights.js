/**
 * Nights. A night is named by the local calendar date on which it began, written 2026-11-20: at 2 a.m. on the 21st it is
 * still the night of the 20th. Names are counted as calendar dates, never as 24 hours, so a clock change cannot lose one.
 */

const DAY = 86400000;
const two = (number) => String(number).padStart(2, "0");
const toUtc = (night) => Date.parse(`${night}T00:00:00Z`);
const toName = (date) => date.toISOString().slice(0, 10);

/**
 * The night that is going on, or comes next. It changes at six in the morning.
 * @param {Date} now
 * @returns {string}
 */
export function tonight(now) {
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return now.getHours() < 6 ? addNights(today, -1) : today;
}

/**
 * The night a reader means by "last night": it began yesterday, whatever the hour is now.
 * @param {Date} now
 * @returns {string}
 */
export function lastNight(now) {
  return addNights(`${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`, -1);
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

const words = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const wordsWithYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/**
 * "Fri 20 Nov", or with the year "20 Nov 2026".
 * @param {string} night
 * @param {boolean} [year]
 * @returns {string}
 */
export function nightInWords(night, year = false) {
  return (year ? wordsWithYear : words).format(toUtc(night)).replace(",", "");
}
