"""Attendance: the months before closed but for one, this one open with nights, absence, appeals."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from trainingbase.attendance import actions
from trainingbase.attendance.actions import Wanted
from trainingbase.attendance.models import ConfirmedDay
from trainingbase.attendance.queries.months import every_department, unclosed
from trainingbase.attendance.queries.record import record_of, stays_of
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.leave.queries.standing import secretaries_of
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES, timetable_of, touching
from trainingbase.sites.models import Department

STATES = ("night", "rest", "lesson", "absence", "present", "excused")
CASES = 24
SAID = "个别学员入科报到较晚，报到前的日期无从核实"


def play(resident: Resident, *, first: date, today: date, say: Callable[[str], None]) -> None:
    office = holders_of(Role.OFFICE)[0]
    month_on, closed = first_of_month(first), 0
    while month_on < first_of_month(today):
        closed += _close(month_on, office, today)
        month_on = months_later(month_on, 1)
    marked = _note(office, today)
    appealed = _appeal(resident, office, today)
    say(f"  Attendance: {closed} months closed, {marked} days noted, appeal: {bool(appealed)}")


def _by(department: Department, office: Person, today: date) -> Person:
    people = secretaries_of(department, today=today)
    return people[0] if people else office


def _close(month_on: date, office: Person, today: date) -> int:
    """All departments with residents; of the last month every sixth is late."""
    over_on, closed = months_later(month_on, 1), 0
    is_last = months_later(over_on, 1) > today
    at = datetime(over_on.year, over_on.month, 3, 16, tzinfo=LOCAL)
    for number, department in enumerate(unclosed(month_on, every_department())):
        if is_last and number % 6 == 5:
            continue
        by = _by(department, office, today)
        is_new = _closed(department, month_on, None, by, at)
        if is_new is None:
            is_new = _closed(department, month_on, SAID, by, at)
        closed += bool(is_new)
    return closed


def _closed(department: Department, month_on: date, said: str | None, by: Person, at: datetime):
    """None where something is to be said first."""
    try:
        return actions.close_month(department, month_on, confirms=True, said=said, by=by, at=at)[1]
    except actions.Unsettled:
        return None


def _note(office: Person, today: date) -> int:
    """Some days of this month, and the days before the last three confirmed."""
    month_on = first_of_month(today)
    here: Sequence[Placement] = db.session.scalars(
        touching(month_on, today).options(*WITH_NAMES).order_by(Placement.department_id)
    ).all()
    record = record_of(stays_of([one.id for one in here], month_on, today))
    wanted: list[Wanted] = []
    for number, one in enumerate(here[:: max(1, len(here) // CASES)]):
        cells = record.cells(record.stays[one.id])
        days = [day for day, cell in cells.items() if cell.facts.is_working and not cell.leave]
        if not days:
            continue
        state, day = STATES[number % len(STATES)], days[(number * 5) % len(days)]
        half = "present" if number % 4 == 3 else state
        reason = "参加社区应急任务" if "excused" in (state, half) else None
        wanted.append(Wanted(one, day, half, state, reason, 0))
    at = datetime(today.year, today.month, today.day, 8, tzinfo=LOCAL)
    for _id, part in groupby(wanted, key=lambda one: one.placement.department_id):
        some = list(part)
        by = _by(some[0].placement.department, office, today)
        actions.mark_many(some, by=by, at=at)
    _confirm(here, record, office, today, at)
    return len(wanted)


def _confirm(here, record, office: Person, today: date, at: datetime) -> None:
    """Two departments of three have confirmed all but the last days."""
    departments = {one.department_id: one.department for one in here}
    for number, department in enumerate(departments.values()):
        if number % 3 == 2:
            continue
        line, by = record.lines[department.id], _by(department, office, today)
        for back in range(3, 31):
            day = today - timedelta(days=back)
            is_inside = max(line.starts_on, first_of_month(today)) <= day < line.ends_on
            if is_inside and line.on(day).is_working:
                row = ConfirmedDay(department_id=department.id, day_on=day, confirmed_at=at)
                row.confirmed_by_id = by.id
                db.session.add(row)
    db.session.commit()


def _appeal(resident: Resident, office: Person, today: date):
    """The resident shown is noted absent by mistake, and says so."""
    for back in range(3, 20):
        day = today - timedelta(days=back)
        there = [one for one in timetable_of(resident.id) if one.covers(day)]
        if not there or day.month != today.month:
            continue
        record = record_of(stays_of([there[0].id], day, day + timedelta(days=1)))
        cell = record.cell(record.stays[there[0].id], day)
        if not cell.facts.is_working or cell.leave or cell.noted:
            continue
        at = datetime(today.year, today.month, today.day, 8, 20, tzinfo=LOCAL)
        by = _by(there[0].department, office, today)
        actions.mark(Wanted(there[0], day, "present", "absence", None, 0), by=by, at=at)
        return actions.appeal(
            resident,
            day,
            morning=None,
            afternoon="present",
            reason="下午在手术室跟台，未到病房点名",
            by=resident.person,
            at=at + timedelta(minutes=30),
            request_key="demo",
        )
    return None
