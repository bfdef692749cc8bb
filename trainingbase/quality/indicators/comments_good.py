"""Comments that say what was seen and what to do next."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import case, func, select

from trainingbase.assessments.models import CommentMark, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.rotations.models import Placement


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month of what was observed; as each comment was judged when it was sent."""
    part = case((CommentMark.is_good, "good"), (CommentMark.letters > 0, "poor"), else_="none")
    whose = (
        Submission.observed_on,
        Placement.department_id,
        Resident.cohort_id,
        Submission.resident_id,
    )
    rows = db.session.execute(
        select(*whose, part, func.count())
        .select_from(CommentMark)
        .join(CommentMark.submission)
        .join(Submission.placement)
        .join(Resident, Resident.id == Submission.resident_id)
        .where(Submission.observed_on >= starts_on, Submission.observed_on < ends_on)
        .group_by(*whose, part)
        .order_by(*whose, part)
    )
    for observed_on, department_id, cohort_id, resident_id, became, count in rows:
        month = first_of_month(observed_on)
        yield Fact(month, department_id, cohort_id, resident_id, became, Decimal(count))


INDICATOR = Indicator(
    key="comments-good",
    group="assessments",
    name=_l("Comments one can act on"),
    definition=_l(
        "Of the comments written on forms: those that say what was seen and what to do next, by "
        "the rules of the coach, as they were judged when the form was sent."
    ),
    numerator=_l("comments that say both"),
    denominator=_l("comments written"),
    target="comments_good_target",
    facts=facts,
    parts={
        "good": _l("Says what was seen and what to do next"),
        "poor": _l("Says less"),
        "none": _l("Without a comment"),
    },
    kinds={"good": "good", "poor": "warning", "none": "neutral"},
    top=("good",),
    bottom=("good", "poor"),
    cases=True,
)
