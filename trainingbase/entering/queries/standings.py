"""Where arrivals stand: in a fixed number of statements, however many placements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.entering.models import Arrival
from trainingbase.entering.queries.arrivals import records_of
from trainingbase.entering.rules import Away, OnTime, Punctual, Standing, in_time, standing
from trainingbase.months import first_of_month
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.sites.queries.calendars import base_calendar as calendar
from trainingbase.sites.rules.calendar import Calendar
from trainingbase.supervision.queries.scope import placement_in_scope
from trainingbase.thresholds.queries import whole


@dataclass(frozen=True)
class Basis:
    """What standings are reckoned from, for some placements."""

    calendar: Calendar
    leaves: Mapping[int, Sequence[Leave]]
    records: Mapping[int, Arrival]
    grace: int

    def of(self, one: Placement, today: date) -> Standing:
        record = self.records.get(one.id)
        return standing(
            one.starts_on,
            one.ends_on,
            arrived=record is not None and record.has_come,
            missed=record is not None and record.is_missed,
            calendar=self.calendar,
            away=self.away(one),
            today=today,
            grace=self.grace,
        )

    def away(self, one: Placement) -> list[Away]:
        """Granted leave of the resident."""
        return [
            (leave.starts_on, leave.until_on)
            for leave in self.leaves.get(one.resident_id, ())
            if leave.granted
        ]


def basis_of(placements: Sequence[Placement]) -> Basis:
    return Basis(
        calendar=calendar(),
        leaves=leaves_of({one.resident_id for one in placements}),
        records=records_of(one.id for one in placements),
        grace=whole("arrival_late_days"),
    )


def leaves_of(resident_ids: Iterable[int]) -> dict[int, list[Leave]]:
    """Granted leave, and leave that waits, in order of time."""
    found: dict[int, list[Leave]] = {}
    for leave in db.session.scalars(
        select(Leave)
        .where(Leave.resident_id.in_(list(resident_ids)), Leave.granted.is_not(False))
        .order_by(Leave.starts_on, Leave.id)
    ):
        found.setdefault(leave.resident_id, []).append(leave)
    return found


def not_confirmed(
    viewer: Person | None, *, today: date, search: str = "", named: bool = True
) -> Sequence[Placement]:
    """Placements that run today and whose arrival nobody has confirmed; everybody's without a
    viewer."""
    there = select(Arrival.id).where(
        Arrival.placement_id == Placement.id, Arrival.arrived_on.is_not(None)
    )
    rows = select(Placement).where(
        Placement.cancelled_at.is_(None),
        Placement.starts_on <= today,
        Placement.ends_on > today,
        ~there.exists(),
    )
    if viewer is not None:
        rows = rows.where(placement_in_scope(viewer))
    if search:
        those = select(Resident.id).join(Resident.person).where(called(search))
        rows = rows.where(Placement.resident_id.in_(those))
    if named:
        rows = rows.options(*WITH_NAMES)
    return db.session.scalars(rows.order_by(Placement.starts_on, Placement.id)).all()


@dataclass(frozen=True)
class Waiting:
    """How many arrivals wait to be confirmed, are late, or did not happen."""

    due: int = 0
    late: int = 0
    missed: int = 0


def waiting_for(viewer: Person, *, today: date) -> Waiting:
    placements = not_confirmed(viewer, today=today, named=False)
    basis = basis_of(placements)
    states = [basis.of(one, today).state for one in placements]
    return Waiting(*(states.count(state) for state in ("due", "late", "missed")))


def on_time(starts_on: date, ends_on: date) -> OnTime:
    """Of the placements that begin in [starts_on, ends_on) with a working day without leave:
    whose resident came in time.  Whoever has not come has not come in time, so the end should
    not lie ahead."""
    placements = db.session.scalars(
        select(Placement)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on >= starts_on,
            Placement.starts_on < ends_on,
        )
        .order_by(Placement.starts_on, Placement.id)
    ).all()
    basis, rows = basis_of(placements), []
    for one in placements:
        expected = basis.of(one, ends_on).expected_on
        if expected is None:
            continue
        record = basis.records.get(one.id)
        arrived_on = record.arrived_on if record is not None else None
        rows.append(
            Punctual(
                one.id,
                one.resident_id,
                one.department_id,
                first_of_month(one.starts_on),
                expected,
                arrived_on,
                in_time(arrived_on, expected, basis.grace),
            )
        )
    return OnTime(tuple(rows))
