"""Intervals, control charts, inequality and hiding, against numbers worked out by hand."""

from datetime import date
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.quality.rules import inequality, spc
from trainingbase.quality.rules.hiding import hidden_in, hidden_of
from trainingbase.quality.rules.intervals import (
    between_means,
    between_shares,
    binomial_limits,
    of_mean,
    wilson,
)
from trainingbase.quality.rules.numbers import median, percent


def test_wilson_is_the_interval_of_the_text_books():
    # Newcombe 1998: 81 of 263 is 0.308, from 0.2553 to 0.3662; 0 of 20 ends at 0.1611
    assert wilson(81, 263) == (25.5, 36.6)
    assert wilson(0, 20) == (0.0, 16.1)
    assert wilson(0, 0) is None


def test_the_interval_of_a_mean_is_two_standard_errors():
    # 4, 6: mean 5, variance 2, standard error 1
    assert of_mean(10, 52, 2) == (3.04, 6.96)
    assert of_mean(5, 25, 1) is None


def test_limits_of_a_funnel_are_those_of_the_binomial():
    # of four tosses none is heads in 1 of 16: rarer than 5 in 100 is nothing at all
    low, high = binomial_limits(0.5, 4, 0.0625)
    assert (low, high) == (pytest.approx(0), pytest.approx(100))
    low, high = binomial_limits(0.5, 100, 0.025)
    assert low == pytest.approx(39.7, abs=0.5) and high == pytest.approx(60.3, abs=0.5)
    assert binomial_limits(1.0, 10, 0.025) == (100, 100)


def test_two_shares_differ_as_newcombe_printed():
    # Statistics in Medicine 17 (1998), 873-890, table II, method 10: 56/70 less 48/80, and 9/10
    # less 3/10, and 10/10 less 0/20
    assert between_shares((56, 70), (48, 80)) == (5.2, 33.4)
    assert between_shares((9, 10), (3, 10)) == (17.1, 80.9)
    assert between_shares((10, 10), (0, 20)) == (67.9, 100.0)
    assert between_shares((48, 80), (56, 70)) == (-33.4, -5.2)
    assert between_shares((0, 0), (1, 2)) is None


def test_two_means_differ_by_their_own_variances():
    # 4 scores with mean 5 and variance 4, 9 with mean 3 and variance 9: 2 +- 1.96 * sqrt(1 + 1)
    assert between_means((20, 112, 4), (27, 153, 9)) == (-0.77, 4.77)
    assert between_means((5, 25, 1), (27, 153, 9)) is None


@given(st.integers(1, 400), st.floats(0.001, 0.999), st.sampled_from([0.025, 0.001]))
def test_limits_of_a_funnel_leave_nothing_out(n, share, tail):
    """Summed from nothing at all, they are the same."""
    below = 0.0
    for count in range(n + 1):
        chance = comb(n, count) * share**count * (1 - share) ** (n - count)
        below += chance
        if below >= tail:
            break
    lowest = 100 * max(0.0, count - (below - tail) / chance) / n
    assert binomial_limits(share, n, tail)[0] == pytest.approx(lowest, abs=1e-6)


def test_an_xmr_chart_has_limits_by_the_moving_range():
    # moving ranges of 10 12 11 13 12 14: 2 1 2 1 2, mean 1.6; sigma 1.418
    points = spc.xmr_chart([10, 12, 11, 13, 12, 14])
    assert points[0].middle == 12 and points[0].sigma == pytest.approx(1.6 / 1.128)
    assert points[0].high == pytest.approx(12 + 3 * 1.6 / 1.128)
    assert not any(one.fired for one in points)


def test_a_p_chart_follows_the_number_of_cases_and_stays_within_percent():
    points = spc.p_chart([(45, 50), (90, 100), (9, 10), (45, 50), (90, 100), (2, 10)])
    # in all 281 of 320
    assert points[0].middle == pytest.approx(87.8125)
    assert points[2].high == 100.0
    assert points[5].fired == ("beyond",)
    assert points[0].sigma == pytest.approx(4.626, abs=0.001)


def test_a_u_chart_takes_counts_as_poisson():
    points = spc.u_chart([(9, 1), (9, 1), (9, 1), (9, 1), (9, 1), (27, 1)])
    assert points[0].middle == 12 and points[0].sigma == pytest.approx(12**0.5)
    assert points[5].fired == ("beyond",)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ([1, -1, 1, -1, 1, -1, 2.5, 2.6], "near"),
        ([-1, -1.1, -1, -1.1, 1, 1.1, 1, 1.1, 1, 1.1, 1, 1.1], "shift"),
        ([0, 0.1, 0.2, 0.3, 0.4, 0.5], "drift"),
        ([0, 0, 0, 0, 0, 9], "beyond"),
    ],
)
def test_each_rule_fires_where_it_should(values, rule):
    points = [spc.Point(value, 0, -3, 3, 1) for value in values]
    assert rule in spc.judged(points)[-1].fired


