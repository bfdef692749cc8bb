"""Saying that somebody did not come, and telling of whoever is late."""

from datetime import date, datetime

from sqlalchemy import select

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.entering.actions.confirming import Overtaken, facts_of, refuse_own
from trainingbase.entering.models import AlreadyThere, Arrival, LateNotice
from trainingbase.entering.queries.arrivals import records_of
from trainingbase.entering.queries.desk import NO_STANDING
from trainingbase.entering.queries.standings import basis_of, not_confirmed
from trainingbase.history.actions import change
from trainingbase.leave.queries.standing import secretaries_of
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.supervision.actions.assigning import held

LATE = "/entering/late"


class NotBegun(Exception):
    """Nobody can have failed to come to a placement that lies ahead."""


def miss(
    placement_id: int,
    *,
    because: str,
    note: str | None,
    version: int,
    by: Person,
    at: datetime,
) -> bool:
    """Whether it was not said so already.  Raises `Overtaken`, `NotBegun`, `AlreadyThere`."""
    placement = held([placement_id], by, date.min).get(placement_id)
    if placement is None:
        db.session.rollback()
        raise Overtaken([placement_id])
    refuse_own([placement], by)
    if placement.starts_on > at.astimezone(LOCAL).date():
        db.session.rollback()
        raise NotBegun
    record = records_of([placement_id]).get(placement_id)
    said = (because, note or None)
    if record is not None and (record.missed_because, record.missed_note) == said:
        db.session.rollback()
        return False
    if record is not None and record.has_come:
        db.session.rollback()
        raise AlreadyThere
    if (record.version if record is not None else 0) != version:
        db.session.rollback()
        raise Overtaken([placement_id])
    record = record or Arrival(placement=placement, version=0, items=[])
    db.session.add(record)
    answers = {"missed_because": because, "missed_note": note or None}
    with db.session.no_autoflush:  # it is whole once all of it is set
        record.version += 1
        record.missed_at, record.missed_by_id = at, by.id
        change("miss-arrival", record, answers, by=by, at=at)
    _tell_office(placement, by=by, at=at)
    db.session.commit()
    return True


def _tell_office(placement: Placement, *, by: Person, at: datetime) -> None:
    office = [one.id for one in holders_of(Role.OFFICE) if one.id != by.id]
    leave(
        "arrival-missed",
        to_ids=office,
        at=at,
        path=LATE,
        resident=placement.resident.name,
        **facts_of(placement),
    )


def tell_of_late(*, today: date, at: datetime) -> int:
    """Once a day, as long as it lasts, of everybody who is late or did not come: the office of
    all, the department of its own; how many were told of."""
    late = _late(today)
    told = set(
        db.session.scalars(select(LateNotice.placement_id).where(LateNotice.told_on == today))
    )
    new = [one for one in late if one.id not in told]
    if not new:
        return 0
    whom: dict[int, list[Placement]] = {one.id: list(new) for one in holders_of(Role.OFFICE)}
    for department in {one.department for one in new}:
        theirs = [one for one in new if one.department_id == department.id]
        for person in secretaries_of(department, today=today):
            if not person.holds(Role.OFFICE):
                whom.setdefault(person.id, []).extend(theirs)
    for person_id, rows in whom.items():
        leave(
            "arrivals-late",
            to_ids=[person_id],
            at=at,
            path=LATE,
            number=len(rows),
            names="、".join(one.resident.name for one in rows[:SHOWN]),
        )
    db.session.add_all(LateNotice(placement_id=one.id, told_on=today, told_at=at) for one in new)
    db.session.commit()
    return len(new)


SHOWN = 8
"""Names in one notice."""


def _late(today: date) -> list[Placement]:
    placements = not_confirmed(None, today=today)
    basis = basis_of(placements)
    return [one for one in placements if basis.of(one, today).state in NO_STANDING]
