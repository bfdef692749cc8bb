"""A round of wishes for the cast: winter, three wishes, two sites."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.cast import add
from trainingbase.sites.models import Institution
from trainingbase.wishes import actions

OPENED_AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
LATER = datetime(2026, 12, 10, 2, tzinfo=UTC)
"""Opened before, asked on the tests' day, and after the deadline."""

CLOSES_ON = date(2026, 12, 1)
JANUARY, FEBRUARY, MARCH = (date(2027, month, 1) for month in (1, 2, 3))


@pytest.fixture
def riverside(county):
    """A second primary-care site."""
    return add(Institution(name="Riverside", name_en="Riverside", level="community"))


@pytest.fixture
def opened(county, riverside, office):
    """`opened()` opens a round; `closes_on=` and other terms replace the usual."""

    def made(title="Winter", at=OPENED_AT, request_key=None, **terms):
        usual = {
            "starts_on": date(2026, 12, 1),
            "ends_on": date(2027, 12, 1),
            "closes_on": CLOSES_ON,
            "cohort_ids": [county.cohort.id],
            "standard_ids": [one.id for one in county.standards.values()],
            "institution_ids": [county.township.id, riverside.id],
            "most_wishes": 2,
            "weight": Decimal(3),
            "most_sites": 2,
            "site_weight": Decimal(1),
        }
        return actions.open_round(
            title=title,
            terms=actions.Terms(**(usual | terms)),
            by=office,
            at=at,
            request_key=request_key,
        )

    return made
