"""A plan in force from January, in which Alice and Bob could change places."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.cast import resident
from tests.rotations.conftest import live  # noqa: F401
from trainingbase.db import db
from trainingbase.notices.models import Notice
from trainingbase.rotations import actions
from trainingbase.rotations.models import Placement
from trainingbase.swaps import actions as swaps
from trainingbase.swaps.queries.market import as_row, market
from trainingbase.thresholds.models import Threshold

PUBLISHED_AT = datetime(2026, 11, 20, 4, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
JANUARY, FEBRUARY, MARCH, APRIL, JULY = (date(2027, month, 1) for month in (1, 2, 3, 4, 7))


@pytest.fixture
def stays(county):
    """`stays(0)`: Medicine in January and February, then Surgery; `stays(1)`: Surgery first."""
    medicine = (county.medicine.id, county.standards["Medicine"].id)
    surgery = (county.surgery.id, county.standards["Surgery"].id)
    community = (county.village_team.id, county.standards["Community"].id)

    def made(number: int):
        if number == 0:
            first = [(JANUARY, MARCH, *medicine), (MARCH, APRIL, *surgery)]
        else:
            first = [(JANUARY, FEBRUARY, *surgery), (FEBRUARY, APRIL, *medicine)]
        return [*first, (APRIL, JULY, *community)]

    return made


@pytest.fixture
def in_force(county, office, alice_resident, bob_resident, stays):
    """`in_force()` publishes the plan; `months=` replaces the residents' stays."""

    def published(months=None, at=PUBLISHED_AT, title="Winter", reason="as it is"):
        months = months or {alice_resident.id: stays(0), bob_resident.id: stays(1)}
        plan = actions.keep_grid(
            title=title, months=months, cohort_ids=[county.cohort.id], by=office, at=at
        )
        actions.publish_plan(plan, by=office, at=at, reason=reason)
        return plan

    return published


@pytest.fixture
def placement():
    """`placement(alice_resident, county.surgery)` is her live placement there."""

    def found(someone, department):
        return db.session.scalars(
            select(Placement).where(
                Placement.resident_id == someone.id,
                Placement.department_id == department.id,
                Placement.cancelled_at.is_(None),
            )
        ).one()

    return found


@pytest.fixture
def carol_resident(county):
    return resident("Carol", county, "110101200001010057")


@pytest.fixture
def offered(alice, alice_resident, county, placement):
    """`offered()`: Alice offers her Surgery for whatever is lawful; `to=`, `at=`."""

    def made(to=None, at=NOW, request_key=None, word=None):
        mine = placement(alice_resident, county.surgery)
        there = market(today=TODAY)
        wanted = [one.result for one in there.lawful(as_row(mine), [to.id] if to else None)]
        return swaps.offer_swap(
            mine, wanted=wanted, to=to, word=word, by=alice, at=at, request_key=request_key
        )

    return made


@pytest.fixture
def taken(offered, bob, bob_resident):
    """`taken()`: Alice's offer, accepted by Bob with the only lawful exchange."""

    def made(at=NOW):
        offer = offered()
        return swaps.accept(offer, bob_resident, key_for(offer, bob_resident), by=bob, at=at)

    return made


@pytest.fixture
def pass_by_themselves(county):
    db.session.get(Threshold, "swaps_pass").value = 1
    db.session.commit()


def key_for(offer, someone):
    """The key of the first lawful exchange with this resident."""
    there = market(today=TODAY)
    return there.lawful(as_row(offer.placement), [someone.id])[0].key


def told(person):
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [one.kind for one in rows]


def months_of(someone):
    """(first month, department) of the live placements."""
    rows = db.session.scalars(
        select(Placement)
        .where(Placement.resident_id == someone.id, Placement.cancelled_at.is_(None))
        .order_by(Placement.starts_on)
    )
    return [(one.starts_on.month, one.department.name) for one in rows]
