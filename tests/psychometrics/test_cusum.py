"""Cumulative sums and how long they run."""

import numpy as np
import pytest

from trainingbase.psychometrics.cusum import LONGEST, chart, run_length, run_lengths
from trainingbase.psychometrics.refusals import CannotSay


@pytest.mark.parametrize(
    ("h", "shift", "printed"),
    [(4, 0, 167.68), (4, 1, 8.38), (4, 2, 3.34), (5, 0, 465.44), (5, 1, 10.38), (5, 2, 4.01)],
)
def test_average_run_lengths_are_those_of_montgomerys_table(h, shift, printed):
    assert round(run_length(shift, k=0.5, h=h), 2) == printed


def simulated_run(rng, shift):
    values = rng.normal(shift, 1, 2_000)
    return chart(values.tolist(), target=0, deviation=1).signal_at + 1


@pytest.mark.parametrize("shift", [0.5, 1.0, -1.0])
def test_charts_run_as_long_as_the_table_says(shift):
    rng = np.random.default_rng(4)
    runs = [simulated_run(rng, shift) for _ in range(400)]
    assert np.mean(runs) == pytest.approx(run_length(shift), rel=0.12)


def test_the_table_falls_with_the_shift_and_is_the_same_on_both_sides():
    means = [one.mean for one in run_lengths(k=0.5, h=4)]
    assert means == sorted(means, reverse=True)
    assert run_length(-1.0) == pytest.approx(run_length(1.0))
    assert run_length(8.0) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("k", [0.01, 50, 9999])
@pytest.mark.parametrize("h", [0.01, 4, 9999])
def test_any_numbers_a_base_may_set_have_a_run_length(k, h):
    assert all(0 < one.mean <= LONGEST for one in run_lengths(k=k, h=h))


def test_a_signal_says_which_way_and_since_when():
    steady, falling = [5.0, 5.2, 4.9, 5.1], [4.0, 3.9, 4.1, 3.8]
    found = chart([*steady, *falling], target=5, deviation=0.4)
    assert found.signal == "below"
    assert found.began == 4
    assert found.signal_at == 5
    assert [one.signal for one in found.points] == [None] * 5 + ["below"] * 3
    assert found.points[4].down == pytest.approx(2.0)


def test_steady_results_give_no_signal():
    found = chart([5.0, 5.2, 4.8] * 10, target=5, deviation=0.4)
    assert (found.signal, found.signal_at, found.began) == (None, None, None)


@pytest.mark.parametrize(
    ("values", "deviation", "reason"),
    [([], 1, "no_scores"), ([1.0], 0, "no_spread"), ([1.0], float("nan"), "no_spread")],
)
def test_without_values_or_spread_nothing_is_said(values, deviation, reason):
    with pytest.raises(CannotSay) as refused:
        chart(values, target=0, deviation=deviation)
    assert refused.value.reason == reason
