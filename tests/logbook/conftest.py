from datetime import date

import pytest

from tests.cast import add
from trainingbase.programmes.models import Minimum


@pytest.fixture
def asked(county):
    """Medicine asks for 3 of a disease, 2 of a procedure and 2 teaching rounds."""
    standard = county.standards["Medicine"]
    for category, item, count in (
        ("disease", "COPD", 3),
        ("procedure", "ECG", 2),
        ("activity", "教学查房", 2),
    ):
        add(Minimum(standard_department=standard, category=category, item=item, count=count))
    return standard


@pytest.fixture
def stay(asked, placed, alice_resident, county, mei_member):
    """Alice is in Medicine with Mei, for two months around the portal's day."""
    return placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1), mei_member)
