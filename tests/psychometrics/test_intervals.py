"""Against values printed elsewhere: Newcombe, Stat Med 17 (1998) 857, table I, method 3."""

import pytest

from trainingbase.psychometrics.intervals import wilson


@pytest.mark.parametrize(
    ("passed", "of", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_printed_one(passed, of, low, high):
    assert wilson(passed, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_all_and_none_stay_within_reach():
    assert wilson(10, 10)[1] == 1.0
    assert wilson(0, 10)[0] == 0.0
    assert wilson(1, 1) == (pytest.approx(0.2065, abs=1e-4), 1.0)


@pytest.mark.parametrize(("passed", "of"), [(0, 0), (3, 2), (-1, 5)])
def test_a_share_of_nobody_is_none(passed, of):
    with pytest.raises(ValueError, match="nobody"):
        wilson(passed, of)
