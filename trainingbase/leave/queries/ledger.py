"""Days of leave per kind, resident and year; who is away in a month; changes of end dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.leave.models import EndDateChange, span_of
from trainingbase.leave.queries.leaves import SEE_ALL, with_names
from trainingbase.leave.queries.rules import kind_rules
from trainingbase.leave.rules.counting import days_in_year
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.sites.queries.calendars import base_calendar as calendar


@dataclass(frozen=True)
class Account:
    """One resident's granted days of a year, by kind, and of all kinds."""

    resident: Resident
    days: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.days.values())


def with_leave_in(year: int, *, search: str = "", cohort_id: int = 0) -> Select[tuple[Resident]]:
    """Residents who have granted leave on a day of the year, by name."""
    rows = (
        select(Resident)
        .join(Resident.person)
        .options(
            contains_eager(Resident.person),
            joinedload(Resident.cohort),
        )
        .where(
            exists().where(
                Leave.resident_id == Resident.id,
                Leave.granted.is_(True),
                Leave.starts_on < date(year + 1, 1, 1),
                Leave.ends_on > date(year, 1, 1),
            )
        )
    )
    if search:
        rows = rows.where(called(search))
    if cohort_id:
        rows = rows.where(Resident.cohort_id == cohort_id)
    return rows.order_by(Person.name, Resident.id)


def accounts(residents: Iterable[Resident], year: int) -> list[Account]:
    """Counted by the rule of each kind, in a fixed number of statements."""
    residents = list(residents)
    spans: dict[int, list] = {one.id: [] for one in residents}
    for leave in db.session.scalars(
        select(Leave).where(Leave.resident_id.in_(list(spans)), Leave.granted.is_(True))
    ):
        spans[leave.resident_id].append(span_of(leave))
    rules, days = kind_rules(), calendar()
    return [
        Account(
            one,
            {
                kind: count
                for kind, rule in rules.items()
                if (
                    count := days_in_year(
                        spans[one.id], kind, year, days, working=rule.working_days
                    )
                )
            },
        )
        for one in residents
    ]


@dataclass(frozen=True)
class Absence:
    """Leave on days of a placement."""

    leave: Leave
    placement: Placement


def departments_of(viewer: Person) -> Sequence[Department]:
    """The departments whose absences this person may read."""
    rows = select(Department).options(joinedload(Department.institution)).order_by(Department.id)
    if not viewer.holds(*SEE_ALL):
        rows = rows.where(
            or_(
                Department.id.in_(viewer.department_ids),
                Department.institution_id.in_(viewer.institution_ids),
            )
        )
    return db.session.scalars(rows).all()


def absences(department_ids: Sequence[int], month: date) -> list[Absence]:
    """Who is away in the month, granted or asked for, from these departments; in order of
    department and day."""
    end = months_later(month, 1)
    rows = db.session.execute(
        with_names(select(Leave, Placement).select_from(Leave))
        .join(Placement, Placement.resident_id == Leave.resident_id)
        .where(
            Leave.granted.is_not(False),
            Leave.starts_on < end,
            Leave.ends_on > month,
            Placement.cancelled_at.is_(None),
            Placement.department_id.in_(list(department_ids)),
            Placement.starts_on < end,
            Placement.ends_on > month,
            Placement.starts_on < Leave.ends_on,
            Placement.ends_on > Leave.starts_on,
        )
        .options(joinedload(Placement.department).joinedload(Department.institution))
        .order_by(Placement.department_id, Leave.starts_on, Leave.id)
    )
    return [
        Absence(leave, placement)
        for leave, placement in rows
        if leave.until_on > max(month, placement.starts_on) and leave.starts_on < leave.until_on
    ]


def end_date_changes(*, state: str = "open") -> Select[tuple[EndDateChange]]:
    rows = select(EndDateChange).options(
        joinedload(EndDateChange.resident).joinedload(Resident.person),
        joinedload(EndDateChange.resident).joinedload(Resident.cohort),
        joinedload(EndDateChange.leave),
        joinedload(EndDateChange.decided_by),
    )
    if state == "open":
        rows = rows.where(EndDateChange.decided_at.is_(None))
    elif state == "done":
        rows = rows.where(EndDateChange.done.is_(True))
    elif state == "dismissed":
        rows = rows.where(EndDateChange.done.is_(False))
    return rows.order_by(EndDateChange.id.desc())


def end_date_change(change_id: int) -> EndDateChange:
    rows = end_date_changes(state="all").where(EndDateChange.id == change_id)
    return db.session.scalars(rows).one()


def changes_for(leave: Leave) -> Sequence[EndDateChange]:
    rows = end_date_changes(state="all").where(EndDateChange.leave_id == leave.id)
    return db.session.scalars(rows).all()
