"""Naming supervisors for many placements at once, within everybody's limit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.queries import hold_members, limits, teachers
from trainingbase.faculty.rules import Against, why_not
from trainingbase.people.models import Person
from trainingbase.rotations.actions.supervising import name_supervisors
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.published import load_from
from trainingbase.supervision.queries.desk import stay_of
from trainingbase.supervision.queries.scope import placement_in_scope


@dataclass(frozen=True)
class Choice:
    """The supervisor wanted for a placement, and the version of it that was looked at."""

    supervisor_id: int | None
    version: int


class NotAllowed(Exception):
    """`refused` holds, by placement, what stands against the choice."""

    def __init__(self, refused: Mapping[int, Sequence[Against]]):
        super().__init__(refused)
        self.refused = refused


class Overtaken(Exception):
    """Somebody else changed these placements meanwhile: `ids`."""

    def __init__(self, ids: Sequence[int]):
        super().__init__(ids)
        self.ids = ids


def assign_supervisors(
    choices: Mapping[int, Choice], *, by: Person, at: datetime, why: str | None = None
) -> int:
    """All of it or nothing; how many changed.  Raises `Overtaken`, `NotAllowed`.

    Placements the person may not assign, or that are over, are not touched: they count as
    overtaken.
    """
    today = at.astimezone(LOCAL).date()
    placements = held(choices, by, today)
    gone = [one for one in choices if one not in placements]
    stale = [one.id for one in placements.values() if one.version != choices[one.id].version]
    if gone or stale:
        db.session.rollback()
        raise Overtaken([*gone, *stale])
    wanted = {one: choices[one.id].supervisor_id for one in placements.values()}
    refused = refusals(wanted, today=today)
    if refused:
        db.session.rollback()
        raise NotAllowed(refused)
    changed = name_supervisors(wanted, by=by, at=at, why=why)
    db.session.commit()
    return changed


def held(ids, by: Person, today: date) -> dict[int, Placement]:
    """These placements as they stand, held until the commit; first the faculty, as publishing
    does, so that two people never wait for each other."""
    hold_members()
    rows = (
        select(Placement)
        .where(
            Placement.id.in_(list(ids)),
            Placement.cancelled_at.is_(None),
            Placement.ends_on > today,
            placement_in_scope(by),
        )
        .options(
            joinedload(Placement.department),
            joinedload(Placement.resident).joinedload(Resident.person),
        )
        .order_by(Placement.id)
        .with_for_update(of=Placement)
        .execution_options(populate_existing=True)
    )
    return {one.id: one for one in db.session.scalars(rows)}


def refusals(
    wanted: Mapping[Placement, int | None], *, today: date, without: int | None = None
) -> dict[int, list[Against]]:
    """What stands against each new supervisor, all the others taken into account.  Whoever stays
    as they are is not judged, but counts."""
    everybody, numbers, spans = teachers(), limits(), load_from(today)
    moved = {one: new for one, new in wanted.items() if new != one.supervisor_id}
    stays = {one: stay_of(one, today) for one in moved}
    for one, stay in stays.items():
        if one.supervisor_id is not None:
            spans[one.supervisor_id].remove((stay.starts_on, stay.ends_on))
    found: dict[int, list[Against]] = {}
    for one, new in sorted(moved.items(), key=lambda pair: (pair[0].starts_on, pair[0].id)):
        if new is None:
            continue
        teacher, stay = everybody.get(new), stays[one]
        if teacher is None or new == without:
            found[one.id] = [Against("inactive", on=stay.starts_on)]
            continue
        against = why_not(teacher, stay, spans.get(new, ()), numbers)
        if against:
            found[one.id] = against
        spans.setdefault(new, []).append((stay.starts_on, stay.ends_on))
    return found
