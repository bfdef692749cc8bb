"""What the plan itself should ask for."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, select

from trainingbase.assessments.models import Instrument, Request, Submission
from trainingbase.assessments.rules import midway
from trainingbase.db import db
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
            Placement.id.not_in(_placements_of(Request, form)),
            Placement.id.not_in(_placements_of(Submission, form)),
        )
        .options(*WITH_NAMES)
        .order_by(Placement.id)
    )
    return [(form, placement) for placement in placements]


def _placements_of(model, form: Instrument) -> Select[tuple[int]]:
    """Any version of the form counts."""
    return (
        select(model.placement_id)
        .join(Instrument, Instrument.id == model.instrument_id)
        .where(Instrument.code == form.code)
    )