def test_too_few_months_say_nothing():
    assert not any(one.fired for one in spc.judged([spc.Point(9, 0, -3, 3, 1)] * 5))
    assert spc.xmr_chart([1]) == [] and spc.p_chart([]) == [] and spc.u_chart([]) == []


def test_the_gini_of_known_distributions():
    assert inequality.gini([(1, 5), (1, 5), (1, 5)]) == pytest.approx(0)
    # of four one holds everything: 1 - 1/4
    assert inequality.gini([(1, 0), (1, 0), (1, 0), (1, 8)]) == pytest.approx(0.75)
    # 1 and 3: the poorer half holds a quarter; area 0.5*0.25/2 + 0.5*(0.25+1)/2 = 0.375
    assert inequality.gini([(1, 3), (1, 1)]) == pytest.approx(0.25)
    assert inequality.lorenz([(1, 3), (1, 1)]) == [(0, 0), (0.5, 0.25), (1, 1)]
    # the same amount for each inhabitant is even, however different the sites are
    assert inequality.gini([(1, 2), (3, 6)]) == pytest.approx(0)
    assert inequality.gini([(1, 0)]) is None


def test_the_interval_of_the_gini_holds_it_and_is_the_same_each_time():
    holdings = [(1.0, float(n)) for n in (1, 2, 3, 5, 8, 13)]
    found = inequality.with_interval(holdings)
    assert found.low <= found.value <= found.high
    assert found == inequality.with_interval(holdings)
    # (-5·1 - 3·2 - 1·3 + 1·5 + 3·8 + 5·13) / (6·32) = 80 / 192
    assert found.value == pytest.approx(0.417)
    assert inequality.with_interval([(1, 2), (1, 3)]) is None


def test_one_small_group_hides_another_with_it():
    assert hidden_in({"a": 3, "b": 9, "c": 7}) == {"a", "c"}
    assert hidden_in({"a": 1, "b": 2, "c": 9}) == {"a", "b", "c"}
    assert hidden_in({"a": 3, "b": 4, "c": 9, "d": 8}) == {"a", "b"}
    assert hidden_in({"a": 0, "b": 9}) == set() and hidden_in({"a": 9, "b": 5}) == set()


MONTHS = [date(2026, month, 1) for month in (7, 8, 9, 10)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(MONTHS), st.integers(1, 6), st.integers(1, 3), st.integers(1, 40)
        ),
        max_size=60,
    )
)
def test_no_shown_figures_can_be_subtracted_to_reveal_few_people(rows):
    """Whatever can be reckoned from shown figures by adding and subtracting is about nobody or
    about five people or more.  Sites hold departments n % 3; everything is asked by quarter, and
    the base also by month."""
    sites = {department: department % 3 for department in range(1, 7)}
    people: dict[tuple, set] = {}
    for month, department, cohort, person in rows:
        for level, key in (("base", 0), ("site", sites[department]), ("department", department),
                           ("cohort", cohort)):  # fmt: skip
            people.setdefault((level, key, month), set()).add(person)
    crowds = {key: len(some) for key, some in people.items()}
    hidden = hidden_of(crowds, sites)
    for quarter in (date(2026, 7, 1), date(2026, 10, 1)):
        months = [month for month in MONTHS if month >= quarter][:3]
        months = [m for m in months if (m.month - 1) // 3 == (quarter.month - 1) // 3]
        size = {}
        for (level, key, month), number in crowds.items():
            if month in months:
                size[level, key] = max(size.get((level, key), 0), number)
        _assert_safe(size, hidden, months, sites, crowds)


def _assert_safe(size, hidden, months, sites, crowds):
    if hidden.base(months):
        assert all(hidden.has(level, key, months) for level, key in size)
        return
    for family, members in _families(size, sites, hidden, months):
        concealed = [one for one in members if hidden.has(*one, months)]
        for one in members:
            assert hidden.has(*one, months) or size[one] >= 5, (family, one)
        if concealed and len(concealed) < len(members):
            together = sum(size[one] for one in concealed)
            assert len(concealed) > 1 and together >= 5, (family, concealed)
    single = {month: n for (level, _k, month), n in crowds.items()
              if level == "base" and month in months}  # fmt: skip
    concealed = [month for month in single if month in hidden.months]
    assert all(n >= 5 for month, n in single.items() if month not in hidden.months)
    assert len(concealed) != 1 or len(single) == 1


def _families(size, sites, hidden, months):
    """Families whose sum is shown."""
    yield "sites", [one for one in size if one[0] == "site"]
    yield "cohorts", [one for one in size if one[0] == "cohort"]
    for site in set(sites.values()):
        within = [one for one in size if one[0] == "department" and sites[one[1]] == site]
        if hidden.has("site", site, months):
            assert all(hidden.has(*one, months) for one in within)
        else:
            yield f"departments of {site}", within


def test_small_sums():
    assert percent(0, 0) is None and percent(1, 3) == 33.3
    assert median([]) is None and median([5, 1, 3]) == 3 and median([4, 1, 2, 3]) == 2.5
