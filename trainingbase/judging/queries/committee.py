"""Members, conflicts and meetings of the committee."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries.residents import IN_TRAINING
from trainingbase.judging.models import (
    Case,
    CommitteeMember,
    Conflict,
    Decision,
    Meeting,
    ProvisionalView,
    Sitting,
)
from trainingbase.judging.queries.scope import ALL
from trainingbase.people.models import Grant, Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole

ELIGIBLE = (Role.FACULTY, Role.LEADER, Role.OFFICE)
"""Who may be named to the committee: roles whose pages include its own."""


def members(*, search: str = "", state: str = "", today: date) -> Select[tuple[CommitteeMember]]:
    """`state` is present or former."""
    rows = (
        select(CommitteeMember)
        .join(CommitteeMember.person)
        .options(joinedload(CommitteeMember.person))
        .order_by(CommitteeMember.ends_on.is_not(None), Person.name, CommitteeMember.id)
    )
    if search:
        rows = rows.where(called(search))
    now = or_(CommitteeMember.ends_on.is_(None), CommitteeMember.ends_on > today)
    if state == "present":
        return rows.where(now)
    return rows.where(~now) if state == "former" else rows


def members_on(day: date) -> Sequence[CommitteeMember]:
    return db.session.scalars(
        select(CommitteeMember)
        .where(
            CommitteeMember.starts_on <= day,
            or_(CommitteeMember.ends_on.is_(None), CommitteeMember.ends_on > day),
        )
        .options(joinedload(CommitteeMember.person))
        .order_by(CommitteeMember.id)
    ).all()


def member_by_id(member_id: int) -> CommitteeMember:
    return db.session.scalars(
        select(CommitteeMember)
        .where(CommitteeMember.id == member_id)
        .options(joinedload(CommitteeMember.person))
    ).one()


def row_by_key(model, key: str | None):
    return db.session.scalar(select(model).where(model.request_key == key)) if key else None


def overlapping(person_id: int, starts_on: date, ends_on: date | None) -> CommitteeMember | None:
    """A term of the same person that shares a day with this one."""
    rows = select(CommitteeMember).where(
        CommitteeMember.person_id == person_id,
        or_(CommitteeMember.ends_on.is_(None), CommitteeMember.ends_on > starts_on),
    )
    if ends_on is not None:
        rows = rows.where(CommitteeMember.starts_on < ends_on)
    return db.session.scalars(rows).first()


def eligible() -> Sequence[Person]:
    """Who may be named, by name."""
    return db.session.scalars(
        select(Person)
        .where(
            Person.id.in_(select(Grant.person_id).where(Grant.role.in_(ELIGIBLE))),
            Person.left_on.is_(None),
            Person.merged_at.is_(None),
        )
        .order_by(Person.name, Person.id)
    ).all()


def is_in_office(person: Person, today: date) -> bool:
    return any(one.person_id == person.id for one in members_on(today))


def conflicts(viewer: Person, *, search: str = "", state: str = "") -> Select[tuple[Conflict]]:
    """Those of everybody for office and auditor, one's own for members; `state` in_force or
    withdrawn."""
    rows = (
        select(Conflict)
        .join(Conflict.person)
        .options(
            joinedload(Conflict.person),
            joinedload(Conflict.resident).joinedload(Resident.person),
            joinedload(Conflict.declared_by),
        )
        .order_by(Conflict.withdrawn_at.is_not(None), Conflict.declared_at.desc(), Conflict.id)
    )
    if not viewer.holds(*ALL):
        rows = rows.where(Conflict.person_id == viewer.id)
    if search:
        rows = rows.where(called(search))
    if state == "in_force":
        return rows.where(Conflict.withdrawn_at.is_(None))
    return rows.where(Conflict.withdrawn_at.is_not(None)) if state == "withdrawn" else rows


def conflict_for(viewer: Person, conflict_id: int) -> Conflict:
    return db.session.scalars(conflicts(viewer).where(Conflict.id == conflict_id)).one()


def standing_conflict(person_id: int, resident_id: int) -> Conflict | None:
    return db.session.scalars(
        select(Conflict).where(
            Conflict.person_id == person_id,
            Conflict.resident_id == resident_id,
            Conflict.withdrawn_at.is_(None),
        )
    ).first()


def abstaining(resident_ids: Iterable[int]) -> dict[int, set[int]]:
    """By resident who may not judge them: by a declared conflict, as the resident, and as the
    tutor where the base wants that."""
    wanted = list(resident_ids)
    found: dict[int, set[int]] = {one: set() for one in wanted}
    for resident_id, person_id in db.session.execute(
        select(Conflict.resident_id, Conflict.person_id).where(
            Conflict.resident_id.in_(wanted), Conflict.withdrawn_at.is_(None)
        )
    ):
        found[resident_id].add(person_id)
    tutors = bool(whole("committee_tutor_abstains"))
    for resident_id, person_id, tutor_id in db.session.execute(
        select(Resident.id, Resident.person_id, Resident.tutor_id).where(Resident.id.in_(wanted))
    ):
        found[resident_id] |= {person_id} | ({tutor_id} if tutors and tutor_id else set())
    return found


def meetings(viewer: Person, *, state: str = "", kind: str = "") -> Select[tuple[Meeting]]:
    """All for office and auditor; for the others those at which they sit."""
    rows = (
        select(Meeting)
        .options(selectinload(Meeting.sittings).joinedload(Sitting.person))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )
    if not viewer.holds(*ALL):
        mine = select(Sitting.meeting_id).where(Sitting.person_id == viewer.id)
        rows = rows.where(Meeting.id.in_(mine))
    if state == "coming":
        rows = rows.where(Meeting.state.in_(("called", "reading", "open")))
    elif state:
        rows = rows.where(Meeting.state == state)
    return rows.where(Meeting.kind == kind) if kind else rows


def meeting_for(viewer: Person, meeting_id: int) -> Meeting:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        meetings(viewer).where(Meeting.id == meeting_id).execution_options(populate_existing=True)
    ).one()


def numbers_of(meeting_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By meeting: residents on the agenda, and how many of them are decided."""
    rows = db.session.execute(
        select(Case.meeting_id, func.count(Case.id), func.count(Decision.id))
        .outerjoin(Decision, Decision.case_id == Case.id)
        .where(Case.meeting_id.in_(meeting_ids))
        .group_by(Case.meeting_id)
    )
    return {key: (cases, decided) for key, cases, decided in rows}


