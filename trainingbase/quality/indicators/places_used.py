"""Places used of those there are."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.incentives.rules.months import HALF, months_within
from trainingbase.months import months_from
from trainingbase.quality.indicators.indicator import DEPARTMENT, SITE, Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.rotations.models import Placement
from trainingbase.sites.queries.places import places_in


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """Months of residents by the middle days of half months, as for pay; places by the rule that
    plans are made with; what is free of them is never less than nothing."""
    rows = db.session.execute(
        select(
            Placement.starts_on,
            Placement.ends_on,
            Placement.department_id,
            Resident.cohort_id,
            Placement.resident_id,
        )
        .join(Placement.resident)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on < ends_on,
            Placement.ends_on > starts_on,
        )
        .order_by(Placement.id)
    )
    used: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for begins, ends, department_id, cohort_id, resident_id in rows:
        for month in months_from(max(begins, starts_on), min(ends, ends_on)):
            if spent := months_within(begins, ends, month):
                used[department_id, month] += spent
                yield Fact(month, department_id, cohort_id, resident_id, "used", spent)
    for department_id, by_month in places_in(months_from(starts_on, ends_on)).items():
        for month, there in by_month.items():
            if offered := HALF * sum(there.halves):
                where = (month, department_id, None, None)
                yield Fact(*where, "places", Decimal(offered))
                if (free := offered - used[department_id, month]) > 0:
                    yield Fact(*where, "free", Decimal(free))


INDICATOR = Indicator(
    key="places-used",
    group="training",
    name=_l("Places used"),
    definition=_l(
        "Months spent by residents, of the places there are. Half months count half; a closed "
        "month, or one outside the agreement, has no places."
    ),
    numerator=_l("months spent by residents"),
    denominator=_l("places of the months"),
    facts=facts,
    parts={"used": _l("Used"), "free": _l("Free"), "places": _l("Places")},
    top=("used",),
    bottom=("places",),
    shown=("used", "free"),
    splits=(SITE, DEPARTMENT),
    high=None,
    personal=False,
)
