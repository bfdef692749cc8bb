"""Which departments have closed which months, and what stands against closing one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.attendance.models import Appeal, Month
from trainingbase.attendance.queries.choices import year_is_known
from trainingbase.attendance.queries.days import days_of
from trainingbase.attendance.queries.roster import InMonth, with_cells
from trainingbase.attendance.queries.scope import departments_seen
from trainingbase.attendance.rules.counting import Days, is_counted
from trainingbase.attendance.rules.states import UNKNOWN
from trainingbase.db import db
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole

FIGURES = ("expected", "present", "leave", "absent", "unknown")


@dataclass
class Open:
    """What is not settled in a department's month.

    `presumed` are days nobody has confirmed: closing confirms them.  The rest stays as it is,
    and has to be said: half days without a sign-in, or before somebody
    arrived (`unknown`, with their days), appeals, leave
    that a mark contradicts, a year whose holidays nobody knows.
    """

    presumed: list[date] = field(default_factory=list)
    unknown: list[tuple[Placement, list[date]]] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)
    contradicted: list[tuple[Placement, list[date]]] = field(default_factory=list)
    unknown_year: int | None = None

    @property
    def must_be_said(self) -> bool:
        return bool(self.unknown or self.appeals or self.contradicted or self.unknown_year)


@dataclass(frozen=True)
class Square:
    """A department's month in the office's table.  `state`: closed, reopened, due (over, within
    the deadline), late, running, or none where nobody was placed."""

    state: str
    month: Month | None


def month_row(department_id: int, month_on: date) -> Month | None:
    return db.session.scalars(
        select(Month)
        .where(Month.department_id == department_id, Month.month_on == month_on)
        .options(joinedload(Month.closed_by), joinedload(Month.reopened_by))
        .execution_options(populate_existing=True)
    ).one_or_none()


def placements_in(department_id: int, month_on: date) -> Sequence[Placement]:
    found = db.session.scalars(
        select(Placement)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.department_id == department_id,
            Placement.starts_on < months_later(month_on, 1),
            Placement.ends_on > month_on,
        )
        .options(*WITH_NAMES)
    )
    return sorted(found.unique(), key=lambda one: (one.resident.name, one.starts_on))


def open_in(department_id: int, month_on: date) -> tuple[list[InMonth], Open]:
    rows, found = with_cells(placements_in(department_id, month_on), month_on), Open()
    presumed: set[date] = set()
    for row in rows:
        unknown, contradicted = [], []
        for day, cell in row.cells.items():
            choice = cell.facts.choice
            if UNKNOWN in cell.halves and is_counted(
                choice.counting, cell.facts.is_working, UNKNOWN
            ):
                is_presumed = choice.mode == "default" and cell.arrived
                (presumed.add if is_presumed else unknown.append)(day)
            if cell.is_contradicted:
                contradicted.append(day)
        if unknown:
            found.unknown.append((row.placement, unknown))
        if contradicted:
            found.contradicted.append((row.placement, contradicted))
    found.presumed = sorted(presumed)
    found.appeals = list(_open_appeals(department_id, month_on))
    if not year_is_known(month_on.year):
        found.unknown_year = month_on.year
    return rows, found


def _open_appeals(department_id: int, month_on: date) -> Sequence[Appeal]:
    return db.session.scalars(
        select(Appeal)
        .join(Placement, Placement.id == Appeal.placement_id)
        .where(
            Placement.department_id == department_id,
            Appeal.approved.is_(None),
            Appeal.day_on >= month_on,
            Appeal.day_on < months_later(month_on, 1),
        )
        .order_by(Appeal.day_on, Appeal.id)
    ).all()


def snapshot(days: dict[int, Days]) -> dict[str, dict[str, str]]:
    """Figures by placement, as text that JSON keeps exactly."""
    return {
        str(one): {name: str(getattr(figures, name)) for name in FIGURES}
        for one, figures in sorted(days.items())
    }


def changed_since(month: Month) -> list[int]:
    """Placements whose figures are no longer those that were confirmed: leave granted late, a
    correction by the office, a day of the calendar."""
    if not month.is_closed or month.totals is None:
        return []
    ids = [one.id for one in placements_in(month.department_id, month.month_on)]
    now = snapshot(days_of(ids, month.month_on, months_later(month.month_on, 1)))
    return [
        int(one) for one in sorted({*now, *month.totals}) if now.get(one) != month.totals.get(one)
    ]


def deadline(month_on: date) -> date:
    """The last day on which the base wants the month closed."""
    return months_later(month_on, 1) + timedelta(days=whole("attendance_closing_days") - 1)


def matrix(
    viewer: Person, first_month: date, months: int, *, today: date
) -> tuple[list[date], list[tuple[Department, list[Square]]]]:
    """Months, and each department with its squares; departments without residents are left out."""
    columns = [months_later(first_month, number) for number in range(months)]
    starts_on, ends_on = columns[0], months_later(columns[-1], 1)
    days = whole("attendance_closing_days")
    placed = _months_with_residents(starts_on, ends_on)
    known = _known(starts_on, ends_on)
    rows = []
    for department in departments_seen(viewer):
        squares = [
            _square(month, department.id in placed[month], known.get((department.id, month)),
                    days, today)
            for month in columns
        ]  # fmt: skip
        if any(one.state != "none" for one in squares):
            rows.append((department, squares))
    return columns, rows


def _square(month_on: date, has_residents: bool, row: Month | None, days: int, today: date):
    over_on = months_later(month_on, 1)
    if row is not None and row.is_closed:
        return Square("closed", row)
    if not has_residents:
        return Square("none", row)
    if today < over_on:
        return Square("running" if today >= month_on else "none", row)
    if row is not None and row.reopened_at is not None:
        return Square("reopened", row)
    return Square("due" if today < over_on + timedelta(days=days) else "late", row)


def _months_with_residents(starts_on: date, ends_on: date) -> dict[date, set[int]]:
    found: dict[date, set[int]] = {}
    month_on = first_of_month(starts_on)
    while month_on < ends_on:
        found[month_on], month_on = set(), months_later(month_on, 1)
    rows = db.session.execute(
        select(Placement.department_id, Placement.starts_on, Placement.ends_on)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on < ends_on,
            Placement.ends_on > starts_on,
        )
        .distinct()
    )
    for department_id, first, end in rows:
        for month, departments in found.items():
            if first < months_later(month, 1) and end > month:
                departments.add(department_id)
    return found


def _known(starts_on: date, ends_on: date) -> dict[tuple[int, date], Month]:
    rows = db.session.scalars(
        select(Month)
        .where(Month.month_on >= starts_on, Month.month_on < ends_on)
        .options(joinedload(Month.closed_by))
    )
    return {(one.department_id, one.month_on): one for one in rows}


def unclosed(month_on: date, departments: Iterable[Department]) -> list[Department]:
    """Of these, those with residents in the month who have not closed it."""
    placed = _months_with_residents(month_on, months_later(month_on, 1))[month_on]
    known = _known(month_on, months_later(month_on, 1))
    return [
        one
        for one in departments
        if one.id in placed
        and not ((row := known.get((one.id, month_on))) is not None and row.is_closed)
    ]


def closed_from(month_on: date) -> bool:
    """Whether any department has closed this month or a later one."""
    rows = select(Month.id).where(Month.month_on >= month_on, Month.closed_at.is_not(None))
    return db.session.scalar(rows.limit(1)) is not None


def every_department() -> Sequence[Department]:
    return db.session.scalars(
        select(Department).options(joinedload(Department.institution)).order_by(Department.id)
    ).all()
