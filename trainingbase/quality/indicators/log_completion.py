"""How much of what a placement asks of the log was done."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.logbook.queries.completion import placement_completions
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.rotations.models import Placement


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month of the last day; of placements that have ended."""
    ended = db.session.execute(
        select(
            Placement.id,
            Placement.ends_on,
            Placement.department_id,
            Resident.cohort_id,
            Placement.resident_id,
        )
        .join(Placement.resident)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.ends_on > starts_on,
            Placement.ends_on <= min(ends_on, today),
        )
        .order_by(Placement.id)
    ).all()
    done = placement_completions([one.id for one in ended]) if ended else {}
    for number, end, *whose in ended:
        month, one = first_of_month(end - timedelta(days=1)), done[number]
        if one.target:
            yield Fact._make((month, *whose, "counted", Decimal(one.counted)))
            yield Fact._make((month, *whose, "missing", Decimal(one.target - one.counted)))


INDICATOR = Indicator(
    key="log-completion",
    group="training",
    name=_l("Log completion of ended placements"),
    definition=_l(
        "Of what the programme asks to be logged in the placements that ended in the month: how "
        "much is confirmed; never more than is asked counts."
    ),
    numerator=_l("confirmed entries that count"),
    denominator=_l("entries asked"),
    facts=facts,
    parts={"counted": _l("Confirmed"), "missing": _l("Lacking")},
    kinds={"counted": "good", "missing": "warning"},
    top=("counted",),
    bottom=("counted", "missing"),
    target="completion_target",
    source="E21 4.3.3",
    confidence="H",
)
