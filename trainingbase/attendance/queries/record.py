"""All that stands behind the days of some placements, in a fixed number of statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

from trainingbase.attendance.models import ConfirmedDay, Mark, Month
from trainingbase.attendance.queries.choices import choices
from trainingbase.attendance.rules.counting import Days
from trainingbase.attendance.rules.lines import DayFacts, Line, Span, without
from trainingbase.db import columns, db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.enrolment.suspension import suspended_spans
from trainingbase.entering.models import Arrival
from trainingbase.months import first_of_month
from trainingbase.prepared import prepared
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.sites.queries.calendars import calendars
from trainingbase.sites.rules.calendar import each_day


@dataclass(frozen=True)
class Stay:
    """What counting needs of a placement; [starts_on, ends_on) is the part of it asked about."""

    id: int
    resident_id: int
    department_id: int
    institution_id: int
    starts_on: date
    ends_on: date
    left_on: date | None


class Noted(NamedTuple):
    """A mark, without what belongs to it."""

    id: int
    version: int
    morning: str | None
    afternoon: str | None
    reason: str | None
    how: str

    @property
    def halves(self) -> tuple[str | None, str | None]:
        return self.morning, self.afternoon


class Cell(NamedTuple):
    """A resident's day: what each half was, and why.  Nobody is presumed to be there before they
    `arrived` in the department, as far as that is recorded."""

    day: date
    facts: DayFacts
    halves: tuple[str, str]
    noted: Noted | None
    leave: str | None
    arrived: bool = True

    @property
    def is_whole(self) -> bool:
        return self.halves[0] == self.halves[1]

    @property
    def is_contradicted(self) -> bool:
        """On leave, and yet recorded as there."""
        return self.leave is not None and self.noted is not None and any(self.noted.halves)


@dataclass
class Record:
    """Loaded for the stays; nothing more is asked of the database."""

    stays: dict[int, Stay]
    lines: dict[int, Line] = field(default_factory=dict)
    notes: dict[int, dict[date, Noted]] = field(default_factory=dict)
    leaves: dict[int, dict[date, str]] = field(default_factory=dict)
    out: dict[int, list[Span]] = field(default_factory=dict)
    begun: dict[int, date] = field(default_factory=dict)

    def spans(self, stay: Stay) -> list[Span]:
        """The days of a stay on which the resident is in training."""
        out = self.out.get(stay.resident_id, ())
        ends_on = min(stay.ends_on, stay.left_on) if stay.left_on else stay.ends_on
        return without((stay.starts_on, ends_on), out) if stay.starts_on < ends_on else []

    def cell(self, stay: Stay, day: date) -> Cell:
        facts, arrived = self.lines[stay.department_id].on(day), day >= self._begun(stay)
        if not arrived:
            facts = replace(facts, confirmed=False)
        noted = self.notes.get(stay.resident_id, {}).get(day)
        leave = self.leaves.get(stay.resident_id, {}).get(day)
        halves = facts.states(noted.halves if noted else (None, None), leave)
        return Cell(day, facts, halves, noted, leave, arrived)

    def _begun(self, stay: Stay) -> date:
        return self.begun.get(stay.id, stay.starts_on)

    def cells(self, stay: Stay) -> dict[date, Cell]:
        """Most days of a department are alike: what their halves were is found once."""
        line, begun = self.lines[stay.department_id], self._begun(stay)
        notes, away = self.notes.get(stay.resident_id, {}), self.leaves.get(stay.resident_id, {})
        found = {}
        for span in self.spans(stay):
            for day in each_day(*span):
                noted = notes.get(day)
                if day in away or day < begun:
                    found[day] = self.cell(stay, day)
                    continue
                said = (noted[2], noted[3]) if noted is not None else (None, None)
                found[day] = Cell(day, *line.halves(day, said), noted, None)
        return found

    def days_of(self, stay: Stay, cells: Mapping[date, Cell]) -> Days:
        """As `days`, of the cells of the stay that are there already."""
        differing = {
            day: halves
            for day, _facts, halves, noted, leave, arrived in cells.values()
            if noted is not None or leave is not None or not arrived
        }
        return self.lines[stay.department_id].days(self.spans(stay), differing)

    def days(self, stay: Stay) -> Days:
        """As the cells are; what was recorded whole and is no leave needs no rule."""
        noted, away = self.notes.get(stay.resident_id, {}), self.leaves.get(stay.resident_id, {})
        begun, differing = self._begun(stay), {}
        for day in each_day(stay.starts_on, stay.ends_on):
            mark = noted.get(day)
            if mark is not None and mark.morning and mark.afternoon and day not in away:
                differing[day] = (mark.morning, mark.afternoon)
            elif mark is not None or day in away or day < begun:
                differing[day] = self.cell(stay, day).halves
        return self.lines[stay.department_id].days(self.spans(stay), differing)


def stays_of(
    placement_ids: Collection[int], starts_on: date | None = None, ends_on: date | None = None
) -> list[Stay]:
    """One statement; a placement with no day of [starts_on, ends_on) is left out."""
    found = []
    rows = columns(*_placed(placement_ids))
    for one, resident, department, site, first, end, finished_on, withdrawn_on in rows:
        first, end = max(first, starts_on or first), min(end, ends_on or end)
        after = finished_on + timedelta(days=1) if finished_on else None
        left_on = min((day for day in (after, withdrawn_on) if day), default=None)
        if first < end:
            found.append(Stay(one, resident, department, site, first, end, left_on))
    return found


@prepared
def _placed(placement_ids: list):
    return (
        select(
            Placement.id,
            Placement.resident_id,
            Placement.department_id,
            Department.institution_id,
            Placement.starts_on,
            Placement.ends_on,
            Resident.finished_on,
            Resident.withdrawn_on,
        )
        .join(Department, Department.id == Placement.department_id)
        .join(Resident, Resident.id == Placement.resident_id)
        .where(Placement.id.in_(placement_ids))
    )


def record_of(stays: Sequence[Stay], *, only_halves: bool = False) -> Record:
    """Nine statements, however many stays.  With `only_halves`, for counting, of marks nothing is
    loaded but what they say of each half day."""
    record = Record({one.id: one for one in stays})
    if not stays:
        return record
    starts_on, ends_on = min(s.starts_on for s in stays), max(s.ends_on for s in stays)
    residents = sorted({one.resident_id for one in stays})
    _draw_lines(record, stays, starts_on, ends_on)
    record.out = suspended_spans(residents)
    record.begun = _begun(stays)
    take = _take_halves if only_halves else _take_notes
    take(record, residents, starts_on, ends_on)
    _take_leaves(record, residents, starts_on, ends_on)
    return record


def _begun(stays: Sequence[Stay]) -> dict[int, date]:
    """Where it is recorded: from which day somebody is in the department; after the stay while
    they have not come."""
    ends = {one.id: one.ends_on for one in stays}
    return {
        one: min(arrived_on or ends[one], ends[one])
        for one, arrived_on, missed_at in columns(*_arrivals(ends))
        if arrived_on is not None or missed_at is not None
    }


@prepared
def _arrivals(placement_ids: list):
    return select(Arrival.placement_id, Arrival.arrived_on, Arrival.missed_at).where(
        Arrival.placement_id.in_(placement_ids)
    )


def _draw_lines(record: Record, stays: Sequence[Stay], starts_on: date, ends_on: date) -> None:
    places = sorted({(one.department_id, one.institution_id) for one in stays})
    ids = [department_id for department_id, _institution_id in places]
    chosen, known = choices(), calendars(places, starts_on, ends_on)
    confirmed = _days_by_department(_confirmed(ids, starts_on, ends_on))
    closed = _days_by_department(_closed(ids, first_of_month(starts_on), ends_on))
    for department_id in ids:
        own = [one for one in stays if one.department_id == department_id]
        record.lines[department_id] = Line(
            min(one.starts_on for one in own),
            max(one.ends_on for one in own),
            calendar=known[department_id],
            choices=chosen,
            confirmed=confirmed.get(department_id, frozenset()),
            closed=closed.get(department_id, frozenset()),
        )


@prepared
def _confirmed(department_ids: list, starts_on: date, ends_on: date):
    return select(ConfirmedDay.department_id, ConfirmedDay.day_on).where(
        ConfirmedDay.department_id.in_(department_ids),
        ConfirmedDay.day_on >= starts_on,
        ConfirmedDay.day_on < ends_on,
    )


@prepared
def _closed(department_ids: list, first_month_on: date, ends_on: date):
    return select(Month.department_id, Month.month_on).where(
        Month.department_id.in_(department_ids),
        Month.closed_at.is_not(None),
        Month.month_on >= first_month_on,
        Month.month_on < ends_on,
    )


def _days_by_department(asked: tuple) -> dict[int, set[date]]:
    found: dict[int, set[date]] = {}
    for department_id, day in columns(*asked):
        found.setdefault(department_id, set()).add(day)
    return found


def _take_notes(record: Record, residents: list[int], starts_on: date, ends_on: date) -> None:
    for resident_id, day, *rest in columns(*_marks(residents, starts_on, ends_on)):
        record.notes.setdefault(resident_id, {})[day] = Noted(*rest)


def _take_halves(record: Record, residents: list[int], starts_on: date, ends_on: date) -> None:
    """Of each mark only what was there: the same object for all that are alike, as there are
    hundreds of thousands."""
    alike: dict[tuple[str | None, str | None], Noted] = {}
    notes = record.notes
    rows = columns(*_half_days(residents, starts_on, ends_on))
    for resident_id, day, morning, afternoon in rows:
        found = alike.get((morning, afternoon))
        if found is None:
            found = alike[morning, afternoon] = Noted(0, 0, morning, afternoon, None, "")
        notes.setdefault(resident_id, {})[day] = found


@prepared
def _half_days(resident_ids: list, starts_on: date, ends_on: date):
    return select(Mark.resident_id, Mark.day_on, Mark.morning, Mark.afternoon).where(
        Mark.resident_id.in_(resident_ids), Mark.day_on >= starts_on, Mark.day_on < ends_on
    )


@prepared
def _marks(resident_ids: list, starts_on: date, ends_on: date):
    return select(
        Mark.resident_id,
        Mark.day_on,
        Mark.id,
        Mark.version,
        Mark.morning,
        Mark.afternoon,
        Mark.reason,
        Mark.how,
    ).where(Mark.resident_id.in_(resident_ids), Mark.day_on >= starts_on, Mark.day_on < ends_on)


def _take_leaves(record: Record, residents: list[int], starts_on: date, ends_on: date) -> None:
    rows: Iterable[Leave] = db.session.scalars(*_leaves(residents, starts_on, ends_on))
    for one in rows:
        days = record.leaves.setdefault(one.resident_id, {})
        first, end = max(one.starts_on, starts_on), min(one.until_on, ends_on)
        days.update((day, one.kind) for day in each_day(first, end))


@prepared
def _leaves(resident_ids: list, starts_on: date, ends_on: date):
    return select(Leave).where(
        Leave.resident_id.in_(resident_ids),
        Leave.granted.is_(True),
        Leave.starts_on < ends_on,
        Leave.ends_on > starts_on,
    )
