"""Placements done against plan: ended, and the exit assessment passed."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import Integer, case, func, select

from trainingbase.assessments.models import Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.rotations.models import Placement

VERDICTS = (
    select(
        Submission.placement_id,
        func.max(case((Submission.passed.is_(True), 1), else_=0), type_=Integer).label("passed"),
    )
    .where(Submission.passed.is_not(None))
    .group_by(Submission.placement_id)
    .subquery()
)
"""Placements with an exit assessment, and whether one of them was passed."""


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month of the last day."""
    rows = db.session.execute(
        select(
            Placement.ends_on,
            Placement.department_id,
            Resident.cohort_id,
            Placement.resident_id,
            VERDICTS.c.passed,
        )
        .join(Placement.resident)
        .outerjoin(VERDICTS, VERDICTS.c.placement_id == Placement.id)
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
        "A placement is done once it has ended and its exit assessment is passed. It counts in the "
        "month of its last day."
    ),
    numerator=_l("placements that ended with a passed exit assessment"),
    denominator=_l("placements that have ended"),
    facts=facts,
    parts={
        "passed": _l("Done: exit assessment passed"),
        "failed": _l("Ended, exit assessment not passed"),
        "unassessed": _l("Ended without an exit assessment"),
        "ahead": _l("Still to end"),
    },
    kinds={"passed": "good", "failed": "bad", "unassessed": "warning", "ahead": "neutral"},
    top=("passed",),
    bottom=("passed", "failed", "unassessed"),
    target="placements_done_target",
    cases=True,
)
