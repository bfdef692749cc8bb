"""Whom to ask where they work, and what they said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from trainingbase.careers.models import MONTHS, Employment, FollowUp
from trainingbase.careers.queries.addresses import given_up, may_be_mailed
from trainingbase.careers.rules.retaining import months_after
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.sites.models import Institution


@dataclass(frozen=True)
class Filter:
    search: str = ""
    state: str = ""
    months: int | None = None
    mail: str = ""
    sort: str = ""


OPEN = FollowUp.answer.is_(None)


def states(today: date) -> dict[str, ColumnElement[bool]]:
    linked = and_(OPEN, FollowUp.token_hash.is_not(None), FollowUp.revoked_at.is_(None))
    return {
        "open": OPEN,
        "to_ask": and_(
            OPEN,
            or_(
                FollowUp.token_hash.is_(None),
                FollowUp.revoked_at.is_not(None),
                FollowUp.expires_on <= today,
            ),
        ),
        "asked": and_(linked, FollowUp.expires_on > today),
        "answered": FollowUp.answer.is_not(None),
    }


SORTS: dict[str, Any] = {
    "name": Person.name,
    "due": FollowUp.due_on,
    "months": FollowUp.months,
}


def follow_ups(which: Filter, *, today: date) -> Select:
    """Columns: id, resident_id, name, phone, cohort, months, due_on, answer and how it came, the
    link's days, and where they are as far as is known."""
    goes_on = aliased(Employment)
    now = (
        select(goes_on.id)
        .where(
            goes_on.resident_id == FollowUp.resident_id,
            goes_on.approved.is_(True),
            goes_on.withdrawn_at.is_(None),
            goes_on.ends_on.is_(None),
        )
        .order_by(goes_on.starts_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = (
        select(
            FollowUp.id, FollowUp.resident_id, Person.name, Person.phone,
            Cohort.name.label("cohort"), Cohort.name_en.label("cohort_en"), FollowUp.months,
            FollowUp.due_on, FollowUp.answer, FollowUp.answered_on, FollowUp.told_by,
            FollowUp.token_hash, FollowUp.revoked_at, FollowUp.expires_on,
            Institution.name.label("place"), Institution.name_en.label("place_en"),
            Employment.employer,
        )
        .join(FollowUp.resident).join(Resident.person).join(Resident.cohort)
        .outerjoin(Employment, Employment.id == now).outerjoin(Employment.institution)
        .where(*_wanted(which, today))
    )  # fmt: skip
    column = SORTS.get(which.sort.removeprefix("-"), FollowUp.due_on)
    down = which.sort.startswith("-")
    return rows.order_by(column.desc() if down else column, FollowUp.id)


MAILS: dict[str, Callable[[], ColumnElement[bool]]] = {
    "nowhere": lambda: ~may_be_mailed(),
    "somewhere": may_be_mailed,
    "failed": given_up,
}


def _wanted(which: Filter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    known = states(today)
    if which.state in known:
        found.append(known[which.state])
    if which.search:
        found.append(called(which.search))
    if which.months is not None:
        found.append(FollowUp.months == which.months)
    if which.mail in MAILS:
        found.append(MAILS[which.mail]())
    return found


def rows_of(rows: Select) -> Sequence:
    return db.session.execute(rows).all()


def _whole() -> Select[tuple[FollowUp]]:
    return (
        select(FollowUp)
        .join(FollowUp.resident)
        .join(Resident.person)
        .options(
            contains_eager(FollowUp.resident).contains_eager(Resident.person),
            joinedload(FollowUp.employment).joinedload(Employment.institution),
            joinedload(FollowUp.answered_by),
            joinedload(FollowUp.linked_by),
        )
    )


def follow_up_by_id(follow_up_id: int) -> FollowUp:
    return db.session.scalars(_whole().where(FollowUp.id == follow_up_id)).one()


def follow_ups_by_id(ids: Sequence[int]) -> Sequence[FollowUp]:
    return db.session.scalars(_whole().where(FollowUp.id.in_(ids)).order_by(FollowUp.id)).all()


def by_hash(token_hash: str) -> FollowUp | None:
    return db.session.scalars(_whole().where(FollowUp.token_hash == token_hash)).one_or_none()


def of_resident(resident_id: int) -> Sequence[FollowUp]:
    return db.session.scalars(
        _whole().where(FollowUp.resident_id == resident_id).order_by(FollowUp.months)
    ).all()


def due(today: date, *, late_days: int) -> list[tuple[int, int, date]]:
    """(resident id, months, the day) of what came due in the last `late_days` days and has no task
    yet: who graduated long before the portal is not asked of all at once."""
    have = {tuple(one) for one in db.session.execute(select(FollowUp.resident_id, FollowUp.months))}
    rows = db.session.execute(
        select(Resident.id, Resident.finished_on).where(
            Resident.finished_on.is_not(None),
            Resident.finished_on < today,
            Resident.finished_on > today - timedelta(days=40 * 31 + late_days),
        )
    )
    found = []
    for resident_id, finished_on in rows:
        for months in MONTHS:
            day = months_after(finished_on + timedelta(days=1), months)
            if today - timedelta(days=late_days) < day <= today and (
                (resident_id, months) not in have
            ):
                found.append((resident_id, months, day))
    return sorted(found)


def open_count(today: date) -> int:
    return db.session.scalar(select(func.count()).where(states(today)["to_ask"])) or 0
