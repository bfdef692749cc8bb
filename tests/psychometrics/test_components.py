"""Variance components: against other ways of finding them, and what must not change them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.psychometrics import brute
from tests.psychometrics.longform import components_of, made, shuffled
from trainingbase.psychometrics.generalizability import coefficients
from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.scores import Scores

SEEDS = st.integers(0, 2**32 - 1)
CROSSED = {"p x i": "pi", "p x (r:t)": "ptr", "i:p": "pi", "p x i x o": "pio"}
BY_MEAN_SQUARES = {
    "p x i": brute.p_by_i,
    "i:p": brute.i_in_p,
    "p x (r:t)": brute.p_by_r_in_t,
    "p x i x o": brute.p_by_i_by_o,
}


@st.composite
def tables(draw, design, *, gaps=False):
    """Scores from 1 to 9 that people, conditions and chance have made, whole or with gaps."""
    rng = np.random.default_rng(draw(SEEDS))
    shape = [draw(st.integers(5, 8)), *(draw(st.integers(2, 4)) for _ in CROSSED[design][1:])]
    parts = []
    for axis, size in enumerate(shape):
        spread = draw(st.sampled_from([0, 0.5, 2]))
        along = [size if axis == other else 1 for other in range(len(shape))]
        parts.append(rng.normal(0, spread, along))
    table = np.round(np.clip(5 + sum(parts) + rng.normal(0, 1.5, shape), 1, 9))
    if gaps:
        table[rng.random(shape) < 0.2] = np.nan
    return table


def whole_or_refused(table, design):
    """Nothing to compare where chance made all scores equal, or took too many."""
    try:
        return components_of(made(table, *CROSSED[design]), design)
    except CannotSay:
        return None


@pytest.mark.parametrize("design", BY_MEAN_SQUARES)
@settings(deadline=None)
@given(data=st.data())
def test_balanced_components_are_those_of_the_mean_squares(design, data):
    table = data.draw(tables(design))
    found = whole_or_refused(table, design)
    if found:
        assert found.balanced
        assert dict(found.estimates) == pytest.approx(BY_MEAN_SQUARES[design](table), abs=1e-9)


@pytest.mark.parametrize("design", CROSSED)
@settings(deadline=None)
@given(data=st.data())
def test_components_with_gaps_solve_the_equations_of_henderson(design, data):
    table = data.draw(tables(design, gaps=True))
    found = whole_or_refused(table, design)
    if found:
        expected = brute.henderson_one(made(table, *CROSSED[design]), found.design.effects)
        assert dict(found.estimates) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("design", CROSSED)
@settings(deadline=None)
@given(data=st.data(), seed=SEEDS, shift=st.integers(-1000, 1000), scale=st.floats(0.01, 100))
def test_order_shift_and_scale_change_nothing_but_the_unit(design, data, seed, shift, scale):
    table = data.draw(tables(design, gaps=True))
    found = whole_or_refused(table, design)
    if not found:
        return
    other = components_of(shuffled(made(table * scale + shift, *CROSSED[design]), seed), design)
    assert {name: value / scale**2 for name, value in other.estimates.items()} == pytest.approx(
        dict(found.estimates), rel=1e-5, abs=1e-5
    )
    assert dict(other.shares) == pytest.approx(dict(found.shares))


@pytest.mark.parametrize("design", CROSSED)
@settings(deadline=None)
@given(data=st.data())
def test_coefficients_lie_between_nought_and_one_and_phi_is_not_above_g(design, data):
    found = whole_or_refused(data.draw(tables(design, gaps=True)), design)
    if found:
        try:
            both = coefficients(found)
        except CannotSay:
            return
        assert 0 <= both.phi <= both.g <= 1


def test_a_negative_component_is_reported_and_counts_as_nothing():
    table = np.array([[1, 3], [3, 1], [2, 2], [1, 3], [3, 1.0]])
    found = components_of(made(table, *"pi"), "p x i")
    assert found.estimates["p"] < 0
    assert "p" in found.set_to_zero
    assert coefficients(found).g == 0


def test_missing_cells_are_averaged_harmonically():
    table = np.random.default_rng(3).normal(5, 1, (6, 4))
    table[0, 1:] = np.nan
    table[1, 2:] = np.nan
    found = components_of(made(table, *"pi"), "p x i")
    assert found.shares["pi"] == pytest.approx(np.mean([1, 1 / 2, 1 / 4, 1 / 4, 1 / 4, 1 / 4]))
    assert not found.balanced
    assert "i" not in found.alike


def test_a_balanced_block_design_is_not_taken_for_a_whole_one():
    table = np.full((6, 4), np.nan)
    for person, items in enumerate([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]):
        table[person, list(items)] = person + np.array(items)
    assert not components_of(made(table + np.arange(6)[:, None] ** 2, *"pi"), "p x i").balanced


@pytest.mark.parametrize(
    ("table", "design", "reason"),
    [
        (np.arange(12.0).reshape(4, 3), "p x i", "few_people"),
        (np.arange(8.0).reshape(8, 1), "p x i", "few_conditions"),
        (np.ones((8, 3)), "p x i", "constant"),
        (np.arange(8.0).reshape(8, 1), "i:p", "not_separable"),
        (np.where(np.eye(6), np.arange(6.0), np.nan), "p x i", "not_separable"),
        (np.empty((0, 0)), "p x i", "no_scores"),
    ],
)
def test_too_little_is_refused_with_its_reason(table, design, reason):
    scores = made(table, *"pi") if table.size else made(np.full((1, 1), np.nan), *"pi")
    with pytest.raises(CannotSay) as refused:
        components_of(scores, design)
    assert refused.value.reason == reason
    assert all("{" not in refused.value.text(language) for language in ("zh", "en"))


def test_two_scores_in_one_cell_are_refused():
    scores = Scores.of({"p": [*range(6), *range(6), 3], "i": [0] * 6 + [1] * 7}, range(13))
    with pytest.raises(CannotSay, match=r"rows 10 and 13 are the same cell \(p 3, i 1\)"):
        components_of(scores, "p x i")
