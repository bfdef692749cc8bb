"""What of a faculty member is open, and who could take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.assessments.models import Request
from trainingbase.assessments.queries.requests import WITH_PLACEMENT, open_on
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.faculty.queries import active_on
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.supervision.models import Departure


@dataclass(frozen=True)
class Open:
    """What must go to somebody: placements from the day on, tutees, requests to answer."""

    placements: Sequence[Placement]
    tutees: Sequence[Resident]
    requests: Sequence[Request]

    def __bool__(self) -> bool:
        return bool(self.placements or self.tutees or self.requests)


def open_of(member: FacultyMember, *, from_on: date, today: date) -> Open:
    return Open(
        placements=db.session.scalars(
            select(Placement)
            .where(
                Placement.supervisor_id == member.id,
                Placement.cancelled_at.is_(None),
                Placement.ends_on > max(from_on, today),
            )
            .options(*WITH_NAMES)
            .order_by(Placement.starts_on, Placement.id)
        ).all(),
        tutees=tutees_of(member.person_id),
        requests=db.session.scalars(
            select(Request)
            .join(Request.placement)
            .where(Request.assessor_id == member.person_id, open_on(today))
            .options(*WITH_PLACEMENT)
            .order_by(Request.due_on, Request.id)
        ).all(),
    )


def tutees_of(person_id: int) -> Sequence[Resident]:
    """In training, by name."""
    return db.session.scalars(
        select(Resident)
        .join(Resident.person)
        .where(Resident.tutor_id == person_id, IN_TRAINING)
        .options(contains_eager(Resident.person), joinedload(Resident.cohort))
        .order_by(Person.name, Resident.id)
    ).all()


def successors(but: FacultyMember, *, today: date) -> Sequence[FacultyMember]:
    """Everybody who teaches still, with their posts."""
    return (
        db.session.scalars(
            select(FacultyMember)
            .join(FacultyMember.person)
            .where(
                FacultyMember.id != but.id,
                active_on(today),
                or_(Person.left_on.is_(None), Person.left_on > today),
                select(Post.id).where(Post.faculty_member_id == FacultyMember.id).exists(),
            )
            .options(contains_eager(FacultyMember.person), joinedload(FacultyMember.posts))
            .order_by(Person.name, FacultyMember.id)
        )
        .unique()
        .all()
    )


def departures_of(member: FacultyMember) -> Sequence[Departure]:
    """Newest first."""
    return db.session.scalars(
        select(Departure)
        .where(Departure.faculty_member_id == member.id)
        .options(joinedload(Departure.recorded_by))
        .order_by(Departure.id.desc())
    ).all()


def departure_by_id(departure_id: int) -> Departure:
    return db.session.scalars(
        select(Departure)
        .where(Departure.id == departure_id)
        .options(joinedload(Departure.faculty_member).joinedload(FacultyMember.person))
    ).one()


def accounts_to_close(today: date) -> Sequence[Departure]:
    """Whose last day has passed, and who can still sign in."""
    return db.session.scalars(
        select(Departure).where(
            Departure.undone_at.is_(None),
            Departure.closed_account.is_(False),
            Departure.kind != "lost",
            Departure.from_on <= today,
        )
    ).all()
