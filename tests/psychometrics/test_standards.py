"""Where to pass."""

import numpy as np
import pytest

from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.standards import (
    angoff,
    borderline_group,
    borderline_regression,
)

RATINGS = [1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5]
SCORES = [38, 42, 47, 50, 44, 58, 61, 55, 60, 70, 66, 80]
JUDGES = {
    "A": [0.6, 0.7, 0.5, 0.8, 0.4],
    "B": [0.6, 0.6, 0.5, 0.8, 0.4],
    "C": [0.7, 0.8, 0.6, 0.8, 0.5],
    "D": [0.55, 0.6, 0.5, 0.7, 0.4],
}


def judged(judges):
    return {judge: dict(enumerate(given)) for judge, given in judges.items()}


def test_angoffs_cut_is_the_mean_of_the_judges_sums():
    found = angoff(judged(JUDGES))
    assert found.sums == pytest.approx({"A": 3.00, "B": 2.90, "C": 3.40, "D": 2.75})
    assert found.cut == pytest.approx(3.0125)
    assert found.percent == pytest.approx(60.25)
    assert found.deviation == pytest.approx(np.std([3.0, 2.9, 3.4, 2.75], ddof=1))
    assert found.standard_error == pytest.approx(found.deviation / 2)
    assert found.spread[1] == pytest.approx(0.2)
    assert 0.9 < found.agreement < 1


def test_agreement_of_the_judges_is_left_open_with_few_items():
    assert angoff(judged({judge: given[:3] for judge, given in JUDGES.items()})).agreement is None


def test_borderline_regression_cuts_where_the_line_meets_the_borderline():
    found = borderline_regression(SCORES, RATINGS, borderline=2)
    assert found.cut == pytest.approx(48.40513, abs=5e-6)
    assert found.r_squared == pytest.approx(0.95944, abs=5e-6)
    slope, intercept = np.polyfit(RATINGS, SCORES, 1)
    assert (found.slope, found.intercept) == pytest.approx((slope, intercept))
    assert 0 < found.standard_error < found.residual


def test_the_borderline_group_cuts_at_its_mean():
    found = borderline_group([*SCORES, 46, 53], [*RATINGS, 2, 2], borderline=2)
    assert found.cut == pytest.approx(np.mean([47, 50, 44, 46, 53]))
    assert (found.median, found.borderline, found.candidates) == (47, 5, 14)
    assert found.standard_error == pytest.approx(np.std([47, 50, 44, 46, 53], ddof=1) / 5**0.5)


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda: borderline_group(SCORES, RATINGS, borderline=2), "few_borderline"),
        (lambda: borderline_regression(SCORES[:7], RATINGS[:7], borderline=2), "few_candidates"),
        (lambda: borderline_regression(SCORES, [3] * 12, borderline=2), "one_global"),
        (lambda: borderline_regression(SCORES[::-1], RATINGS, borderline=2), "contradicting"),
        (lambda: borderline_regression([5] * 12, RATINGS, borderline=2), "contradicting"),
        (lambda: angoff(judged({"A": [0.5], "B": [0.5]})), "few_judges"),
        (lambda: angoff(judged(JUDGES | {"E": [0.5]})), "unequal_items"),
        (lambda: angoff(judged(JUDGES | {"E": [0.5, 0.5, 0.5, 0.5, 1.5]})), "outside"),
        (lambda: angoff({"A": {}, "B": {}, "C": {}}), "no_scores"),
    ],
)
def test_too_little_is_refused(ask, reason):
    with pytest.raises(CannotSay) as refused:
        ask()
    assert refused.value.reason == reason
    assert "{" not in refused.value.text("zh") + refused.value.text("en")
