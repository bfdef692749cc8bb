"""What was released, to those who may read it: nobody reads anything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.ballots.models import (
    Ballot,
    BallotRound,
    BallotSubject,
    Batch,
    BatchFigure,
    BatchText,
    RoundSum,
)
from trainingbase.ballots.queries.own import SUBJECT, with_names
from trainingbase.ballots.rules.spread import Spread
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.sites.models import Department

READ_ALL = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
"""The figures of everything released; free texts only the office."""


def readable_by(viewer: Person) -> ColumnElement[bool]:
    """Of subjects."""
    if viewer.holds(*READ_ALL):
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    if viewer.holds(Role.FACULTY):
        own = select(FacultyMember.id).where(FacultyMember.person_id == viewer.id)
        ways.append(BallotSubject.faculty_member_id.in_(own))
    if viewer.holds(Role.SECRETARY):
        ways.append(BallotSubject.department_id.in_(viewer.department_ids))
    if viewer.holds(Role.SITE_COORDINATOR):
        theirs = select(Department.id).where(Department.institution_id.in_(viewer.institution_ids))
        ways.append(BallotSubject.department_id.in_(theirs))
    return or_(*ways)


def reads_texts(viewer: Person, subject: Any) -> bool:
    """Who leads or audits sees figures; words are for who can do something about them."""
    if viewer.holds(Role.OFFICE):
        return True
    if not viewer.holds(Role.LEADER, Role.AUDITOR):
        return True
    return subject.faculty_member_id is not None and subject.faculty_member.person_id == viewer.id


def subjects(
    viewer: Person, *, kind: str = "", state: str = "", search: str = "", sort: str = ""
) -> Select[Any]:
    """Whatever was asked about in a closed round, with its newest batch if it has one: columns of
    `SUBJECT`, then those of the batch.  `sort`: name, until, mean, or with a leading "-"."""
    newest = (
        select(Batch.subject_id, func.max(Batch.number).label("number"))
        .group_by(Batch.subject_id)
        .subquery()
    )
    rows = with_names(
        select(
            *SUBJECT,
            Batch.number,
            Batch.first_on,
            Batch.ends_on,
            Batch.answers,
            Batch.could,
            Batch.overall_answered,
            Batch.overall_mean,
            Batch.overall_deviation,
            Batch.overall_lowest,
            Batch.overall_highest,
        )
        .select_from(BallotSubject)
        .outerjoin(newest, newest.c.subject_id == BallotSubject.id)
        .outerjoin(
            Batch, and_(Batch.subject_id == BallotSubject.id, Batch.number == newest.c.number)
        )
    )
    closed = _asked_about()
    rows = rows.where(BallotSubject.id.in_(closed), readable_by(viewer))
    if kind:
        rows = rows.where(BallotSubject.kind == kind)
    if state in ("released", "waiting"):
        has = Batch.id.is_not(None)
        rows = rows.where(has if state == "released" else ~has)
    if search:
        names = (Department.name, Department.name_en, BallotSubject.activity_kind)
        like = [one.icontains(search, autoescape=True) for one in names]
        rows = rows.where(or_(called(search), *like))
    name = func.coalesce(Person.name, Department.name, "")
    columns = {"name": name, "until": Batch.ends_on, "mean": Batch.overall_mean}
    column = columns.get(sort.lstrip("-"))
    if column is not None:
        rows = rows.order_by((column.desc() if sort.startswith("-") else column).nulls_last())
    return rows.order_by(Batch.id.is_(None), BallotSubject.kind.desc(), name, BallotSubject.id)


def rows_of(rows: Select[Any]) -> Sequence[Any]:
    return db.session.execute(rows).all()


def _asked_about() -> CompoundSelect[Any]:
    """Subjects of closed rounds, and those told of: the register of old rounds is deleted."""
    closed = (
        select(Ballot.subject_id)
        .join(BallotRound, BallotRound.id == Ballot.round_id)
        .where(BallotRound.closed_on.is_not(None))
    )
    return closed.union(select(Batch.subject_id))


def subject_for(viewer: Person, subject_id: int) -> BallotSubject:
    """Raises `NoResultFound` where the viewer may not read it, or nobody was asked yet."""
    closed = _asked_about()
    return db.session.scalars(
        select(BallotSubject)
        .where(BallotSubject.id == subject_id, BallotSubject.id.in_(closed), readable_by(viewer))
        .options(
            joinedload(BallotSubject.faculty_member).joinedload(FacultyMember.person),
            joinedload(BallotSubject.department).joinedload(Department.institution),
        )
    ).one()


def batches_of(subject: BallotSubject) -> Sequence[Batch]:
    """The newest first, with figures and texts."""
    return db.session.scalars(
        select(Batch)
        .where(Batch.subject_id == subject.id)
        .options(
            joinedload(Batch.instrument),
            selectinload(Batch.figures).joinedload(BatchFigure.item),
            selectinload(Batch.texts).joinedload(BatchText.item),
        )
        .order_by(Batch.number.desc())
    ).all()


def spreads(kind: str, instrument_id: int) -> list[Spread]:
    """Of every subject of a kind, by its newest batch with this form: what tells how far their
    means can be told apart."""
    rows = db.session.execute(
        select(
            Batch.subject_id,
            Batch.overall_answered,
            Batch.overall_mean,
            Batch.overall_deviation,
        )
        .join(Batch.subject)
        .where(
            BallotSubject.kind == kind,
            Batch.instrument_id == instrument_id,
            Batch.overall_mean.is_not(None),
        )
        .order_by(Batch.number)
    )
    newest = {subject: Spread(n, float(mean), float(dev)) for subject, n, mean, dev in rows}
    return list(newest.values())


@dataclass(frozen=True)
class RoundRow:
    """`answered` is None until the round has closed: nobody watches the count go up."""

    id: int
    starts_on: date
    ends_on: date
    opens_on: date
    closes_on: date
    closed_on: date | None
    people: int
    asked: int
    answered: int | None
    share: Decimal | None


def rounds() -> Select[Any]:
    """The newest first, with how many people were asked how much, and how many answered."""
    return (
        select(
            BallotRound.id,
            BallotRound.starts_on,
            BallotRound.ends_on,
            BallotRound.opens_on,
            BallotRound.closes_on,
            BallotRound.closed_on,
            func.coalesce(RoundSum.people, func.count(Ballot.person_id.distinct())),
            func.coalesce(RoundSum.asked, func.count(Ballot.person_id)),
            func.coalesce(
                RoundSum.answered,
                func.count().filter(Ballot.state == "answered", BallotRound.closed_on.is_not(None)),
            ),
        )
        .outerjoin(Ballot, Ballot.round_id == BallotRound.id)
        .outerjoin(RoundSum, RoundSum.round_id == BallotRound.id)
        .group_by(BallotRound.id, RoundSum.people, RoundSum.asked, RoundSum.answered)
        .order_by(BallotRound.starts_on.desc())
    )


def round_rows(rows: Sequence[Any]) -> list[RoundRow]:
    return [_round(*row) for row in rows]


def _round(number, starts_on, ends_on, opens_on, closes_on, closed_on, people, asked, answered):
    closed = closed_on is not None
    return RoundRow(
        id=number,
        starts_on=starts_on,
        ends_on=ends_on,
        opens_on=opens_on,
        closes_on=closes_on,
        closed_on=closed_on,
        people=people,
        asked=asked,
        answered=answered if closed else None,
        share=round(Decimal(100) * answered / asked, 1) if closed and asked else None,
    )
