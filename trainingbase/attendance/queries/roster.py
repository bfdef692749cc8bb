"""The roster of a day and the grid of a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Literal, NamedTuple, TypeVar

from sqlalchemy import select

from trainingbase.attendance.models import ConfirmedDay, Mark, Month
from trainingbase.attendance.queries.placed import Place, Placed, placed
from trainingbase.attendance.queries.record import record_of, stays_of
from trainingbase.attendance.queries.scope import PlaceSeen, Scope, may_take, scope_of, within
from trainingbase.attendance.rules.counting import Days
from trainingbase.attendance.rules.record import Cell, Record
from trainingbase.attendance.rules.states import FREE, counts_as
from trainingbase.db import columns, db
from trainingbase.enrolment.models import Resident
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.prepared import prepared
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.sites.models import Department
from trainingbase.sites.queries.calendars import calendars
from trainingbase.sites.rules.calendar import Calendar

BY_PLACE = (
    Department.institution_id, Department.name, Department.id, Person.name, Placement.id,
)  # fmt: skip
ORDERS = {
    "resident": (Person.name, Placement.id),
    "department": (Department.name, Department.id, Person.name, Placement.id),
    "starts": (Placement.starts_on, Person.name, Placement.id),
}


@dataclass(frozen=True)
class Which:
    """A filter of the lists."""

    department_id: int = 0
    search: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Seen:
    """A placement on a day, without its names; `cell` is None while the training rests or is
    over."""

    placement_id: int
    cell: Cell | None

    @property
    def figures(self) -> set[str]:
        """Nobody is counted as present on a rest day."""
        halves = self.cell.halves if self.cell else ()
        return {counts_as(half) for half in halves if half != FREE}


@dataclass(frozen=True)
class OnDay:
    """A resident on a day, as the roster shows them."""

    placement: Placed
    cell: Cell | None
    figures: set[str]
    is_closed: bool
    may_mark: bool


class Brief(NamedTuple):
    """A placement, as far as the grid of a month shows it."""

    id: int
    resident: str
    department: Place


P = TypeVar("P", Placement, Brief)


@dataclass(frozen=True)
class InMonth(Generic[P]):
    placement: P
    cells: dict[date, Cell]
    days: Days


def ids(viewer: Person, starts_on: date, ends_on: date, which: Which) -> list[int]:
    """Placements with a day of [starts_on, ends_on), in order; their names are read only for the
    part of them that a page shows."""
    sort = which.sort if which.sort.removeprefix("-") in ORDERS else ""
    scope = scope_of(viewer)
    rows, values = _ids(*scope, starts_on, ends_on, which.department_id, sort)
    if which.search:
        rows = rows.where(called(which.search))
    return [one for (one,) in columns(rows, values)]


@prepared
def _ids(
    every: Literal[True, False],
    department_ids: tuple | None,
    institution_ids: tuple | None,
    teacher_id: int | None,
    starts_on: date,
    ends_on: date,
    department_id: int | None,
    sort: Literal["", "resident", "department", "starts", "-resident", "-department", "-starts"],
):
    rows = (
        select(Placement.id)
        .join(Department, Department.id == Placement.department_id)
        .join(Resident, Resident.id == Placement.resident_id)
        .join(Person, Person.id == Resident.person_id)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on < ends_on,
            Placement.ends_on > starts_on,
            within(Scope(every, department_ids, institution_ids, teacher_id)),
        )
    )
    if department_id is not None:
        rows = rows.where(Placement.department_id == department_id)
    order = ORDERS.get(sort.removeprefix("-"), BY_PLACE)
    return rows.order_by(*(one.desc() if sort.startswith("-") else one.asc() for one in order))


def with_names(placement_ids: Sequence[int]) -> list[Placement]:
    """In the order of the ids; one statement."""
    found = db.session.scalars(*_with_names(placement_ids))
    known = {one.id: one for one in found.unique()}
    return [known[one] for one in placement_ids]


@prepared
def _with_names(placement_ids: list):
    return select(Placement).where(Placement.id.in_(placement_ids)).options(*WITH_NAMES)


def in_brief(placement_ids: Sequence[int]) -> list[Brief]:
    """As `with_names`, without the records."""
    rows = columns(*_in_brief(placement_ids))
    known = {one: Brief(one, name, Place(*place)) for one, name, *place in rows}
    return [known[one] for one in placement_ids]


@prepared
def _in_brief(placement_ids: list):
    return (
        select(
            Placement.id,
            Person.name,
            Department.id,
            Department.institution_id,
            Department.name,
            Department.name_en,
        )
        .join(Department, Department.id == Placement.department_id)
        .join(Resident, Resident.id == Placement.resident_id)
        .join(Person, Person.id == Resident.person_id)
        .where(Placement.id.in_(placement_ids))
    )


def of_day(viewer: Person, day: date, which: Which) -> list[Seen]:
    """Everybody placed that day whom the viewer sees, whatever the state."""
    found = ids(viewer, day, day + timedelta(days=1), which)
    record = record_of(stays_of(found, day, day + timedelta(days=1)))
    made = []
    for one in found:
        stay = record.stays.get(one)
        made.append(Seen(one, record.cells(stay).get(day) if stay else None))
    return made


def named(viewer: Person, part: Sequence[Seen], day: date) -> list[OnDay]:
    """The same with names, and what the viewer may do about them."""
    closed = closed_departments(first_of_month(day))
    made = []
    names = placed([seen.placement_id for seen in part])
    for one, placement in zip(part, names, strict=True):
        is_closed = placement.department.id in closed
        may = may_take(viewer, placement.department)
        may = may and (not is_closed or viewer.holds(Role.OFFICE))
        made.append(OnDay(placement, one.cell, one.figures, is_closed, may))
    return made


def in_month(viewer: Person, month_on: date, which: Which) -> list[int]:
    return ids(viewer, month_on, months_later(month_on, 1), which)


def with_cells(found: Sequence[P], month_on: date) -> list[InMonth[P]]:
    """The cells and figures of these placements in a month; eight statements."""
    stays = stays_of([one.id for one in found], month_on, months_later(month_on, 1))
    return _in_record(found, record_of(stays))


def with_calendar(
    found: Sequence[P], month_on: date, place: Place | PlaceSeen
) -> tuple[list[InMonth[P]], Calendar]:
    """The same, and the calendar of a department."""
    span = month_on, months_later(month_on, 1)
    stays, also = stays_of([one.id for one in found], *span), (place.id, place.institution_id)
    record = record_of(stays, also=[also])
    known = record.calendars or calendars([also], *span)
    return _in_record(found, record), known[place.id]


def _in_record(found: Sequence[P], record: Record) -> list[InMonth[P]]:
    made = []
    for one in found:
        stay = record.stays.get(one.id)
        cells = record.cells(stay) if stay else {}
        made.append(InMonth(one, cells, record.days_of(stay, cells) if stay else Days()))
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


def confirmed(department: PlaceSeen, day: date) -> ConfirmedDay | None:
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
