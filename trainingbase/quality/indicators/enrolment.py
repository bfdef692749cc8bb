"""Residents enrolled against the plan of the intake."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.intake.models import Intake
from trainingbase.quality.indicators.indicator import COHORT, Indicator
from trainingbase.quality.rules.facts import Fact


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """Of a year with a plan: the members of the programme's cohort of that year."""
    rows = db.session.execute(
        select(Intake.year, Intake.planned, Cohort.id)
        .outerjoin(
            Cohort, (Cohort.year == Intake.year) & (Cohort.programme_id == Intake.programme_id)
        )
        .where(Intake.year >= starts_on.year, Intake.year < ends_on.year)
        .order_by(Intake.id)
    ).all()
    years = {cohort_id: year for year, _planned, cohort_id in rows if cohort_id is not None}
    for year, planned, cohort_id in rows:
        yield Fact(date(year, 1, 1), None, cohort_id, None, "planned", Decimal(planned))
    members = db.session.execute(
        select(Resident.id, Resident.cohort_id)
        .where(Resident.cohort_id.in_(years))
        .order_by(Resident.id)
    )
    for resident_id, cohort_id in members:
        yield Fact(
            date(years[cohort_id], 1, 1), None, cohort_id, resident_id, "enrolled", Decimal(1)
        )


INDICATOR = Indicator(
    key="enrolment",
    group="training",
    name=_l("Enrolment against plan"),
    definition=_l(
        "Residents of the year's cohorts, of the places the intakes of the year planned."
    ),
    numerator=_l("residents enrolled"),
    denominator=_l("places planned"),
    facts=facts,
    parts={"enrolled": _l("Enrolled"), "planned": _l("Planned")},
    top=("enrolled",),
    bottom=("planned",),
    splits=(COHORT,),
    target="enrolment_target",
    yearly=True,
    personal=False,
    source="E21 3.1.5",
    confidence="H",
)
