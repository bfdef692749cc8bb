"""Anonymous opinions as facts: of released batches only, each whole, so that no difference of two
figures holds fewer people than a batch."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from trainingbase.ballots.queries import Released, places_of_teachers, released_means
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import DEPARTMENT, MEAN, SITE, Indicator
from trainingbase.quality.rules.facts import Fact

TEACHER = "teacher"
POINTS = _l("points of 100")


def facts_of(kind: str) -> Callable[[date, date, date], Iterator[Fact]]:
    """In the month of the last day that a batch is about; a teacher counts at the department of
    the first post."""

    def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
        batches = released_means(kind, starts_on=starts_on, ends_on=ends_on)
        posts = places_of_teachers() if kind == TEACHER and batches else {}
        for one in batches:
            place = posts.get(one.faculty_member_id or 0, (one.department_id, None))[0]
            month = first_of_month(one.ends_on - timedelta(days=1))
            where = (month, place, None, one.faculty_member_id)
            yield Fact(*where, "sum:points", one.share * one.answers)
            yield Fact(*where, "squares:points", squares(one))
            yield Fact(*where, "n:points", Decimal(one.answers))

    return facts


def squares(one: Released) -> Decimal:
    """The sum of the squared answers, from the batch's mean and deviation."""
    deviation = 100 * one.deviation / (one.highest - one.lowest)
    return round((one.answers - 1) * deviation**2 + one.answers * one.share**2, 2)


def opinions(kind: str, *, key: str, group: str, name, definition, splits=(SITE, DEPARTMENT)):
    """Of teachers small groups are hidden as of everybody; what is said of places is about nobody.
    Office, leader and auditor read every batch by itself."""
    return Indicator(
        key=key,
        group=group,
        name=name,
        definition=definition,
        numerator=_l("sum of the points"),
        denominator=_l("answers released"),
        facts=facts_of(kind),
        parts={"points": POINTS},
        top=("sum:",),
        bottom=("n:",),
        unit=MEAN,
        unit_name=POINTS,
        splits=splits,
        target=f"{kind}_opinions_target",
        personal=kind == TEACHER,
    )
