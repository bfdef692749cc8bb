"""Points and verdicts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.selfassessment.findings.activities import kept_share
from trainingbase.selfassessment.findings.people import at_once
from trainingbase.selfassessment.rules import Bar, Reached, by_share, summed, verdict

BARS = [
    Bar(Decimal(85), Decimal("38.25"), 0),
    Bar(Decimal(70), Decimal("31.5"), 0),
    Bar(Decimal(60), Decimal(27), 0),
]


def of(basic: str, quality: str):
    items = [
        Reached("1.1.1", Decimal(basic), Decimal(55), True, True),
        Reached("4.1.1", Decimal(quality), Decimal(45), True, True),
    ]
    return summed(items, quality_section="4", core_met_share=Decimal("0.7"), unknown=Decimal(0))


@pytest.mark.parametrize(
    ("basic", "quality", "bar"),
    [
        ("46.75", "38.25", 0),
        ("50", "38.2", 1),
        ("46.7", "38.25", 1),
        ("38.5", "31.5", 1),
        ("55", "31.4", 2),
        ("33", "27", 2),
        ("55", "26.9", None),
        ("10", "45", None),
    ],
)
def test_the_verdict_looks_at_all_points_and_at_those_of_quality(basic, quality, bar):
    assert verdict(of(basic, quality), BARS) == bar


def test_core_items_are_met_from_seven_tenths_of_their_points_on():
    assert of("38.5", "31.5").core_met == 2
    assert of("38.4", "31.5").core_met == 1


def test_points_by_share():
    one, full, half = Decimal(1), Decimal(90), Decimal(85)
    assert by_share(Decimal(90), one, full, half) == 1
    assert by_share(Decimal("89.9"), one, full, half) == Decimal("0.5")
    assert by_share(Decimal("84.9"), one, full, half) == 0
    assert by_share(None, one, full, half) == 0


def test_residents_at_once_are_counted_by_the_day():
    january, march, may = date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)
    assert at_once([(january, march), (march, may)]) == 1
    assert at_once([(january, march), (date(2026, 2, 28), may)]) == 2
    assert at_once([]) == 0


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=60))
def test_a_kept_share_is_a_share(days):
    share = kept_share(days, date(2026, 1, 1), date(2027, 1, 1), 14)
    assert 0 <= share <= 100


def test_every_stretch_needs_one():
    begin, end = date(2026, 1, 1), date(2026, 2, 12)
    first, second, third = date(2026, 1, 3), date(2026, 1, 20), date(2026, 2, 1)
    assert kept_share([first, second, third], begin, end, 14) == 100
    assert kept_share([first, first, third], begin, end, 14) == Decimal("66.7")
