"""A request with what became of it, for those who may see it, and who else may be asked."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from trainingbase.assessments.models import Request, RequestStep
from trainingbase.assessments.queries.requests import in_state
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.faculty.queries import limits, teachers
from trainingbase.faculty.rules import Stay, unfit
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.sites.models import Department

LATELY = timedelta(days=90)
"""What was declined longer ago waits for nobody any more."""
WHOLE = (
    contains_eager(Request.placement).options(*WITH_NAMES),
    joinedload(Request.instrument),
    joinedload(Request.assessor),
    joinedload(Request.asked_by),
    selectinload(Request.steps).options(
        joinedload(RequestStep.by), joinedload(RequestStep.from_), joinedload(RequestStep.to)
    ),
)


def request_seen_by(viewer: Person, request_id: int) -> Request:
    """The office and the auditor see all, a secretary those of the department, a coordinator
    those of the institution, a teacher those asked of them and those they handed on."""
    rows = (
        select(Request)
        .join(Request.placement)
        .join(Placement.department)
        .where(Request.id == request_id)
        .options(*WHOLE)
    )
    if not viewer.holds(Role.OFFICE, Role.AUDITOR):
        rows = rows.where(
            or_(
                Placement.department_id.in_(viewer.department_ids),
                Department.institution_id.in_(viewer.institution_ids),
                Request.assessor_id == viewer.id,
                _handed_on_by(viewer).exists(),
            )
        )
    return db.session.scalars(rows).one()


def looks_after(viewer: Person, request: Request) -> bool:
    """Whether it is theirs to move although nobody asked them: the office, the secretary of the
    department, the coordinator of the institution."""
    place = request.placement.department
    return (
        viewer.holds(Role.OFFICE)
        or place.id in viewer.department_ids
        or place.institution_id in viewer.institution_ids
    )


def _handed_on_by(viewer: Person):
    return select(RequestStep.id).where(
        RequestStep.request_id == Request.id,
        RequestStep.by_id == viewer.id,
        RequestStep.kind == "delegate",
    )


def handed_on_by(viewer: Person, *, since: date) -> Sequence[Request]:
    """What this teacher handed to colleagues and was asked since then, the newest first."""
    return db.session.scalars(
        select(Request)
        .join(Request.placement)
        .where(
            Request.asked_on >= since,
            Request.assessor_id != viewer.id,
            _handed_on_by(viewer).exists(),
        )
        .options(*WHOLE)
        .order_by(Request.id.desc())
    ).all()


def handed_to(viewer: Person, request_ids: Sequence[int]) -> dict[int, Person]:
    """From whom this teacher has each of these requests, where a colleague handed it on."""
    rows = db.session.scalars(
        select(RequestStep)
        .where(
            RequestStep.request_id.in_(request_ids),
            RequestStep.kind == "delegate",
            RequestStep.to_id == viewer.id,
        )
        .options(joinedload(RequestStep.by))
        .order_by(RequestStep.id)
    )
    return {one.request_id: one.by for one in rows}


def colleagues_of(request: Request, *, today: date) -> list[Person]:
    """Who may take it over: whoever may supervise in the department today, by the rule of
    supervising (see `faculty.rules`); not the assessor and not the assessed."""
    placement = request.placement
    members = db.session.scalars(
        select(FacultyMember)
        .where(
            FacultyMember.posts.any(Post.department_id == placement.department_id),
            FacultyMember.person_id.not_in([request.assessor_id, placement.resident.person_id]),
        )
        .options(joinedload(FacultyMember.person))
    ).all()
    known, numbers = teachers(one.id for one in members), limits()
    stay = Stay(request.id, placement.department_id, today, today + timedelta(days=1))
    fit = [one.person for one in members if not unfit(known[one.id], stay, numbers)]
    return sorted(fit, key=lambda person: person.name)


def others_to_ask(request: Request, people: Sequence[Person]) -> list[Person]:
    """Of these, who has not had this request before."""
    had = {request.assessor_id} | {one.from_id for one in request.steps}
    return [one for one in people if one.id not in had]


def to_ask_again(today: date):
    """Declined lately, and nobody else was asked the same form of the same placement since."""
    later = aliased(Request)
    again = select(later.id).where(
        later.instrument_id == Request.instrument_id,
        later.placement_id == Request.placement_id,
        later.created_at >= Request.declined_at,
        later.cancelled_at.is_(None),
    )
    since = datetime.combine(today - LATELY, time(), LOCAL)
    return and_(Request.declined_at >= since, in_state("declined", today), ~again.exists())
