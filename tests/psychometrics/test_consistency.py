"""Alpha and agreement at their edges."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.psychometrics.longform import made
from trainingbase.psychometrics.agreement import agreement_of
from trainingbase.psychometrics.consistency import alpha_of, feldt_interval
from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.scores import complete_table

RNG = np.random.default_rng(11)


def table_of(values):
    return complete_table(made(np.asarray(values, float), *"pi"), "p", "i")


def test_feldts_interval_covers_the_truth_as_often_as_it_says():
    rng, covered = np.random.default_rng(1), 0
    truth = 5 * 0.5 / (1 + 4 * 0.5)
    for _ in range(400):
        x = rng.normal(size=(30, 1)) + rng.normal(size=(30, 5))
        low, high = alpha_of(table_of(x)).interval
        covered += low <= truth <= high
    assert 0.92 <= covered / 400 <= 0.98


def test_the_interval_narrows_with_people():
    widths = [np.diff(feldt_interval(0.8, n, 10))[0] for n in (10, 30, 100)]
    assert widths == sorted(widths, reverse=True)


def test_people_without_all_items_are_left_out_and_counted():
    x = RNG.normal(size=(12, 4)) + RNG.normal(size=(12, 1))
    whole = alpha_of(table_of(x[2:]))
    x[0, 1] = x[1, 3] = np.nan
    found = alpha_of(table_of(x))
    assert (found.people, found.left_out) == (10, 2)
    assert found.alpha == pytest.approx(whole.alpha)


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(-100, 100), st.floats(0.01, 100))
def test_order_shift_and_scale_change_neither(seed, shift, scale):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(8, 4)) + rng.normal(size=(8, 1))
    y = scale * rng.permutation(x) + shift
    assert alpha_of(table_of(y)).alpha == pytest.approx(alpha_of(table_of(x)).alpha, abs=1e-7)
    one, other = agreement_of(table_of(x)), agreement_of(table_of(y))
    assert other.values == pytest.approx(one.values, abs=1e-7)
    for name, (low, high) in one.intervals.items():
        assert other.intervals[name] == pytest.approx((low, high), abs=1e-6)
        assert low <= one.values[name] + 1e-9
        assert one.values[name] <= high + 1e-9


def test_perfect_agreement_is_one_and_so_are_its_limits():
    found = agreement_of(table_of(np.repeat(np.arange(6.0)[:, None], 3, axis=1)))
    assert set(found.values.values()) == {1.0}
    assert all(limits == pytest.approx((1, 1)) for limits in found.intervals.values())


def test_targets_that_do_not_differ_have_no_agreement_of_means():
    found = agreement_of(table_of([[1, 2], [2, 1], [1, 2], [2, 1], [1, 2]]))
    assert isnan(found.values["3,k"])
    assert found.values["3,1"] == pytest.approx(-1)


def test_an_item_that_does_not_vary_has_no_standardised_alpha():
    x = RNG.normal(size=(8, 3)) + RNG.normal(size=(8, 1))
    x[:, 0] = 4
    assert isnan(alpha_of(table_of(x)).standardised)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (RNG.normal(size=(4, 3)), "few_people"),
        (RNG.normal(size=(9, 1)), "few_conditions"),
        (np.where(np.eye(6, 3, dtype=bool), np.nan, RNG.normal(size=(6, 3))), "few_complete"),
        (np.full((6, 3), 2.0), "constant"),
        ([[1, 2], [2, 1], [1, 2], [2, 1], [1, 2]], "nothing_found"),
    ],
)
def test_too_little_is_refused(values, reason):
    with pytest.raises(CannotSay) as refused:
        alpha_of(table_of(values))
    assert refused.value.reason == reason
