"""Confirming that residents have come, with supervisor, beds and induction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.entering.models import Arrival, InductionItem
from trainingbase.entering.queries.arrivals import records_of
from trainingbase.history.actions import change
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.rotations.actions.supervising import name_supervisors
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.published import person_ids_of_faculty
from trainingbase.supervision.actions import NotAllowed
from trainingbase.supervision.actions.assigning import held, refusals


@dataclass(frozen=True)
class Held:
    """An induction: the day, who held it (person), and which items were gone through."""

    on: date
    by_id: int | None
    item_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What is confirmed of a placement.  `placed` and `version` are the versions of placement and
    arrival that were looked at (0 where there was no arrival)."""

    arrived_on: date
    supervisor_id: int | None
    beds: int | None
    placed: int
    version: int
    induction: Held | None = None


@dataclass(frozen=True)
class Confirmed:
    """How many were confirmed now, and how many had been already, just so."""

    now: int
    already: int


class Overtaken(Exception):
    """Somebody else changed these placements or their arrivals meanwhile: `ids`."""

    def __init__(self, ids: Sequence[int]):
        super().__init__(ids)
        self.ids = ids


class OwnArrival(Exception):
    """Nobody says of themselves that they have come, or have not."""


class NotADayOfIt(Exception):
    """By placement: `arrival` or `induction`, whichever lies outside the placement or ahead; an
    induction is not before the arrival."""

    def __init__(self, wrong: Mapping[int, str]):
        super().__init__(wrong)
        self.wrong = wrong


def confirm(
    wanted: Mapping[int, Wanted], *, by: Person, at: datetime, why: str | None = None
) -> Confirmed:
    """All of it or nothing.  What was confirmed already, just so, is left as it is.

    Raises `Overtaken`, `OwnArrival`, `NotADayOfIt`, and `NotAllowed` (see `supervision`).
    """
    today = at.astimezone(LOCAL).date()
    placements = held(wanted, by, date.min)
    refuse_own(placements.values(), by)
    records = records_of(placements)
    already = {key for key, one in records.items() if one.has_come and _same(one, wanted[key])}
    left = {key: one for key, one in placements.items() if key not in already}
    _must_be_fresh(wanted, placements, left, records)
    _must_be_in_time(wanted, left, today)
    supervisors = {
        one: wanted[key].supervisor_id for key, one in left.items() if one.ends_on > today
    }
    refused = refusals(supervisors, today=today)
    if refused:
        db.session.rollback()
        raise NotAllowed(refused)
    name_supervisors(supervisors, by=by, at=at, why=why)
    items = all_items()
    for key, placement in left.items():
        record = records.get(key) or Arrival(placement=placement, version=0, items=[])
        db.session.add(record)
        _note(record, wanted[key], items, by=by, at=at, why=why)
    _tell(list(left.values()), wanted, at=at)
    db.session.commit()
    return Confirmed(len(left), len(already))


def refuse_own(placements: Iterable[Placement], by: Person) -> None:
    """Raises `OwnArrival`."""
    if any(one.resident.person_id == by.id for one in placements):
        db.session.rollback()
        raise OwnArrival


def _same(record: Arrival, one: Wanted) -> bool:
    return record.arrived_on == one.arrived_on and record.beds == one.beds


def _must_be_fresh(wanted, placements, left, records) -> None:
    stale = [key for key in wanted if key not in placements]
    for key, placement in left.items():
        record = records.get(key)
        looked_at = record.version if record is not None else 0
        overtaken = looked_at != wanted[key].version or placement.version != wanted[key].placed
        if overtaken or (record is not None and record.has_come):
            stale.append(key)
    if stale:
        db.session.rollback()
        raise Overtaken(stale)


def _must_be_in_time(wanted, left: Mapping[int, Placement], today: date) -> None:
    wrong = {
        key: found
        for key, placement in left.items()
        if (found := outside(placement, wanted[key].arrived_on, wanted[key].induction, today))
    }
    if wrong:
        db.session.rollback()
        raise NotADayOfIt(wrong)


def outside(
    placement: Placement, arrived_on: date, induction: Held | None, today: date
) -> str | None:
    """Which day is none of the placement, or has not come: arrival or induction."""
    if not placement.starts_on <= arrived_on < placement.ends_on or arrived_on > today:
        return "arrival"
    if induction is None:
        return None
    within = arrived_on <= induction.on < placement.ends_on and induction.on <= today
    return None if within else "induction"


def all_items() -> dict[int, InductionItem]:
    return {one.id: one for one in db.session.scalars(select(InductionItem))}


def answers_of(one: Wanted | Held | None, items: Mapping[int, InductionItem]) -> dict[str, object]:
    """The attributes of an arrival that an induction sets."""
    induction = one.induction if isinstance(one, Wanted) else one
    if induction is None:
        return {"inducted_on": None, "inducted_by": None, "items": []}
    return {
        "inducted_on": induction.on,
        "inducted_by": db.session.get(Person, induction.by_id) if induction.by_id else None,
        "items": [items[key] for key in induction.item_ids if key in items],
    }


def _note(record: Arrival, one: Wanted, items, *, by: Person, at: datetime, why: str | None):
    answers = (
        {"missed_because": None, "missed_note": None}
        | {"arrived_on": one.arrived_on, "beds": one.beds}
        | answers_of(one, items)
    )
    with db.session.no_autoflush:  # it is whole once all of it is set
        record.version += 1
        record.confirmed_at, record.confirmed_by_id = at, by.id
        record.missed_at, record.missed_by_id = None, None
        change("confirm-arrival", record, answers, by=by, at=at, why=why)


def facts_of(placement: Placement) -> dict[str, str | None]:
    """What a notice says of a placement."""
    department = placement.department
    return {
        "name": department.name,
        "name_en": department.name_en,
        "starts_on": placement.starts_on.isoformat(),
        "ends_on": placement.ends_on.isoformat(),
    }


def _tell(placements: Sequence[Placement], wanted: Mapping[int, Wanted], *, at: datetime) -> None:
    """Each resident, and each supervisor once for all who came to them."""
    with_them: dict[int, list[Placement]] = {}
    for one in placements:
        if one.supervisor_id is not None:
            with_them.setdefault(one.supervisor_id, []).append(one)
        leave(
            "arrival-confirmed",
            to_ids=[one.resident.person_id],
            at=at,
            path=f"/entering/placements/{one.id}",
            day=wanted[one.id].arrived_on.isoformat(),
            **facts_of(one),
        )
    people = person_ids_of_faculty(with_them)
    for member_id, rows in with_them.items():
        leave(
            "arrived-with-you",
            to_ids=[people[member_id]],
            at=at,
            path="/entering/coming",
            names="、".join(one.resident.name for one in rows),
        )
