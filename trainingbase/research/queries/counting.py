"""What counts: approved work, for handbooks, incentives and the training's quality."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.research.models import Work

COUNTED = Work.approved.is_(True) & Work.withdrawn_at.is_(None) & Work.replaced_at.is_(None)


def approved_between(
    person_ids: Iterable[int], starts_on: date, ends_on: date
) -> dict[int, Sequence[Work]]:
    """By person, approved works that count by a day in [`starts_on`, `ends_on`), the oldest first;
    one statement however many people."""
    wanted = list(person_ids)
    found: dict[int, list[Work]] = {one: [] for one in wanted}
    rows = db.session.scalars(
        select(Work)
        .where(
            COUNTED,
            Work.person_id.in_(wanted),
            Work.done_on >= starts_on,
            Work.done_on < ends_on,
        )
        .order_by(Work.done_on, Work.id)
    )
    for one in rows:
        found[one.person_id].append(one)
    return found


def approved_of(person_id: int) -> Sequence[Work]:
    """All that count of one person, the oldest first."""
    return db.session.scalars(
        select(Work).where(COUNTED, Work.person_id == person_id).order_by(Work.done_on, Work.id)
    ).all()


def approved_papers(first: datetime, end: datetime) -> Sequence[Work]:
    """Papers that the office approved in [`first`, `end`), for pay: each once, whatever was
    corrected afterwards."""
    return db.session.scalars(
        select(Work)
        .where(
            Work.kind == "paper",
            Work.approved.is_(True),
            Work.corrects_id.is_(None),
            Work.decided_at >= first,
            Work.decided_at < end,
        )
        .order_by(Work.id)
    ).all()


@dataclass(frozen=True)
class Figure:
    """Approved works of one kind: how many, of how many people, and their points."""

    kind: str
    works: int
    people: int
    points: Decimal


def yearly_figures(year: int, *, residents_only: bool = False) -> list[Figure]:
    """By kind, of a calendar year; for the indicators of the base and of its residents."""
    rows = (
        select(
            Work.kind,
            func.count(Work.id),
            func.count(Work.person_id.distinct()),
            func.sum(Work.points),
        )
        .where(COUNTED, Work.done_on >= date(year, 1, 1), Work.done_on < date(year + 1, 1, 1))
        .group_by(Work.kind)
        .order_by(Work.kind)
    )
    if residents_only:
        rows = rows.where(Work.person_id.in_(select(Resident.person_id)))
    return [
        Figure(kind, works, people, points or Decimal(0))
        for kind, works, people, points in db.session.execute(rows)
    ]
