"""The trial's sums, against SciPy and against counting every arrangement."""

from __future__ import annotations

import itertools
import json
import random
import statistics

import pytest

from tool_page import call, modules


@pytest.fixture(scope="module")
def stats():
    """SciPy's statistics: asked for here, since every test process reads this file and few run it."""
    from scipy import stats

    return stats


@pytest.fixture(scope="module")
def page(browser, server):
    with modules(browser, server) as page:
        yield page


def nights(treated, others, block=0):
    return [{"score": s, "treated": True, "block": block} for s in treated] + [
        {"score": s, "treated": False, "block": block} for s in others
    ]


def difference(a, b, axis):
    return a.mean(axis=axis) - b.mean(axis=axis)


def enumerated(rows):
    """Two-sided p over every way the coin could have fallen within its blocks, by brute force."""
    blocks = {}
    for row in rows:
        blocks.setdefault(row["block"], []).append(row)
    choices = []
    for block in blocks.values():
        scores = [row["score"] for row in block]
        picked = sum(row["treated"] for row in block)
        choices.append([sum(scores[i] for i in pick) for pick in itertools.combinations(range(len(scores)), picked)])
    sums = [sum(way) for way in itertools.product(*choices)]
    seen = sum(row["score"] for row in rows if row["treated"])
    low, high = sum(s <= seen for s in sums), sum(s >= seen for s in sums)
    return min(1, 2 * min(low, high) / len(sums))


@pytest.mark.parametrize("seed", range(12))
def test_one_block_agrees_with_scipy(page, stats, seed):
    dice = random.Random(seed)
    treated = [dice.randint(0, 8) for _ in range(dice.randint(3, 7))]
    others = [dice.randint(1, 10) for _ in range(dice.randint(3, 7))]
    expected = stats.permutation_test((treated, others), difference, vectorized=True, n_resamples=10**6).pvalue
    assert call(page, "statistics", "m.permutationTest(a)", nights(treated, others)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_blocks_of_two_agree_with_scipy_pairs(page, stats, seed):
    dice = random.Random(seed)
    treated, others = ([dice.randint(0, 10) for _ in range(10)] for _ in range(2))
    rows = [row for block, pair in enumerate(zip(treated, others)) for row in nights([pair[0]], [pair[1]], block)]
    expected = stats.permutation_test(
        (treated, others), difference, permutation_type="samples", vectorized=True, n_resamples=10**6
    ).pvalue
    assert call(page, "statistics", "m.permutationTest(a)", rows) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_mixed_blocks_with_missing_nights_agree_with_counting_every_way(page, seed):
    dice = random.Random(seed)
    rows = []
    for block in range(4):
        half = dice.choice((1, 2))
        rows += nights([dice.randint(0, 10) for _ in range(half)], [dice.randint(0, 10) for _ in range(half)], block)
    rows = [row for row in rows if dice.random() > 0.15]
    assert call(page, "statistics", "m.permutationTest(a)", rows) == pytest.approx(enumerated(rows), abs=1e-12)


def test_the_longest_trial_agrees_with_a_large_random_sample(page, stats):
    dice = random.Random(6)
    treated, others = [dice.randint(0, 8) for _ in range(21)], [dice.randint(1, 10) for _ in range(21)]
    expected = stats.permutation_test((treated, others), difference, vectorized=True, n_resamples=20000, random_state=1).pvalue
    assert call(page, "statistics", "m.permutationTest(a)", nights(treated, others)) == pytest.approx(expected, abs=0.02)


def test_equal_scores_are_no_evidence(page):
    assert call(page, "statistics", "m.permutationTest(a)", nights([5] * 7, [5] * 7)) == 1


@pytest.mark.parametrize("values", [[3], [1, 2], [9, 0, 4], [5, 5, 5, 1], list(range(10))])
def test_middle_and_mean(page, values):
    assert call(page, "statistics", "[m.median(a), m.mean(a)]", values) == pytest.approx(
        [statistics.median(values), statistics.fmean(values)]
    )


@pytest.mark.parametrize("count", [1, 2, 3, 14, 21, 28, 35, 42])
def test_the_coin_keeps_the_kinds_even(page, count):
    # As text: Playwright takes thousands of objects out of a page one by one.
    for plan in json.loads(call(page, "statistics", "JSON.stringify(Array.from({length: 50}, () => m.assign(a)))", count)):
        assert len(plan) == count
        gap = 0
        for night in plan:
            gap += 1 if night["treated"] else -1
            assert abs(gap) <= 2
        assert abs(gap) == count % 2
        for block in {night["block"] for night in plan}:
            kinds = [night["treated"] for night in plan if night["block"] == block]
            assert len(kinds) in (1, 2, 4) and (len(kinds) == 1 or sum(kinds) * 2 == len(kinds))


def test_the_coin_is_fair(page, stats):
    code = "Array.from({length: 4000}, () => m.assign(14)).reduce((sums, plan) => sums.map((sum, night) => sum + plan[night].treated), Array(14).fill(0))"
    for night, treated in enumerate(call(page, "statistics", code)):
        assert stats.binomtest(treated, 4000).pvalue > 1e-6, f"night {night} comes out uneven"


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (1, "most of the time"), (0.5, "about half of the time"), (0.4, "about 40 times in 100"), (0.25, "about 25 times in 100"),
        (0.05, "about 1 time in 20 (5 in 100)"), (0.0069, "about 1 time in 150 (0.7 in 100)"),
        (0.0005, "less than 1 time in 1,000"),
    ],
)  # fmt: skip
def test_chance_in_words(page, p, words):
    assert call(page, "statistics", "m.chanceInWords(a)", p) == words


