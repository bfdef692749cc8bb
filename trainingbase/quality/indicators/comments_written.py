"""Forms with a comment somebody can learn from."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import case, func, select

from trainingbase.assessments.models import Answer, Instrument, Item, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month of what was observed; of forms about residents that ask for words."""
    written = func.max(
        case((func.length(func.trim(Answer.text)) >= whole("comment_letters"), 1), else_=0)
    )
    rows = db.session.execute(
        select(
            Submission.observed_on,
            Placement.department_id,
            Resident.cohort_id,
            Submission.resident_id,
            written,
        )
        .select_from(Submission)
        .join(Submission.instrument)
        .join(Submission.placement)
        .join(Resident, Resident.id == Submission.resident_id)
        .outerjoin(Answer, (Answer.submission_id == Submission.id) & Answer.text.is_not(None))
        .where(
            Instrument.subject == "resident",
            Submission.observed_on >= starts_on,
            Submission.observed_on < ends_on,
            select(Item.id)
            .where(
                Item.instrument_id == Instrument.id,
                Item.kind == "text",
                Item.scale.is_distinct_from("signature"),
            )
            .exists(),
        )
        .group_by(
            Submission.id,
            Submission.observed_on,
            Placement.department_id,
            Resident.cohort_id,
            Submission.resident_id,
        )
        .order_by(Submission.id)
    )
    for observed_on, department_id, cohort_id, resident_id, has in rows:
        part = "written" if has else "without"
        month = first_of_month(observed_on)
        yield Fact(month, department_id, cohort_id, resident_id, part, Decimal(1))


INDICATOR = Indicator(
    key="comments-written",
    group="assessments",
    name=_l("Forms with a written comment"),
    definition=_l(
        "Forms about residents that ask for words, and have a comment of at least as many letters "
        "as the base sets. Length is no quality; without words there is none."
    ),
    numerator=_l("forms with such a comment"),
    denominator=_l("forms that ask for words"),
    facts=facts,
    parts={"written": _l("With a comment"), "without": _l("Without a comment")},
    kinds={"written": "good", "without": "warning"},
    top=("written",),
    bottom=("written", "without"),
    target="comments_target",
    cases=True,
)
