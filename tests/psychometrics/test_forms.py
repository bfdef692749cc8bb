"""Trust in means of ward forms, which nobody planned."""

import numpy as np
import pytest

from tests.psychometrics import brute
from trainingbase.psychometrics.components import estimate
from trainingbase.psychometrics.forms import DESIGN, trust_in_means
from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.scores import Scores


def ward(seed, *, people=60, judges=15, forms=4, spread=(0.7, 0.5, 0.9)):
    """(people, judges, values): each person meets judges by chance, some of them again."""
    rng = np.random.default_rng(seed)
    able, mild = rng.normal(0, spread[0], people), rng.normal(0, spread[1], judges)
    rows = [
        (p, int(r), 6 + able[p] + mild[r] + rng.normal(0, spread[2]))
        for p in range(people)
        for r in rng.integers(0, judges, rng.integers(1, 2 * forms))
    ]
    return [list(column) for column in zip(*rows, strict=True)]


def test_components_are_those_of_hendersons_equations_for_the_three_effects():
    people, judges, values = ward(1, people=12, judges=5)
    scores = Scores.of({"p": people, "r": judges, "f": range(len(values))}, values)
    assert [one.name for one in DESIGN.effects] == ["p", "r", "f:pr"]
    expected = brute.henderson_one(scores, DESIGN.effects)
    assert dict(estimate(scores, DESIGN).estimates) == pytest.approx(expected)


def test_phi_is_on_average_what_was_put_in():
    found = [trust_in_means(*ward(seed), fewest_people=10) for seed in range(40)]
    expected = []
    for seed in range(40):
        people, judges, _values = ward(seed)
        cells = np.zeros((60, 15))
        np.add.at(cells, (people, judges), 1)
        each = cells.sum(1)
        error = 0.25 * (cells**2).sum(1) / each**2 + 0.81 / each
        expected.append(0.49 / (0.49 + error.mean()))
    assert np.mean([one.phi for one in found]) == pytest.approx(np.mean(expected), abs=0.03)


def test_so_many_more_forms_from_others_reach_the_target():
    people, judges, values = ward(3)
    before = trust_in_means(people, judges, values, fewest_people=10, target=0.8)
    assert before.phi < 0.8 and before.more
    rng = np.random.default_rng(9)
    able = {p: np.mean([v for q, v in zip(people, values, strict=True) if p == q]) for p in people}
    for p in range(60):
        for n in range(2 * before.more):
            people.append(p)
            judges.append(1000 + p * 100 + n)
            values.append(able[p] + rng.normal(0, 1))
    assert trust_in_means(people, judges, values, fewest_people=10).phi > 0.8


def test_where_it_is_dependable_no_more_are_asked_and_where_nobody_differs_none_would_do():
    assert trust_in_means(*ward(4, spread=(3, 0.1, 0.3)), fewest_people=10).more == 0
    none = [
        trust_in_means(*ward(seed, spread=(0, 0.5, 0.9)), fewest_people=10) for seed in range(6)
    ]
    assert None in [one.more for one in none]


@pytest.mark.parametrize(
    ("forms", "reason"),
    [
        (([], [], []), "few_people"),
        (([1, 1, 2, 3], [1, 2, 1, 2], [5, 6, 7, 8]), "few_people"),
        ((list(range(10)) * 2, [1, 2] * 10, range(20)), "few_conditions"),
        ((list(range(10)) * 2, range(20), np.arange(20) % 7), "not_separable"),
        ((list(range(10)) * 3, [1, 2, 3] * 10, [5] * 30), "constant"),
    ],
)
def test_too_few_forms_give_a_reason_and_no_number(forms, reason):
    with pytest.raises(CannotSay) as refused:
        trust_in_means(*forms, fewest_people=10)
    assert refused.value.reason == reason
