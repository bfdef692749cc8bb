"""Means freed of who judged: against the whole likelihood, and against what was put in."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.psychometrics.longform import components_of, made, published, shuffled
from trainingbase.psychometrics.leniency import adjusted_means
from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.scores import Scores


def simulated(seed, *, people=40, judges=8, keep=0.5, repeats=1, spread=(1.0, 0.7, 0.4)):
    """Scores, and what people and judges truly are."""
    rng = np.random.default_rng(seed)
    p = rng.normal(0, spread[0], people)
    r = rng.normal(0, spread[1], judges)
    pr = rng.normal(0, spread[2], (people, judges)) if repeats > 1 else np.zeros((people, judges))
    every = product(range(people), range(judges), range(repeats))
    cells = [(a, b) for a, b, _again in every if rng.random() < keep]
    values = [5 + p[a] + r[b] + pr[a, b] + rng.normal(0, 0.8) for a, b in cells]
    scores = Scores.of({"p": [a for a, _ in cells], "r": [b for _, b in cells]}, values)
    return scores, p, r


def in_the_open(scores, variances):
    """Restricted log likelihood, adjusted means and their errors, by matrices as long as the
    data."""
    between_p, between_r, together, error = variances
    p, r = scores.facets["p"], scores.facets["r"]
    same_p, same_r = (p[:, None] == p).astype(float), (r[:, None] == r).astype(float)
    v = between_p * same_p + between_r * same_r + together * same_p * same_r
    v += error * np.eye(len(p))
    inverse = np.linalg.inv(v)
    x = np.ones(len(p))
    information = x @ inverse @ x
    mean = x @ inverse @ scores.values / information
    left = scores.values - mean
    likelihood = -0.5 * (np.linalg.slogdet(v)[1] + np.log(information) + left @ inverse @ left)
    z = (p[:, None] == np.arange(len(scores.labels["p"]))).astype(float)
    covariance = between_p * z.T
    blup = covariance @ inverse @ left
    project = inverse - np.outer(inverse @ x, x @ inverse) / information
    weights = covariance @ project + np.outer(np.ones(len(z.T)), x @ inverse / information)
    wrong = weights @ z - np.eye(len(z.T))
    variance = between_p * (wrong**2).sum(1) + np.einsum(
        "ij,jk,ik->i", weights, v - between_p * same_p, weights
    )
    return likelihood, mean + blup, np.sqrt(variance)


def variances(found):
    return np.array(
        [
            found.people_variance,
            found.judge_variance,
            found.together_variance or 0.0,
            found.error_variance,
        ]
    )


@pytest.mark.parametrize(("people", "judges", "repeats"), [(14, 5, 1), (14, 5, 3), (7, 12, 1)])
@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_most_likely_and_its_predictions_are_the_best_linear_ones(
    seed, people, judges, repeats
):
    scores, _p, _r = simulated(seed, people=people, judges=judges, repeats=repeats)
    found = adjusted_means(scores)
    best, adjusted, errors = in_the_open(scores, variances(found))
    assert [one.adjusted for one in found.people] == pytest.approx(adjusted, abs=1e-6)
    assert [one.standard_error for one in found.people] == pytest.approx(errors, abs=1e-6)
    for at in range(4):
        for factor in (0.97, 1.03):
            other = variances(found)
            other[at] *= factor
            assert in_the_open(scores, other)[0] <= best + 1e-7


@pytest.mark.parametrize(
    ("file", "judges"), [("brennan_syn1_p_i.csv", "i"), ("shrout_fleiss_p_r.csv", "r")]
)
def test_balanced_variances_are_those_of_the_analysis_of_variance(file, judges):
    scores = published(file)
    found = adjusted_means(scores, judges=judges)
    expected = components_of(scores, f"p x {judges}").estimates
    assert found.people_variance == pytest.approx(expected["p"], rel=1e-4)
    assert found.judge_variance == pytest.approx(expected[judges], rel=1e-4)
    assert found.error_variance == pytest.approx(expected[f"p{judges}"], rel=1e-4)
    assert found.together_variance is None


def test_adjusted_means_are_nearer_to_the_truth_and_as_near_as_they_say():
    raw = adjusted = inside = people = 0
    for seed in range(10):
        scores, p, _r = simulated(seed, people=60, judges=10, keep=0.3, spread=(0.8, 1.2, 0))
        for one in adjusted_means(scores).people:
            truth = 5 + p[one.label]
            raw += (one.raw - truth) ** 2
            adjusted += (one.adjusted - truth) ** 2
            inside += abs(one.adjusted - truth) < 1.96 * one.standard_error
            people += 1
    assert adjusted < 0.6 * raw
    assert inside / people > 0.85  # ten judges of each: their own mean is part of the error


def test_judges_are_found_to_be_as_lenient_as_they_are():
    scores, _p, r = simulated(5, people=200, judges=8)
    found = adjusted_means(scores).judges
    assert [one.leniency for one in sorted(found, key=lambda one: one.label)] == pytest.approx(
        r - r.mean(), abs=0.35
    )


def test_fewer_scores_are_held_closer_to_the_mean_of_all():
    scores, _p, _r = simulated(2, people=50, keep=0.4)
    ordered = sorted(adjusted_means(scores).people, key=lambda one: one.scores)
    assert ordered[0].scores < ordered[-1].scores
    assert ordered[0].shrinkage > ordered[-1].shrinkage
    assert all(0 <= one.shrinkage <= 1 for one in ordered)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 1000), st.floats(-100, 100), st.floats(0.05, 20))
def test_order_shift_and_scale_change_nothing_but_the_unit(seed, shift, scale):
    scores, _p, _r = simulated(3, people=12, judges=4)
    moved = Scores(scores.values * scale + shift, scores.facets, scores.labels)
    found = {one.label: one.adjusted for one in adjusted_means(scores).people}
    other = {one.label: one.adjusted for one in adjusted_means(shuffled(moved, seed)).people}
    assert {key: (value - shift) / scale for key, value in other.items()} == pytest.approx(
        found, abs=1e-3
    )


def test_where_people_do_not_differ_all_get_the_same():
    table = np.array([[1, 2, 3], [3, 1, 2], [2, 3, 1], [1, 3, 2], [3, 2, 1], [2, 1, 3.0]])
    found = adjusted_means(made(table, *"pr"))
    assert found.people_variance == 0
    assert {round(one.adjusted, 9) for one in found.people} == {2.0}
    assert {one.shrinkage for one in found.people} == {1.0}


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (np.arange(12.0).reshape(4, 3), "few_people"),
        (np.arange(12.0).reshape(6, 2), "few_conditions"),
        (np.ones((6, 3)), "constant"),
        (np.where(np.eye(6), np.arange(6.0), np.nan), "few_links"),
        (np.arange(6.0)[:, None] + np.arange(4.0), "exact"),
    ],
)
def test_too_little_is_refused(table, reason):
    with pytest.raises(CannotSay) as refused:
        adjusted_means(made(table, *"pr"))
    assert refused.value.reason == reason
