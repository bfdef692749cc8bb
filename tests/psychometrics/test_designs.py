"""Designs as people write them."""

import pytest

from trainingbase.psychometrics.designs import read_design
from trainingbase.psychometrics.refusals import Unreadable


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        ("p x i", ["p", "i", "pi"]),
        ("p×i", ["p", "i", "pi"]),
        ("i:p", ["p", "i:p"]),
        ("p x (r:t)", ["p", "t", "pt", "r:t", "p(r:t)"]),
        ("(r:t) * p", ["p", "t", "pt", "r:t", "p(r:t)"]),
        ("p x r:t", ["p", "t", "pt", "r:t", "p(r:t)"]),
        ("p x i x o", ["p", "i", "o", "pi", "po", "io", "pio"]),
        ("f:(p x r)", ["p", "r", "pr", "f:pr"]),
        ("p x (r:t:s)", ["p", "s", "ps", "t:s", "p(t:s)", "r:t:s", "p(r:t:s)"]),
        (
            "resident x assessor:site",
            [
                "resident",
                "site",
                "resident x site",
                "assessor:site",
                "resident x (assessor:site)",
            ],
        ),
    ],
)
def test_a_design_has_its_effects(text, effects):
    assert [one.name for one in read_design(text).effects] == effects


def test_what_is_measured_is_p_or_the_first_or_what_is_said():
    assert read_design("i x p").object == "p"
    assert read_design("student x station").object == "student"
    assert read_design("student x station", measured="station").object == "station"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "bad_design"),
        ("p x", "bad_design"),
        ("p x x i", "bad_design"),
        ("p x p", "bad_design"),
        ("(p x i", "bad_design"),
        ("p i", "bad_design"),
        ("p x i)", "bad_design"),
        ("p + i", "bad_design"),
        ("p x score", "bad_design"),
        ("a x b x c x d x e x f x g", "bad_design"),
        ("(" * 100_000, "bad_design"),
        ("p", "object_alone"),
        ("p:c", "object_nested"),
    ],
)
def test_what_cannot_be_read_is_refused(text, reason):
    with pytest.raises(Unreadable) as refused:
        read_design(text)
    assert refused.value.reason == reason
    assert len(refused.value.text("zh")) < 400
