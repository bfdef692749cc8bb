"""Alice and Bob at the township centre, and a signed plan."""

from datetime import date

import pytest


@pytest.fixture
def at_the_township(placed, county, alice_resident, bob_resident):
    """Alice is there today, Bob comes after her."""
    return (
        placed(alice_resident, county.village_team, date(2026, 11, 1), date(2027, 1, 1)),
        placed(bob_resident, county.village_team, date(2027, 1, 1), date(2027, 3, 1)),
    )
