/**
 * The sums behind the personal trial. Pure: no page, no clock, no store.
 * tests/test_tool_statistics.py checks them against SciPy and against counting every arrangement by hand.
 */

/**
 * @param {number[]} values
 * @returns {number} NaN for no values
 */
export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The middle value; half-way between the two middle ones when there is an even number.
 * @param {number[]} values
 * @returns {number} NaN for no values
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * A fair whole number from 0 to below `sides`, from the browser's own random source.
 * @param {number} sides
 * @returns {number}
 */
function toss(sides) {
  const limit = Math.floor(2 ** 32 / sides) * sides;
  const number = crypto.getRandomValues(new Uint32Array(1))[0];
  return number < limit ? number % sides : toss(sides);
}

/**
 * Shares nights out, with or without, by a fair coin. Nights come in blocks of 2 or 4, half of each kind, so that the two
 * kinds stay even all along; the block size is tossed too, so that the next night cannot be guessed. An odd last night is
 * a plain toss.
 * @param {number} count nights
 * @param {(sides: number) => number} [pick] the coin; tests pass their own
 * @returns {Array<{treated: boolean, block: number}>}
 */
export function assign(count, pick = toss) {
  const nights = [];
  for (let block = 0; nights.length < count; block += 1) {
    const left = count - nights.length;
    const size = left < 4 ? Math.min(left, 2) : 2 + 2 * pick(2);
    const kinds = size === 1 ? [pick(2) === 1] : Array.from({ length: size }, (_, index) => index < size / 2);
    for (let last = kinds.length - 1; last > 0; last -= 1) {
      const other = pick(last + 1);
      [kinds[last], kinds[other]] = [kinds[other], kinds[last]];
    }
    nights.push(...kinds.map((treated) => ({ treated, block })));
  }
  return nights;
}

/** In how many ways can `chosen` of these scores be picked, by their sum? The answer's index is the sum. */
function waysBySum(scores, chosen) {
  const total = scores.reduce((sum, score) => sum + score, 0);
  const ways = Array.from({ length: chosen + 1 }, () => new Array(total + 1).fill(0));
  ways[0][0] = 1;
  for (const score of scores) {
    for (let picked = chosen; picked > 0; picked -= 1) {
      for (let sum = total; sum >= score; sum -= 1) ways[picked][sum] += ways[picked - 1][sum - score];
    }
  }
  return ways[chosen];
}

/** The ways of two separate blocks, put together. */
function together(first, second) {
  const both = new Array(first.length + second.length - 1).fill(0);
  first.forEach((ways, sum) => second.forEach((others, more) => { both[sum + more] += ways * others; }));
  return both;
}

/** The nights of each block. */
function blocksOf(nights) {
  const blocks = new Map();
  for (const night of nights) blocks.set(night.block, [...(blocks.get(night.block) ?? []), night]);
  return [...blocks.values()];
}

/** The scores of the nights with, and of those without. */
function kindsOf(nights) {
  const scores = (treated) => nights.filter((night) => night.treated === treated).map((night) => night.score);
  return [scores(true), scores(false)];
}

/**
 * Permutation test: of all the ways the coin could have fallen within its blocks, in what share would the two kinds of
 * nights differ at least as much as they did? Two-sided, as `scipy.stats.permutation_test`: twice the smaller tail.
 * Scores are whole numbers, so every way is counted exactly and no random sample is needed; counts stay exact whole
 * numbers for up to 56 nights.
 * @param {Array<{score: number, treated: boolean, block: number}>} nights
 * @returns {number} from just above 0 to 1
 */
export function permutationTest(nights) {
  let ways = [1];
  for (const block of blocksOf(nights)) {
    ways = together(ways, waysBySum(block.map((night) => night.score), block.filter((night) => night.treated).length));
  }
  const seen = nights.reduce((sum, night) => sum + (night.treated ? night.score : 0), 0);
  const count = (list) => list.reduce((sum, value) => sum + value, 0);
  const tail = Math.min(count(ways.slice(0, seen + 1)), count(ways.slice(seen)));
  return Math.min(1, (2 * tail) / count(ways));
}

/** Nights of each kind below which a trial says nothing. */
const ENOUGH = 5;

