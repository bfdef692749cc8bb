"""Medicine with Mei and Lin, who may have two residents each; Alice and Bob come in December."""

from datetime import date

import pytest

from tests.cast import faculty_member

NOVEMBER, DECEMBER, JANUARY, FEBRUARY = (
    date(2026, 11, 1),
    date(2026, 12, 1),
    date(2027, 1, 1),
    date(2027, 2, 1),
)


@pytest.fixture
def lin_member(county):
    return faculty_member("Lin", county.medicine, "1003")


@pytest.fixture
def lin(lin_member):
    return lin_member.person


@pytest.fixture
def coming(placed, alice_resident, county):
    """Alice in Medicine in December and January, with nobody."""
    return placed(alice_resident, county.medicine, DECEMBER, FEBRUARY)


@pytest.fixture
def also_coming(placed, bob_resident, county):
    return placed(bob_resident, county.medicine, DECEMBER, FEBRUARY)
