"""Placements done against plan: ended, passed and left."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.leaving.queries import OUTCOMES
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.rotations.models import Placement


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month of the last day."""
    rows = db.session.execute(
        select(
            Placement.ends_on,
            Placement.department_id,
            Resident.cohort_id,
            Placement.resident_id,
            OUTCOMES.c.passed,
        )
        .join(Placement.resident)
        .outerjoin(OUTCOMES, OUTCOMES.c.placement_id == Placement.id)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.ends_on > starts_on,
            Placement.ends_on <= ends_on,
        )
        .order_by(Placement.ends_on, Placement.id)
    )
    for end, department_id, cohort_id, resident_id, passed in rows:
        month = first_of_month(end - timedelta(days=1))
        part = became(end, passed, today)
        yield Fact(month, department_id, cohort_id, resident_id, part, Decimal(1))


def became(ends_on: date, passed: int | None, today: date) -> str:
    if ends_on > today:
        return "ahead"
    if passed is None:
        return "unassessed"
    return "passed" if passed else "failed"


INDICATOR = Indicator(
    key="placements-done",
    group="training",
    name=_l("Placements done against plan"),
    definition=_l(
        "A placement is done once it has ended, its exit assessment is passed and it was left. It "
        "counts in the month of its last day."
    ),
    numerator=_l("placements that ended with a passed exit assessment"),
    denominator=_l("placements that have ended"),
    facts=facts,
    parts={
        "passed": _l("Done: exit assessment passed"),
        "failed": _l("Ended, exit assessment not passed"),
        "unassessed": _l("Ended, and not left yet"),
        "ahead": _l("Still to end"),
    },
    kinds={"passed": "good", "failed": "bad", "unassessed": "warning", "ahead": "neutral"},
    top=("passed",),
    bottom=("passed", "failed", "unassessed"),
    target="placements_done_target",
    cases=True,
)
