"""What the plan itself should ask for."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, or_, select

from trainingbase.assessments.models import Instrument, Request, Submission
from trainingbase.assessments.rules import midway
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.programmes.models import PlannedAssessment
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES

Pairs = list[tuple[Instrument, Placement]]

EXIT = "exit_assessment"
MIDWAY = "mini_cex"


def without_exit(*, today: date, before: timedelta) -> Pairs:
    """Placements that end within `before`, or ended as short a time ago (the portal may have
    been off), that have a supervisor and neither request nor exit assessment."""
    return _pairs(
        EXIT, today, Placement.ends_on <= today + before, Placement.ends_on > today - before
    )


def without_mini_cex(*, today: date) -> Pairs:
    """Placements of today past their middle that have a supervisor and neither request nor
    Mini-CEX."""
    pairs = _pairs(MIDWAY, today, Placement.ends_on > today)
    return [(form, one) for form, one in pairs if midway(one.starts_on, one.ends_on) <= today]


def _pairs(code: str, today: date, *which: ColumnElement[bool]) -> Pairs:
    form = db.session.scalars(
        select(Instrument).where(Instrument.code == code, Instrument.is_in_use)
    ).one()
    placements = db.session.scalars(
        select(Placement)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.supervisor_id.is_not(None),
            Placement.starts_on <= today,
            *which,
            _planned(code),
            Placement.id.not_in(_placements_of(Request, form)),
            Placement.id.not_in(_placements_of(Submission, form)),
        )
        .options(*WITH_NAMES)
        .order_by(Placement.id)
    )
    return [(form, placement) for placement in placements]


def _planned(code: str) -> ColumnElement[bool]:
    """Whether the resident's version of the programme plans this form in that rotation; a version
    that plans nothing at all leaves it to the portal, which asks for it everywhere."""
    version = (
        select(Resident.programme_id)
        .where(Resident.id == Placement.resident_id)
        .correlate(Placement)
        .scalar_subquery()
    )
    some = select(PlannedAssessment.id).where(PlannedAssessment.programme_id == version)
    this = some.where(
        PlannedAssessment.instrument == code,
        PlannedAssessment.timing.in_(("leaving", "placement")),
        or_(
            PlannedAssessment.standard_department_id.is_(None),
            PlannedAssessment.standard_department_id == Placement.standard_department_id,
        ),
    )
    return or_(~some.exists(), this.exists())


def _placements_of(model, form: Instrument) -> Select[tuple[int]]:
    """Any version of the form counts."""
    return (
        select(model.placement_id)
        .join(Instrument, Instrument.id == model.instrument_id)
        .where(Instrument.code == form.code)
    )
