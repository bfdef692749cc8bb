"""How long assessments wait until they are submitted."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainingbase.assessments.models import Request, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.incentives.queries.doings import hours_taken
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.quality.waiting import LATEST, SOON
from trainingbase.rotations.models import Placement


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month of asking; of answered requests."""
    rows = db.session.execute(
        select(
            Placement.department_id,
            Resident.cohort_id,
            Request.resident_id,
            Request.asked_on,
            Request.created_at,
            Submission.submitted_at,
        )
        .select_from(Submission)
        .join(Submission.request)
        .join(Request.placement)
        .join(Resident, Resident.id == Request.resident_id)
        .where(
            Request.cancelled_at.is_(None),
            Request.asked_on >= starts_on,
            Request.asked_on < ends_on,
        )
        .order_by(Submission.id)
    )
    for department_id, cohort_id, resident_id, asked_on, created_at, submitted_at in rows:
        hours = hours_taken(asked_on, created_at, submitted_at)
        if hours is not None:
            part = "soon" if hours <= SOON else "week" if hours <= LATEST else "longer"
            month = first_of_month(asked_on)
            yield Fact(month, department_id, cohort_id, resident_id, part, Decimal(1))


INDICATOR = Indicator(
    key="assessment-wait",
    group="assessments",
    name=_l("Forms submitted within 48 hours"),
    definition=_l(
        "Of answered requests for assessments: how many were submitted within 48 hours of being "
        "asked; asking counts from the beginning of its day, or from when the request was made."
    ),
    numerator=_l("requests answered within 48 hours"),
    denominator=_l("answered requests"),
    facts=facts,
    parts={
        "soon": _l("Within 48 hours"),
        "week": _l("Within 7 days"),
        "longer": _l("Later than 7 days"),
    },
    kinds={"soon": "good", "week": "info", "longer": "warning"},
    top=("soon",),
    bottom=("soon", "week", "longer"),
    target="assessment_wait_target",
    cases=True,
)
