"""The roster of a day and the grid of a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select

from trainingbase.attendance.models import ConfirmedDay, Mark, Month
from trainingbase.attendance.queries.record import Cell, record_of, stays_of
from trainingbase.attendance.queries.scope import may_take, placements_seen
from trainingbase.attendance.rules.counting import Days
from trainingbase.attendance.rules.states import FREE, counts_as
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department


@dataclass(frozen=True)
class Which:
    """A filter of the lists; `figure`: present, leave, absent, unknown or all."""

    department_id: int = 0
    search: str = ""
    figure: str = ""
    sort: str = ""


@dataclass(frozen=True)
class OnDay:
    """A resident on a day; `cell` is None while their training rests or is over."""

    placement: Placement
    cell: Cell | None
    is_closed: bool
    may_mark: bool

    @property
    def figures(self) -> set[str]:
        """Nobody is counted as present on a rest day."""
        halves = self.cell.halves if self.cell else ()
        return {counts_as(half) for half in halves if half != FREE}


@dataclass(frozen=True)
class InMonth:
    placement: Placement
    cells: dict[date, Cell]
    days: Days


def placements(viewer: Person, starts_on: date, ends_on: date, which: Which) -> list[Placement]:
    """One statement; sorted by department and name, or as asked."""
    rows = _filtered(placements_seen(viewer, starts_on, ends_on), which)
    found = list(db.session.scalars(rows).unique())
    orders = {
        "resident": lambda one: one.resident.name,
        "department": lambda one: (one.department.name, one.resident.name),
        "starts": lambda one: (one.starts_on, one.resident.name),
    }
    name = which.sort.removeprefix("-")
    key = orders.get(
        name,
        lambda one: (
            one.department.institution_id,
            one.department.name,
            one.department_id,
            one.resident.name,
        ),
    )
    return sorted(found, key=key, reverse=which.sort.startswith("-") and name in orders)


def _filtered(rows: Select, which: Which) -> Select:
    if which.department_id:
        rows = rows.where(Placement.department_id == which.department_id)
    if which.search:
        named = select(Resident.id).join(Person, Person.id == Resident.person_id)
        rows = rows.where(Placement.resident_id.in_(named.where(called(which.search))))
    return rows.order_by(Placement.id)


def of_day(viewer: Person, day: date, which: Which) -> list[OnDay]:
    """Everybody placed that day whom the viewer sees."""
    found = placements(viewer, day, day + timedelta(days=1), which)
    stays = stays_of([one.id for one in found], day, day + timedelta(days=1))
    record = record_of(stays)
    closed = closed_departments(first_of_month(day))
    made = []
    for one in found:
        stay = record.stays.get(one.id)
        cell = record.cells(stay).get(day) if stay else None
        is_closed = one.department_id in closed
        may = may_take(viewer, one.department) and (not is_closed or viewer.holds(Role.OFFICE))
        made.append(OnDay(one, cell, is_closed, may))
    wanted = which.figure
    return [one for one in made if wanted in ("", *one.figures)]


def in_month(viewer: Person, month_on: date, which: Which) -> list[Placement]:
    return placements(viewer, month_on, months_later(month_on, 1), which)


def with_cells(found: Sequence[Placement], month_on: date) -> list[InMonth]:
    """The cells and figures of these placements in a month; eight statements."""
    ends_on = months_later(month_on, 1)
    stays = stays_of([one.id for one in found], month_on, ends_on)
    record = record_of(stays)
    made = []
    for one in found:
        stay = record.stays.get(one.id)
        cells = record.cells(stay) if stay else {}
        made.append(InMonth(one, cells, record.days(stay) if stay else Days()))
    return made


def cells_of(found: Sequence[Placement], starts_on: date, ends_on: date) -> dict[date, Cell]:
    """One resident's days, whatever the placement."""
    record = record_of(stays_of([one.id for one in found], starts_on, ends_on))
    return {day: cell for stay in record.stays.values() for day, cell in record.cells(stay).items()}


def cell_of(placement: Placement, day: date) -> Cell | None:
    return cells_of([placement], day, day + timedelta(days=1)).get(day)


def closed_departments(month_on: date) -> set[int]:
    rows = select(Month.department_id).where(
        Month.month_on == month_on, Month.closed_at.is_not(None)
    )
    return set(db.session.scalars(rows))


def confirmed(department: Department, day: date) -> ConfirmedDay | None:
    return db.session.scalars(
        select(ConfirmedDay).where(
            ConfirmedDay.department_id == department.id, ConfirmedDay.day_on == day
        )
    ).one_or_none()


def mark_of(resident_id: int, day: date) -> Mark | None:
    """As it stands now, and held until the commit where the database can."""
    return db.session.scalars(
        select(Mark)
        .where(Mark.resident_id == resident_id, Mark.day_on == day)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def marks_of(pairs: Sequence[tuple[int, date]]) -> dict[tuple[int, date], Mark]:
    """The marks of these residents and days, held until the commit."""
    if not pairs:
        return {}
    residents, days = {one for one, _day in pairs}, {day for _one, day in pairs}
    rows = db.session.scalars(
        select(Mark)
        .where(Mark.resident_id.in_(residents), Mark.day_on >= min(days), Mark.day_on <= max(days))
        .order_by(Mark.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {(one.resident_id, one.day_on): one for one in rows}
