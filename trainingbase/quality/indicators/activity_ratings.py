"""What residents think of teaching activities."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import case, func, select

from trainingbase.db import db
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import DEPARTMENT, MEAN, SCORE, SITE, Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.training.models import Activity, Rating
from trainingbase.training.queries import HELD

STARS = range(1, 6)


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month the activity was held; how often each number of stars was given as well."""
    rows = db.session.execute(
        select(
            Activity.held_on,
            Activity.department_id,
            Rating.resident_id,
            func.sum(Rating.stars),
            func.sum(Rating.stars * Rating.stars),
            func.count(),
            *(func.sum(case((Rating.stars == stars, 1), else_=0)) for stars in STARS),
        )
        .select_from(Rating)
        .join(Activity, Activity.id == Rating.activity_id)
        .where(HELD, Activity.held_on >= starts_on, Activity.held_on < ends_on)
        .group_by(Activity.held_on, Activity.department_id, Rating.resident_id)
        .order_by(Activity.held_on, Activity.department_id, Rating.resident_id)
    )
    for held_on, department_id, resident_id, stars, squares, count, *given in rows:
        where = (first_of_month(held_on), department_id, None, resident_id)
        yield Fact(*where, "sum:stars", Decimal(stars))
        yield Fact(*where, "squares:stars", Decimal(squares))
        yield Fact(*where, "n:stars", Decimal(count))
        for number, times in zip(STARS, given, strict=True):
            if times:
                yield Fact(*where, f"{SCORE}{number}", Decimal(times))


INDICATOR = Indicator(
    key="activity-ratings",
    group="teaching",
    name=_l("Satisfaction with teaching activities"),
    definition=_l("Mean of the stars (1 to 5) residents give the activities they attended."),
    numerator=_l("stars given"),
    denominator=_l("ratings"),
    facts=facts,
    parts={"stars": _l("Stars")},
    top=("sum:",),
    bottom=("n:",),
    unit=MEAN,
    unit_name=_l("stars"),
    splits=(SITE, DEPARTMENT),
    target="satisfaction_target",
)
