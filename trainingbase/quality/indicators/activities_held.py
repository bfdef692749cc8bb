"""Teaching activities that count."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import COUNT, DEPARTMENT, SITE, Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.training.models import Activity
from trainingbase.training.queries import HELD


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month of the day."""
    rows = db.session.execute(
        select(Activity.held_on, Activity.department_id, func.count())
        .where(HELD, Activity.held_on >= starts_on, Activity.held_on < ends_on)
        .group_by(Activity.held_on, Activity.department_id)
        .order_by(Activity.held_on, Activity.department_id)
    )
    for held_on, department_id, count in rows:
        yield Fact(first_of_month(held_on), department_id, None, None, "held", Decimal(count))


INDICATOR = Indicator(
    key="activities-held",
    group="teaching",
    name=_l("Teaching activities that count"),
    definition=_l("Teaching activities that are approved and were not cancelled."),
    numerator=_l("activities held"),
    facts=facts,
    parts={"held": _l("Activities")},
    top=("held",),
    unit=COUNT,
    unit_name=_l("activities"),
    splits=(SITE, DEPARTMENT),
    high=None,
    personal=False,
)