def waiting_for(person: Person) -> tuple[int, int]:
    """Packets this person is to read and give a view on, and cases to decide as chair or deputy."""
    sits = and_(Sitting.meeting_id == Meeting.id, Sitting.person_id == person.id)
    given = select(ProvisionalView.case_id).where(ProvisionalView.member_id == person.id)
    decided = select(Decision.case_id)
    tutors = Resident.tutor_id == person.id
    barred = select(Conflict.resident_id).where(
        Conflict.person_id == person.id, Conflict.withdrawn_at.is_(None)
    )
    base = (
        select(func.count(Case.id))
        .join(Meeting, Meeting.id == Case.meeting_id)
        .join(Sitting, sits)
        .join(Resident, Resident.id == Case.resident_id)
        .where(Case.id.not_in(decided), Case.resident_id.not_in(barred))
    )
    if whole("committee_tutor_abstains"):
        base = base.where(or_(Resident.tutor_id.is_(None), ~tutors))
    to_read = base.where(Meeting.state.in_(("reading", "open")), Case.id.not_in(given))
    to_decide = base.where(
        Meeting.state == "open",
        Sitting.duty.in_(("chair", "deputy")),
        Sitting.was_present.is_(True),
    )
    return db.session.scalar(to_read) or 0, db.session.scalar(to_decide) or 0


def names_in_training() -> Sequence[Resident]:
    """Everybody in training, by name."""
    return db.session.scalars(
        select(Resident)
        .join(Resident.person)
        .where(IN_TRAINING)
        .options(contains_eager(Resident.person))
        .order_by(Person.name, Resident.id)
    ).all()
