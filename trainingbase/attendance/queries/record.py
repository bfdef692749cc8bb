"""All that stands behind the days of some placements, in a fixed number of statements."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from trainingbase.attendance.models import ConfirmedDay, Mark, Month
from trainingbase.attendance.queries.choices import choices
from trainingbase.attendance.rules.lines import Line
from trainingbase.attendance.rules.record import Noted, Record, Stay
from trainingbase.db import columns
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.enrolment.suspension import suspended_spans
from trainingbase.entering.models import Arrival
from trainingbase.months import first_of_month
from trainingbase.prepared import prepared
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.sites.queries.calendars import calendars
from trainingbase.sites.rules.calendar import each_day


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
    """As they were really taken."""
    rows = columns(*_leaves(residents, starts_on, ends_on))
    for resident_id, kind, first_on, end_on, returned_on in rows:
        days = record.leaves.setdefault(resident_id, {})
        first, end = max(first_on, starts_on), min(end_on, returned_on or end_on, ends_on)
        days.update((day, kind) for day in each_day(first, end))


@prepared
def _leaves(resident_ids: list, starts_on: date, ends_on: date):
    return select(
        Leave.resident_id, Leave.kind, Leave.starts_on, Leave.ends_on, Leave.returned_on
    ).where(
        Leave.resident_id.in_(resident_ids),
        Leave.granted.is_(True),
        Leave.starts_on < ends_on,
        Leave.ends_on > starts_on,
    )
