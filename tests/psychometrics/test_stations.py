"""Against sums done by hand."""

import pytest

from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.stations import station_figures

SCORES = {
    "p1": {"a": 50, "b": 40, "c": 70},
    "p2": {"a": 60, "b": 50, "c": 70},
    "p3": {"a": 70, "b": 60, "c": 70},
    "p4": {"a": 80, "b": 50, "c": 70},
    "p5": {"a": 90, "b": 75, "c": 70},
}


def test_difficulty_and_discrimination_by_hand():
    found = station_figures(SCORES)
    assert found["a"].difficulty == pytest.approx(0.70)
    assert found["a"].deviation == pytest.approx(15.8113883)  # sqrt(1000 / 4)
    # b + c: 110, 120, 130, 120, 145; away from 125: -15, -5, 5, -5, 20;
    # with a, away from 70: 20·15 + 10·5 + 0·5 - 10·5 + 20·20 = 700
    assert found["a"].discrimination == pytest.approx(700 / (1000 * 700) ** 0.5)
    assert found["c"].discrimination is None
    assert found["b"].people == 5


def test_who_missed_a_station_does_not_count():
    with pytest.raises(CannotSay) as refused:
        station_figures({**SCORES, "p5": {"a": 90}})
    assert refused.value.reason == "few_candidates"


def test_without_scores_nothing_is_said():
    with pytest.raises(CannotSay):
        station_figures({})