def result(page, rows):
    return " ".join(call(page, "statistics", "m.resultInWords(m.compare(a), 'massage')", rows))


def test_a_clear_result_names_nights_size_and_chance(page):
    text = result(page, nights([1, 2, 2, 3, 3, 6], [6, 6, 7, 8, 9, 9]))
    assert text.startswith("Nights with massage were better, and chance alone is an unlikely reason.")
    assert "better on 6 of 6 nights" in text and "The middle score was 2.5 on 6 nights with and 7.5 on 6 nights without" in text
    assert "by chance about 1 time in" in text and "hope may be part of it" in text


def test_a_worse_result_says_leave_it(page):
    text = result(page, nights([6, 6, 7, 8, 9, 9], [1, 2, 2, 3, 3, 4]))
    assert "were worse" in text and "leave it out" in text


def test_kinds_are_compared_within_the_groups_the_coin_made(page):
    """Six pairs in each of which massage was worse, and six good nights alone: taken together they would look better."""
    rows = [row for block in range(6) for row in nights([8], [7], block)] + [row for block in range(6, 12) for row in nights([0], [], block)]
    found = call(page, "statistics", "m.compare(a)", rows)
    assert (found["difference"], found["compared"], found["better"], found["p"]) == (1, 6, 0, 2 / 2**6)
    assert result(page, rows).startswith("Nights with massage were worse, and chance alone is an unlikely reason.")


@pytest.mark.parametrize("seed", range(20))
def test_the_difference_has_the_sign_of_the_test(page, seed):
    dice = random.Random(seed)
    rows = [
        {"score": max(0, min(10, 9 - night // 4 + dice.randint(-2, 2))), "treated": treated, "block": night // 4}
        for night in range(28)
        for treated in [dice.random() < 0.5]
        if dice.random() < 0.6
    ]
    blocks: dict = {}
    for row in rows:
        blocks.setdefault(row["block"], []).append(row)
    expected = sum(sum(row["score"] for row in block) / len(block) * sum(row["treated"] for row in block) for block in blocks.values())
    over = sum(row["score"] for row in rows if row["treated"]) - expected
    found = call(page, "statistics", "m.compare(a).difference", rows)
    assert found == pytest.approx(0, abs=1e-9) if abs(over) < 1e-9 else found * over > 0


def test_groups_without_a_night_of_each_kind_cannot_be_compared(page):
    rows = [row for block in range(6) for row in nights([3], [], block)] + [row for block in range(6, 12) for row in nights([], [7], block)]
    assert result(page, rows).startswith("These nights cannot be compared. Nights are compared within the small groups")


def test_no_difference_too_few_and_ties_are_said(page):
    assert "came out the same" in result(page, nights([4] * 6, [4] * 6))
    assert "and the same on 6" in result(page, nights([4] * 6, [4] * 6))
    assert "We cannot tell" in result(page, nights([1, 9, 4, 5, 3, 7], [2, 8, 4, 6, 3, 7]))
    few = result(page, nights([1, 1], [9, 9, 9, 9, 9, 9]))
    assert few.startswith("There are too few nights") and "chance" not in few
