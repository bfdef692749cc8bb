"""Questions about the placements in force that publishing needs."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.judging import Judgement
from trainingbase.rotations.rules.reconciling import Live
from trainingbase.rotations.rules.rows import Row


def live_since(starts_on: date, *which: ColumnElement[bool]) -> Sequence[Placement]:
    """Live placements that reach beyond that day, everybody's unless `which` says whose."""
    return db.session.scalars(
        select(Placement)
        .where(Placement.cancelled_at.is_(None), Placement.ends_on > starts_on, *which)
        .order_by(Placement.resident_id, Placement.starts_on)
    ).all()


def concerned_by(judgement: Judgement) -> ColumnElement[bool]:
    """Placements that publishing the plan may change: of everybody in it, and of those who have
    left training."""
    ids = {row.resident for row in judgement.rows} | judgement.facts.planned
    gone = select(Resident.id).where(
        Resident.finished_on.is_not(None) | Resident.withdrawn_on.is_not(None)
    )
    return Placement.resident_id.in_(ids) | Placement.resident_id.in_(gone)


def without_leavers(rows: Sequence[Row], *, today: date) -> list[Row]:
    """The rows without what lies ahead of those who have left training since: a draft may have
    been made before."""
    left: dict[int, date] = {}
    for resident_id, finished_on, withdrawn_on in db.session.execute(
        select(Resident.id, Resident.finished_on, Resident.withdrawn_on).where(
            Resident.id.in_({row.resident for row in rows}),
            Resident.finished_on.is_not(None) | Resident.withdrawn_on.is_not(None),
        )
    ):
        days = [finished_on + timedelta(days=1)] if finished_on is not None else []
        left[resident_id] = min([*days, *([withdrawn_on] if withdrawn_on is not None else [])])
    kept = []
    for row in rows:
        day = left.get(row.resident)
        if day is None or row.ends_on <= today or row.ends_on <= day:
            kept.append(row)
        elif row.starts_on < day:
            kept.append(row._replace(ends_on=day))
    return kept


def as_live(placements: Iterable[Placement]) -> list[Live]:
    return [
        Live(
            one.id,
            Row(
                one.resident_id,
                one.starts_on,
                one.ends_on,
                one.department_id,
                one.standard_department_id,
            ),
        )
        for one in placements
    ]


def who_supervised(resident_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The faculty members who supervise or have supervised each resident."""
    found: dict[int, set[int]] = {}
    for resident, member in db.session.execute(
        select(Placement.resident_id, Placement.supervisor_id)
        .where(
            Placement.resident_id.in_(list(resident_ids)),
            Placement.cancelled_at.is_(None),
            Placement.supervisor_id.is_not(None),
        )
        .distinct()
    ):
        found.setdefault(resident, set()).add(member)
    return {resident: frozenset(members) for resident, members in found.items()}


def load_from(day: date, *which: ColumnElement[bool]) -> dict[int, list[tuple[date, date]]]:
    """What each faculty member supervises from that day on: [first day, exclusive last day)."""
    found: dict[int, list[tuple[date, date]]] = {}
    for member, starts_on, ends_on in db.session.execute(
        select(Placement.supervisor_id, Placement.starts_on, Placement.ends_on)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.supervisor_id.is_not(None),
            Placement.ends_on > day,
            *which,
        )
        .order_by(Placement.starts_on, Placement.id)
    ):
        found.setdefault(member, []).append((max(starts_on, day), ends_on))
    return found


def person_ids_of_residents(resident_ids: Iterable[int]) -> dict[int, int]:
    return dict(
        db.session.execute(
            select(Resident.id, Resident.person_id).where(Resident.id.in_(list(resident_ids)))
        ).all()
    )


def person_ids_of_faculty(member_ids: Iterable[int]) -> dict[int, int]:
    return dict(
        db.session.execute(
            select(FacultyMember.id, FacultyMember.person_id).where(
                FacultyMember.id.in_(list(member_ids))
            )
        ).all()
    )


def names_of_faculty(member_ids: Iterable[int | None]) -> dict[int, str]:
    return dict(
        db.session.execute(
            select(FacultyMember.id, Person.name)
            .join(FacultyMember.person)
            .where(FacultyMember.id.in_([one for one in member_ids if one is not None]))
        ).all()
    )
