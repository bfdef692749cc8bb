"""Where a resident is now, and what may be asked there at the bedside."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from trainingbase.assessments.models import Instrument, Request
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.instruments.queries import instruments_in_use
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES


def _now(today: date):
    return (
        select(Placement)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > today,
        )
        .options(*WITH_NAMES)
        .order_by(Placement.id)
    )


def my_placement(viewer: Person, *, today: date) -> Placement | None:
    """Where this resident is today."""
    mine = select(Resident.id).where(Resident.person_id == viewer.id)
    return db.session.scalars(_now(today).where(Placement.resident_id.in_(mine))).first()


def placement_now(placement_id: int, *, today: date) -> Placement:
    """A placement of today.  Raises `NoResultFound`."""
    return db.session.scalars(_now(today).where(Placement.id == placement_id)).one()


def forms_at_the_bedside() -> Sequence[Instrument]:
    """What a teacher fills in about work just seen; an exit form is none of it."""
    return [one for one in instruments_in_use() if not one.has_verdict]


def asked_today(
    instrument: Instrument, placement: Placement, assessor: Person, *, today: date
) -> Request | None:
    return db.session.scalar(
        select(Request).where(
            Request.instrument_id == instrument.id,
            Request.placement_id == placement.id,
            Request.assessor_id == assessor.id,
            Request.asked_on == today,
        )
    )
