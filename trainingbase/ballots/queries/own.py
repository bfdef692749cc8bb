"""What a resident may answer.  Nobody but the resident asks any of this."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from trainingbase.ballots.models import ANSWERED, OPEN, Ballot, BallotRound, BallotSubject
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.instruments.models import Instrument
from trainingbase.people.models import Person
from trainingbase.sites.models import Department, Institution
from trainingbase.training.models import Kind

SUBJECT = (
    BallotSubject.id,
    BallotSubject.kind,
    BallotSubject.activity_kind,
    Person.name.label("teacher"),
    Person.name_en.label("teacher_en"),
    Department.name.label("department"),
    Department.name_en.label("department_en"),
    Institution.name.label("institution"),
    Institution.name_en.label("institution_en"),
    Kind.name_en.label("activity_kind_en"),
)
"""What `words.subject_name` reads."""


def with_names(rows: Select[Any]) -> Select[Any]:
    """Joined to whatever names a subject."""
    return (
        rows.outerjoin(FacultyMember, FacultyMember.id == BallotSubject.faculty_member_id)
        .outerjoin(Person, Person.id == FacultyMember.person_id)
        .outerjoin(Department, Department.id == BallotSubject.department_id)
        .outerjoin(Institution, Institution.id == Department.institution_id)
        .outerjoin(Kind, Kind.name == BallotSubject.activity_kind)
    )


def open_rounds(today: date) -> Any:
    """Clause on rounds."""
    return and_(
        BallotRound.closed_on.is_(None),
        BallotRound.opens_on <= today,
        BallotRound.closes_on > today,
    )


def open_to(viewer: Person, *, today: date) -> Sequence[Any]:
    """The viewer's ballots of rounds that are open: columns of `SUBJECT`, round, state."""
    rows = with_names(
        select(
            *SUBJECT,
            Ballot.round_id,
            Ballot.state,
            BallotRound.starts_on,
            BallotRound.ends_on,
            BallotRound.closes_on,
        )
        .select_from(Ballot)
        .join(Ballot.round)
        .join(Ballot.subject)
    )
    return db.session.execute(
        rows.where(Ballot.person_id == viewer.id, open_rounds(today)).order_by(
            BallotRound.starts_on, BallotSubject.kind.desc(), BallotSubject.key
        )
    ).all()


def waiting_for(viewer: Person, *, today: date) -> int:
    """How many the viewer may still answer."""
    return db.session.scalar(
        select(func.count())
        .select_from(Ballot)
        .join(Ballot.round)
        .where(Ballot.person_id == viewer.id, Ballot.state == OPEN, open_rounds(today))
    )


@dataclass(frozen=True)
class Receipt:
    """Of a closed round: how many the resident has answered of how many."""

    starts_on: date
    ends_on: date
    answered: int
    asked: int


def receipts(viewer: Person) -> list[Receipt]:
    """The newest first; the last twelve."""
    rows = db.session.execute(
        select(
            BallotRound.starts_on,
            BallotRound.ends_on,
            func.count().filter(Ballot.state == ANSWERED),
            func.count(),
        )
        .select_from(Ballot)
        .join(Ballot.round)
        .where(Ballot.person_id == viewer.id, BallotRound.closed_on.is_not(None))
        .group_by(BallotRound.id, BallotRound.starts_on, BallotRound.ends_on)
        .order_by(BallotRound.starts_on.desc())
        .limit(12)
    )
    return [Receipt(*row) for row in rows]


def ballot_of(viewer: Person, round_id: int, subject_id: int) -> Ballot:
    """With its form; raises `NoResultFound` where the viewer has none such."""
    return db.session.scalars(
        select(Ballot)
        .where(
            Ballot.person_id == viewer.id,
            Ballot.round_id == round_id,
            Ballot.subject_id == subject_id,
        )
        .options(
            joinedload(Ballot.round),
            joinedload(Ballot.subject),
            joinedload(Ballot.instrument).selectinload(Instrument.items),
        )
    ).one()


def subject_names(subject_ids: Sequence[int]) -> dict[int, Any]:
    """Rows of `SUBJECT` by id."""
    rows = with_names(select(*SUBJECT).select_from(BallotSubject))
    found = db.session.execute(rows.where(BallotSubject.id.in_(subject_ids)))
    return {row.id: row for row in found}
