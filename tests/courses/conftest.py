"""Alice and Bob follow a plan in force from September; the office changes Alice's course."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.rotations.conftest import live, stays_of  # noqa: F401
from trainingbase.courses import actions
from trainingbase.courses.models import Course
from trainingbase.courses.queries.effects import digest, effect_of
from trainingbase.db import db
from trainingbase.rotations import actions as rotations
from trainingbase.rotations.models import Placement

PUBLISHED_AT = datetime(2026, 8, 20, 4, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
LEFT_ON = date(2026, 11, 16)


@pytest.fixture
def plan(county, office, alice_resident, bob_resident, stays_of):  # noqa: F811
    """In force: Alice has Medicine, then Surgery in November, then Community until March."""
    months = {alice_resident.id: stays_of(0), bob_resident.id: stays_of(1)}
    made = rotations.keep_grid(
        title="Autumn", months=months, cohort_ids=[county.cohort.id], by=office, at=PUBLISHED_AT
    )
    rotations.publish_plan(made, by=office, at=PUBLISHED_AT, reason="as it is")
    return made


@pytest.fixture
def proposed(office):
    """`proposed(alice_resident, "withdrawal", date(2026, 11, 16))` is not done yet."""

    def made(resident, kind, starts_on, ends_on=None, **more) -> Course:
        terms = actions.Terms(kind, starts_on, ends_on, **more)
        return actions.propose(resident, terms, by=office, at=NOW)

    return made


@pytest.fixture
def done(proposed, office):
    """The same, and done."""

    def made(resident, kind, starts_on, ends_on=None, **more) -> Course:
        course = proposed(resident, kind, starts_on, ends_on, **more)
        seen = digest(effect_of(course, resident, today=TODAY))
        actions.decide(course, seen=seen, by=office, at=NOW)
        return course

    return made


@pytest.fixture
def timetable():
    """(first day, exclusive last day, department) of somebody's live placements."""

    def found(resident):
        rows = db.session.scalars(
            select(Placement)
            .where(Placement.resident_id == resident.id, Placement.cancelled_at.is_(None))
            .order_by(Placement.starts_on)
        )
        return [(one.starts_on, one.ends_on, one.department.name) for one in rows]

    return found
