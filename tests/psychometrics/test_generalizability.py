"""D studies, fixed facets, and how many more would do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.psychometrics.longform import components_of, made, published
from trainingbase.psychometrics.generalizability import (
    coefficients,
    d_study,
    enough,
    numbers_met,
)
from trainingbase.psychometrics.refusals import Unreadable
from trainingbase.psychometrics.study import study

SYN1 = ("brennan_syn1_p_i.csv", "p x i")
SYN4 = ("brennan_syn4_p_rt.csv", "p x (r:t)")


def syn(which):
    file, design = which
    return components_of(published(file), design)


def test_a_projection_to_the_numbers_met_is_the_study_itself():
    found = syn(SYN4)
    (projected,) = d_study(found, {"t": [3], "r": [4]})
    assert projected.coefficients.g == pytest.approx(coefficients(found).g)
    assert projected.coefficients.phi == pytest.approx(coefficients(found).phi)
    assert numbers_met(found) == pytest.approx({"t": 3, "r": 4})


def test_the_fewest_that_reach_the_target_are_found():
    found = syn(SYN1)
    assert enough(found, by="g").numbers == {"i": 9}
    assert enough(found, by="phi").numbers == {"i": 15}
    before, there = d_study(found, {"i": [14, 15]})
    assert before.coefficients.phi < 0.8 <= there.coefficients.phi


@settings(deadline=None)
@given(st.sampled_from(["g", "phi"]), st.sampled_from([0.6, 0.7, 0.8, 0.9]))
def test_no_smaller_study_of_two_facets_reaches_the_target(by, target):
    found = syn(SYN4)
    best = enough(found, by=by, target=target)
    cheapest = best.numbers["t"] * best.numbers["r"]
    reached = getattr(coefficients(found), by) >= target
    least = (1, 1) if reached else (3, 4)
    all_smaller = d_study(
        found,
        {"t": range(least[0], cheapest // least[1] + 1), "r": range(least[1], 60)},
    )
    assert getattr(best.coefficients, by) >= target
    assert not [
        one
        for one in all_smaller
        if one.numbers["t"] * one.numbers["r"] < cheapest
        and getattr(one.coefficients, by) >= target
    ]


def test_no_number_is_enough_where_people_do_not_differ():
    table = np.array([[1, 3], [3, 1], [2, 2], [1, 3], [3, 1.0]])
    assert enough(components_of(made(table, *"pi"), "p x i")) is None


def test_a_fixed_facet_keeps_its_number_in_a_d_study():
    found = syn(SYN4)
    for one in d_study(found, {"t": [1, 2], "r": [4]}, fixed=["t"]):
        assert one.numbers == {"r": 4}
        assert one.coefficients.g == pytest.approx(coefficients(found, fixed=["t"]).g)


def test_with_everything_fixed_what_is_left_counts_as_error():
    told = study(published(SYN1[0]), syn(SYN1).design, fixed=["i"])
    assert told.now.g == told.now.phi == pytest.approx(0.8445, abs=5e-5)
    assert [key for key, _facts in told.notes] == ["residual_is_error"]


@pytest.mark.parametrize("facet", ["p", "z"])
def test_what_is_measured_or_unknown_cannot_be_fixed(facet):
    with pytest.raises(Unreadable):
        coefficients(syn(SYN1), fixed=[facet])


def test_gaps_and_negative_components_are_said():
    table = np.random.default_rng(7).normal(5, 1, (9, 4))
    table[0, 0] = np.nan
    design = syn(SYN1).design
    told = study(made(table, *"pi"), design)
    notes = dict(told.notes)
    assert notes["not_alike"] == {"facets": ["i"]}
    assert "unbalanced" in notes
    assert notes.get("set_to_zero", {"effects": ()})["effects"] == told.found.set_to_zero
