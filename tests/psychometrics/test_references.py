"""Published figures, to the places that were printed."""

import pytest

from tests.psychometrics.longform import components_of, published
from trainingbase.psychometrics.agreement import agreement_of
from trainingbase.psychometrics.consistency import alpha_of
from trainingbase.psychometrics.generalizability import coefficients, d_study
from trainingbase.psychometrics.scores import complete_table


def near(value, places=4):
    """The printed value; sources round their intermediate results too."""
    return pytest.approx(value, abs=1.5 * 10**-places)


@pytest.mark.parametrize(
    ("file", "design", "expected"),
    [
        ("brennan_syn1_p_i.csv", "p x i", {"p": 0.0574, "i": 0.0754, "pi": 0.1269}),
        ("brennan_syn2_ip.csv", "i:p", {"p": 0.6108, "i:p": 2.0250}),
        (
            "brennan_syn4_p_rt.csv",
            "p x (r:t)",
            {"p": 0.4731, "t": 0.3252, "r:t": 0.6475, "pt": 0.5596, "p(r:t)": 2.3802},
        ),
        (
            "brennan_unbalanced_p_ih.csv",
            "p x (i:h)",
            {"p": 1.2014, "h": 2.9161, "i:h": 0.2946, "ph": 0.9913, "p(i:h)": 0.8429},
        ),
    ],
)
def test_variance_components_are_those_of_brennan(file, design, expected):
    assert dict(components_of(published(file), design).estimates) == near(expected)


@pytest.mark.parametrize(
    ("file", "design", "fixed", "g", "phi", "places"),
    [
        ("brennan_syn1_p_i.csv", "p x i", (), 0.8445, 0.773, 3),
        ("brennan_syn2_ip.csv", "i:p", (), 0.7070, 0.7070, 4),
        ("brennan_syn4_p_rt.csv", "p x (r:t)", (), 0.5514, 0.4637, 4),
        ("brennan_syn4_p_rt.csv", "p x (r:t)", ("t",), 0.77, 0.72, 2),
        ("brennan_unbalanced_p_ih.csv", "p x (i:h)", (), 0.716, 0.4277, 3),
    ],
)
def test_coefficients_are_those_of_brennan(file, design, fixed, g, phi, places):
    found = coefficients(components_of(published(file), design), fixed=fixed)
    assert (found.g, found.phi) == (near(g, places), near(phi, places))


def test_the_d_study_is_that_of_brennan():
    found = components_of(published("brennan_syn1_p_i.csv"), "p x i")
    projected = [
        (one.numbers["i"], one.coefficients.g, one.coefficients.phi)
        for one in d_study(found, {"i": [5, 10, 15, 20]})
    ]
    assert projected == [
        (5, near(0.693, 3), near(0.586, 3)),
        (10, near(0.819, 3), near(0.740, 3)),
        (15, near(0.871, 3), near(0.810, 3)),
        (20, near(0.901, 3), near(0.850, 3)),
    ]


def test_intraclass_correlations_are_those_of_shrout_and_fleiss():
    found = agreement_of(complete_table(published("shrout_fleiss_p_r.csv"), "p", "r"))
    assert found.values == near(
        {
            "1,1": 0.1657,
            "2,1": 0.2898,
            "3,1": 0.7148,
            "1,k": 0.4428,
            "2,k": 0.6201,
            "3,k": 0.9093,
        }
    )
    printed = {
        "1,1": (-0.13, 0.72),
        "2,1": (0.02, 0.76),
        "3,1": (0.34, 0.95),
        "1,k": (-0.88, 0.91),
        "2,k": (0.07, 0.93),
        "3,k": (0.68, 0.99),
    }
    for name, limits in printed.items():
        assert tuple(round(one, 2) for one in found.intervals[name]) == limits


def test_alpha_of_the_attitude_survey_is_what_the_packages_print():
    found = alpha_of(complete_table(published("attitude_p_i.csv"), "p", "i"))
    assert (found.alpha, found.standardised) == (near(0.8431), near(0.8391))
    assert found.dropped == near(
        {
            "rating": 0.8098,
            "complaints": 0.7969,
            "privileges": 0.8278,
            "learning": 0.8030,
            "raises": 0.7954,
            "critical": 0.8639,
            "advance": 0.8405,
        }
    )


@pytest.mark.parametrize(
    ("file", "column", "alpha"),
    [("brennan_syn1_p_i.csv", "i", 0.8445), ("shrout_fleiss_p_r.csv", "r", 0.9093)],
)
def test_alpha_is_g_of_the_crossed_design(file, column, alpha):
    scores = published(file)
    found = alpha_of(complete_table(scores, "p", column))
    assert found.alpha == near(alpha)
    crossed = components_of(scores, f"p x {column}")
    assert found.alpha == pytest.approx(coefficients(crossed).g, abs=1e-12)
