"""Residents per supervisor."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainingbase.db import db
from trainingbase.months import months_from, months_later
from trainingbase.quality.indicators.indicator import DEPARTMENT, RATE, SITE, Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.rotations.models import Placement


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """At the end of each month, of the running one today; months to come say nothing."""
    last = min(ends_on, today + timedelta(days=1))
    rows = db.session.execute(
        select(
            Placement.supervisor_id,
            Placement.department_id,
            Placement.starts_on,
            Placement.ends_on,
        ).where(
            Placement.cancelled_at.is_(None),
            Placement.supervisor_id.is_not(None),
            Placement.starts_on < last,
            Placement.ends_on > starts_on,
        )
    ).all()
    for month in months_from(starts_on, last):
        day = min(months_later(month, 1) - timedelta(days=1), today)
        loads = Counter(
            (department_id, member_id)
            for member_id, department_id, begins, ends in rows
            if begins <= day < ends
        )
        for (department_id, member_id), residents in sorted(loads.items()):
            where = (month, department_id, None, member_id)
            yield Fact(*where, "residents", Decimal(residents))
            yield Fact(*where, "supervisors", Decimal(1))


INDICATOR = Indicator(
    key="faculty-load",
    group="faculty",
    name=_l("Residents per supervisor"),
    definition=_l(
        "Residents in placements with a supervisor at the end of the month, by the supervisors "
        "they have; somebody who supervises in two departments counts in both."
    ),
    numerator=_l("residents with a supervisor"),
    denominator=_l("supervisors with residents"),
    facts=facts,
    parts={"residents": _l("Residents"), "supervisors": _l("Supervisors")},
    top=("residents",),
    bottom=("supervisors",),
    unit=RATE,
    unit_name=_l("residents"),
    splits=(SITE, DEPARTMENT),
    target="residents_per_supervisor",
    high=False,
    stock=True,
    source="E21 2.1.1",
    confidence="H",
)