/**
 * Compares the nights of a trial. A low score is a good night. Kinds are compared within each block, as the test does:
 * legs that get better over the weeks, or nights that were not written down, favour neither.
 * @param {Array<{score: number, treated: boolean, block: number}>} nights those with an entry
 * @returns {{withN: number, withoutN: number, enough: boolean, withMedian: number, withoutMedian: number, difference: number,
 *   compared: number, better: number, same: number, p: number}} `difference` in points, the mean over the blocks that hold
 *   both kinds, each by the nights it adds (n1 n0 / (n1 + n0), which gives it the sign of the test's own sum), NaN where
 *   no block does; `compared` counts their nights with, `better` and `same` those of them that scored below, or just at,
 *   the middle score of the nights without in their block
 */
export function compare(nights) {
  const [treated, others] = kindsOf(nights);
  let [sum, weight, compared, better, same] = [0, 0, 0, 0, 0];
  for (const block of blocksOf(nights)) {
    const [own, other] = kindsOf(block);
    if (!own.length || !other.length) continue;
    const adds = (own.length * other.length) / block.length;
    sum += adds * (mean(own) - mean(other));
    weight += adds;
    compared += own.length;
    better += own.filter((score) => score < median(other)).length;
    same += own.filter((score) => score === median(other)).length;
  }
  return {
    withN: treated.length,
    withoutN: others.length,
    enough: Math.min(treated.length, others.length) >= ENOUGH,
    withMedian: median(treated),
    withoutMedian: median(others),
    difference: sum / weight,
    compared,
    better,
    same,
    p: permutationTest(nights),
  };
}

/**
 * "about 1 time in 20 (5 in 100)". Long odds are rounded, as they are not that exact.
 * @param {number} p
 * @returns {string}
 */
export function chanceInWords(p) {
  if (p > 0.66) return "most of the time";
  if (p > 0.4) return "about half of the time";
  if (p < 0.001) return "less than 1 time in 1,000";
  const hundred = p < 0.0095 ? Math.round(p * 1000) / 10 : Math.round(p * 100);
  if (p > 0.2) return `about ${hundred} times in 100`;
  const odds = 1 / p;
  const step = odds < 20 ? 1 : odds < 100 ? 5 : 50;
  return `about 1 time in ${(Math.round(odds / step) * step).toLocaleString("en")} (${hundred} in 100)`;
}

/** A score without needless decimals: 4, 4.5, 1.3. */
const score = (number) => String(Math.round(number * 10) / 10);

/**
 * The result of a trial in plain words, the answer first.
 * @param {ReturnType<typeof compare>} result
 * @param {string} thing what was tested, as in "nights with ..."
 * @returns {string[]} sentences, one paragraph each
 */
export function resultInWords(result, thing) {
  const { withN, withoutN, p, compared, better, same, difference } = result;
  if (!result.enough) {
    return [
      "There are too few nights to say anything.",
      `You have ${withN} with ${thing} and ${withoutN} without. It takes at least ${ENOUGH} of each.`,
    ];
  }
  if (!compared) {
    return [
      "These nights cannot be compared.",
      "Nights are compared within the small groups they were tossed in, and no group has a night of each kind written down.",
    ];
  }
  const size = score(Math.abs(difference));
  const direction = difference < 0 ? "better" : "worse";
  const [first, last] = size === "0"
    ? [`Nights with ${thing} and nights without came out the same.`, ""]
    : p <= 0.05
      ? [`Nights with ${thing} were ${direction}, and chance alone is an unlikely reason.`,
        difference < 0
          ? "You knew which night was which, so hope may be part of it. If it is easy and does no harm, it is fair to go on."
          : "It is fair to leave it out."]
      : p <= 0.2
        ? [`Nights with ${thing} looked ${direction}, but this may well be chance.`,
          "A second trial would tell you more than this one can."]
        : [`We cannot tell nights with ${thing} from nights without.`,
          "If there is a difference, it is too small, or the nights too few, to show."];
  const ties = same ? ` and the same on ${same}` : "";
  return [
    first,
    `They were better on ${better} of ${compared} nights with ${thing}${ties}, each set against the nights without of the same few days.`,
    `The middle score was ${score(result.withMedian)} on ${withN} nights with and ${score(result.withoutMedian)} on `
      + `${withoutN} nights without. Compared within the same few days, they differ by ${size} of 10 points.`,
    size !== "0" && `A difference this size would come up by chance ${chanceInWords(p)}.`,
    last,
  ].filter(Boolean);
}
