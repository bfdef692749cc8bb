"""Questions about requests."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from trainingbase.assessments.models import Instrument, Request, RequestStep
from trainingbase.assessments.rules.askees import GUESTS, TEACHER, filled_by
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES

WITH_PLACEMENT = (
    contains_eager(Request.placement).options(*WITH_NAMES),
    joinedload(Request.instrument),
    joinedload(Request.assessor),
)


def open_on(today: date) -> ColumnElement[bool]:
    """Waiting for an answer.  A cancelled placement asks for nothing."""
    return and_(
        Request.answered_at.is_(None),
        Request.cancelled_at.is_(None),
        Request.expires_on > today,
        Placement.cancelled_at.is_(None),
    )


STATES = ("open", "late", "expired", "done", "declined", "cancelled")


def in_state(state: str, today: date) -> ColumnElement[bool]:
    """As `Request.state`, in SQL: the one rule by which requests are found and counted."""
    unanswered = Request.answered_at.is_(None) & Request.cancelled_at.is_(None)
    return {
        "done": Request.answered_at.is_not(None),
        "declined": Request.declined_at.is_not(None),
        "cancelled": Request.cancelled_at.is_not(None) & Request.declined_at.is_(None),
        "expired": and_(unanswered, Request.expires_on <= today),
        "late": and_(unanswered, Request.due_on <= today, Request.expires_on > today),
        "open": and_(unanswered, Request.due_on > today),
    }[state]


def owed_by(viewer: Person, *, today: date) -> Sequence[Request]:
    """What waits for this person, the latest first."""
    return db.session.scalars(
        select(Request)
        .join(Request.placement)
        .where(Request.assessor_id == viewer.id, open_on(today))
        .options(*WITH_PLACEMENT)
        .order_by(Request.due_on, Request.id)
    ).all()


def request_of(viewer: Person, request_id: int) -> Request:
    """One that was asked of this person, whatever became of it, with the items of its form."""
    return db.session.scalars(
        select(Request)
        .join(Request.placement)
        .where(
            Request.id == request_id,
            Request.assessor_id == viewer.id,
            Placement.cancelled_at.is_(None),
        )
        .options(
            contains_eager(Request.placement).options(*WITH_NAMES),
            joinedload(Request.instrument).options(selectinload(Instrument.items)),
        )
    ).one()


def placement_asked_about(viewer: Person, placement_id: int) -> Placement | None:
    """A placement about which this person was asked anything."""
    return db.session.scalars(
        select(Placement)
        .join(Request, Request.placement_id == Placement.id)
        .where(
            Placement.id == placement_id,
            Request.assessor_id == viewer.id,
            Placement.cancelled_at.is_(None),
        )
    ).first()


def open_request(
    instrument: Instrument, placement: Placement, assessor: Person, *, today: date
) -> Request | None:
    """The one asked first."""
    return db.session.scalars(
        select(Request)
        .join(Request.placement)
        .where(
            Request.instrument_id == instrument.id,
            Request.placement_id == placement.id,
            Request.assessor_id == assessor.id,
            open_on(today),
        )
        .order_by(Request.asked_on)
    ).first()


def _delegated() -> ColumnElement[bool]:
    """Whoever has it now has it from a colleague."""
    handed_on = select(RequestStep.id).where(
        RequestStep.request_id == Request.id,
        RequestStep.kind == "delegate",
        RequestStep.to_id == Request.assessor_id,
    )
    return handed_on.exists()


def _of_teachers() -> ColumnElement[bool]:
    """What a teacher fills in, or was asked to ask guests for."""
    teachers = select(FacultyMember.person_id)
    secretaries = select(Grant.person_id).where(
        Grant.role == Role.SECRETARY, Grant.department_id == Placement.department_id
    )
    return or_(
        Instrument.assessor.in_(filled_by(TEACHER)),
        and_(
            Instrument.assessor.in_(filled_by(GUESTS)),
            Request.assessor_id.in_(teachers),
            Request.assessor_id.not_in(secretaries),
        ),
    )


def of_former_supervisors(today: date) -> Sequence[Request]:
    """What the plan asked of somebody who is not the placement's supervisor any more."""
    supervisor = aliased(FacultyMember)
    return db.session.scalars(
        select(Request)
        .join(Request.placement)
        .join(Request.instrument)
        .join(supervisor, supervisor.id == Placement.supervisor_id)
        .where(
            open_on(today),
            Request.asked_by_id.is_(None),
            Request.assessor_id != supervisor.person_id,
            _of_teachers(),
            ~_delegated(),
        )
        .options(*WITH_PLACEMENT)
        .order_by(Request.id)
    ).all()


def open_about(resident_id: int, *, today: date) -> Sequence[Request]:
    """What is asked about one resident."""
    return db.session.scalars(
        select(Request)
        .join(Request.placement)
        .where(Request.resident_id == resident_id, open_on(today))
        .options(*WITH_PLACEMENT)
        .order_by(Request.due_on, Request.id)
    ).all()


def requests_by_id(ids: Sequence[int]) -> Sequence[Request]:
    return db.session.scalars(
        select(Request)
        .join(Request.placement)
        .where(Request.id.in_(ids))
        .options(*WITH_PLACEMENT)
        .order_by(Request.id)
    ).all()
