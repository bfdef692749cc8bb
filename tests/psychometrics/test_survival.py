"""Staying, against published results.

Remission of leukaemia under 6-mercaptopurine (Freireich and others, Blood 1963;21:699), as worked
in Kleinbaum and Klein, Survival Analysis, chapter 2; intervals as R's survfit gives them with
conf.type = "log-log".
"""

import pytest

from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.survival import curve, difference

TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
RELAPSED = [True] * 9 + [False] * 12
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_the_estimate_is_the_published_one():
    found = curve(TREATED, RELAPSED)
    shares = {one.time: round(one.share, 4) for one in found.steps}
    assert shares == {
        6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482,
    }  # fmt: skip
    at_risk = {one.time: one.at_risk for one in found.steps}
    assert at_risk == {6: 21, 7: 17, 10: 15, 13: 12, 16: 11, 22: 7, 23: 6}
    assert (found.people, found.events, found.median) == (21, 9, 23)


def test_the_interval_is_the_published_one():
    steps = {one.time: one for one in curve(TREATED, RELAPSED).steps}
    assert (round(steps[6].low, 3), round(steps[6].high, 3)) == (0.620, 0.952)
    assert (round(steps[10].low, 3), round(steps[10].high, 3)) == (0.503, 0.889)
    assert (round(steps[23].low, 3), round(steps[23].high, 3)) == (0.188, 0.680)


def test_the_logrank_test_is_the_published_one():
    found = difference((TREATED, RELAPSED), (PLACEBO, [True] * 21))
    assert round(found.chi_square, 2) == 16.79
    assert found.p < 0.0001
    assert curve(PLACEBO, [True] * 21).median == 8


def test_where_everybody_has_left_there_is_no_interval():
    last = curve(PLACEBO, [True] * 21).steps[-1]
    assert (last.share, last.low, last.high) == (0, None, None)


def test_nobody_left_is_a_level_line():
    found = curve([3, 4, 5, 6, 7], [False] * 5)
    assert found.steps == () and found.median is None
    assert found.at(4).share == 1 and found.at(8) is None
    assert found.at_risk(5) == 3


def test_too_few_are_refused():
    with pytest.raises(CannotSay, match="fewer than 5"):
        curve([1, 2, 3, 4], [True] * 4)
    with pytest.raises(CannotSay):
        curve([1, 2, 3, 4, -1], [True] * 5)
    with pytest.raises(CannotSay):
        difference(([1] * 5, [False] * 5), ([1] * 5, [False] * 5))
