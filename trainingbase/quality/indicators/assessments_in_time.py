"""Assessments asked, and answered in time."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainingbase.assessments.models import Request
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.rotations.models import Placement


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month of asking; cancelled requests do not count."""
    rows = db.session.execute(
        select(
            Request.asked_on,
            Placement.department_id,
            Resident.cohort_id,
            Request.resident_id,
            Request.due_on,
            Request.expires_on,
            Request.answered_at,
        )
        .join(Request.placement)
        .join(Resident, Resident.id == Request.resident_id)
        .where(
            Request.asked_on >= starts_on,
            Request.asked_on < ends_on,
            Request.cancelled_at.is_(None),
        )
        .order_by(Request.id)
    )
    for asked_on, department_id, cohort_id, resident_id, due_on, expires_on, answered in rows:
        part = became(due_on, expires_on, answered, today)
        month = first_of_month(asked_on)
        yield Fact(month, department_id, cohort_id, resident_id, part, Decimal(1))


def became(due_on: date, expires_on: date, answered, today: date) -> str:
    if answered is not None:
        return "in_time" if answered.astimezone(LOCAL).date() < due_on else "done_late"
    if today >= expires_on:
        return "expired"
    return "late" if today >= due_on else "waiting"


INDICATOR = Indicator(
    key="assessments-in-time",
    group="assessments",
    name=_l("Assessments answered in time"),
    definition=_l(
        "Requests for assessments that were answered before they were late, of those that are due "
        "or answered, by the month of asking. Cancelled requests do not count."
    ),
    numerator=_l("requests answered in time"),
    denominator=_l("requests that are due or answered"),
    facts=facts,
    parts={
        "in_time": _l("Done in time"),
        "done_late": _l("Done late"),
        "late": _l("Late, open"),
        "expired": _l("Expired"),
        "waiting": _l("Not due yet"),
    },
    kinds={
        "in_time": "good",
        "done_late": "info",
        "late": "warning",
        "expired": "bad",
        "waiting": "neutral",
    },
    top=("in_time",),
    bottom=("in_time", "done_late", "late", "expired"),
    target="assessments_in_time_target",
    cases=True,
)
