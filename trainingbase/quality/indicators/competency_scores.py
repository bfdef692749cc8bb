"""Scores of the Mini-CEX by competency."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainingbase.assessments.models import Answer, Instrument, Item, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.i18n import language
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import MEAN, SCORE, Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.rotations.models import Placement

MINI_CEX = "mini_cex"
SUM, SQUARES, RATINGS = "sum:", "squares:", "n:"
ONE = Decimal(1)
AT_ONCE = 5_000


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month of what was observed; each rating's own, its square, that it is one, and which
    score it is, so that mean, spread and interval come from the same facts.  Read a few thousand
    at a time: they are the most of all."""
    rows = db.session.execute(
        select(
            Submission.observed_on,
            Placement.department_id,
            Resident.cohort_id,
            Submission.resident_id,
            Item.code,
            Answer.number,
        )
        .select_from(Submission)
        .join(Submission.instrument)
        .join(Submission.answers)
        .join(Answer.item)
        .join(Submission.placement)
        .join(Resident, Resident.id == Submission.resident_id)
        .where(
            Instrument.code == MINI_CEX,
            Item.kind == "rating",
            Answer.number.is_not(None),
            Placement.cancelled_at.is_(None),
            Submission.observed_on >= starts_on,
            Submission.observed_on < ends_on,
        )
        .execution_options(yield_per=AT_ONCE)
    )
    for observed_on, department_id, cohort_id, resident_id, item, number in rows:
        where = (first_of_month(observed_on), department_id, cohort_id, resident_id)
        yield Fact(*where, f"{SUM}{item}", number)
        yield Fact(*where, f"{SQUARES}{item}", number * number)
        yield Fact(*where, f"{RATINGS}{item}", ONE)
        yield Fact(*where, f"{SCORE}{round(number)}", ONE)


def names() -> Mapping[str, str]:
    """Of the items, as the newest form calls them."""
    column = Item.name_en if language() == "en" else Item.name
    rows = db.session.execute(
        select(Item.code, column)
        .join(Item.instrument)
        .where(Instrument.code == MINI_CEX, Item.kind == "rating")
        .order_by(Instrument.id, Item.position)
    )
    return dict(rows.all())


INDICATOR = Indicator(
    key="competency-scores",
    group="assessments",
    name=_l("Scores by competency (Mini-CEX)"),
    definition=_l(
        "Mean of all ratings of the Mini-CEX (1 to 9) of what was observed in the month; what was "
        "not observed does not count. 4 or more meets the expectation."
    ),
    numerator=_l("sum of the ratings"),
    denominator=_l("ratings"),
    facts=facts,
    parts={},
    names=names,
    top=(SUM,),
    bottom=(RATINGS,),
    unit=MEAN,
    unit_name=_l("points"),
    target="mini_cex_target",
)
