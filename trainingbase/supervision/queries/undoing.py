"""What of a leaving still lies where it went."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.assessments.models import Request
from trainingbase.assessments.queries.requests import WITH_PLACEMENT, open_on
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.supervision.models import Departure


def person(person_id: int | None) -> Person | None:
    return db.session.get(Person, person_id) if person_id is not None else None


def tutees_still(departure: Departure) -> list[Resident]:
    went = dict(departure.moved["tutees"])
    rows = db.session.scalars(
        select(Resident)
        .where(Resident.id.in_(list(went)))
        .options(joinedload(Resident.person))
        .order_by(Resident.id)
    )
    return [one for one in rows if one.tutor_id == went[one.id]]


def requests_still(departure: Departure, today: date) -> Sequence[Request]:
    """Open, and asked of whom they went to; those that were cancelled stay cancelled."""
    went = dict(departure.moved["requests"])
    rows = db.session.scalars(
        select(Request)
        .join(Request.placement)
        .where(Request.id.in_(list(went)), open_on(today), Placement.cancelled_at.is_(None))
        .options(contains_eager(Request.placement), *WITH_PLACEMENT)
        .order_by(Request.id)
    )
    return [one for one in rows if one.assessor_id == went[one.id]]
