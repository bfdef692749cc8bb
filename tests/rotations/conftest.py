"""Plans over the cast's county: Medicine 2 months, Surgery 1, Community 3."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, select

from trainingbase import worker
from trainingbase.db import db
from trainingbase.rotations import actions
from trainingbase.rotations.models import Placement, PlannedPlacement
from trainingbase.rotations.queries.plans import plan_by_id

assert worker  # it says what each queued job does

ASKED_AT = datetime(2026, 8, 20, 4, tzinfo=UTC)
"""Before anybody's training begins, so that nothing has begun."""

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
DECEMBER, JANUARY, FEBRUARY, MARCH = (
    date(2026, 12, 1),
    date(2027, 1, 1),
    date(2027, 2, 1),
    date(2027, 3, 1),
)


@pytest.fixture
def stays_of(county):
    """`stays_of(0)`: a lawful timetable; `stays_of(1)` has Surgery first, so that both fit."""
    medicine = (county.medicine.id, county.standards["Medicine"].id)
    surgery = (county.surgery.id, county.standards["Surgery"].id)
    community = (county.village_team.id, county.standards["Community"].id)

    def stays(number: int):
        if number == 0:
            first = [(SEPTEMBER, NOVEMBER, *medicine), (NOVEMBER, DECEMBER, *surgery)]
        else:
            first = [(SEPTEMBER, OCTOBER, *surgery), (OCTOBER, DECEMBER, *medicine)]
        return [*first, (DECEMBER, MARCH, *community)]

    return stays


@pytest.fixture
def grid(county, office, alice_resident, bob_resident, stays_of):
    """`grid()` keeps a lawful draft of both residents; `months=` replaces their stays."""

    def kept(title="Draft", months=None, at=ASKED_AT, **more):
        months = months or {alice_resident.id: stays_of(0), bob_resident.id: stays_of(1)}
        plan = actions.keep_grid(
            title=title, months=months, cohort_ids=[county.cohort.id], by=office, at=at, **more
        )
        return plan_by_id(plan.id)

    return kept


@pytest.fixture
def live():
    """Every live placement, in order of resident and time."""

    def found():
        return db.session.scalars(
            select(Placement)
            .where(Placement.cancelled_at.is_(None))
            .order_by(Placement.resident_id, Placement.starts_on)
        ).all()

    return found


@pytest.fixture
def rows():
    """The rows of a plan, in order of resident and time."""

    def found(plan):
        return db.session.scalars(
            select(PlannedPlacement)
            .where(PlannedPlacement.plan_id == plan.id)
            .order_by(PlannedPlacement.resident_id, PlannedPlacement.starts_on)
        ).all()

    return found


@pytest.fixture
def statements(app):
    """`with statements() as made:` gathers the SQL sent meanwhile."""
    from contextlib import contextmanager

    @contextmanager
    def counting():
        made = []

        def note(_connection, _cursor, statement, *_rest):
            made.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield made
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting
