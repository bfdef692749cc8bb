"""What the base has chosen, and its calendar."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from trainingbase import holidays
from trainingbase.attendance.models import ChoiceRow
from trainingbase.attendance.rules.counting import Choice
from trainingbase.db import columns, db
from trainingbase.prepared import prepared
from trainingbase.sites.models import CalendarException, CalendarYear, Department
from trainingbase.sites.queries.calendars import calendars
from trainingbase.sites.rules.calendar import Calendar


def choice_rows() -> Sequence[ChoiceRow]:
    """In order of time."""
    return db.session.scalars(*_choice_rows()).all()


@prepared
def _choice_rows():
    return select(ChoiceRow).order_by(ChoiceRow.from_on)


def choices() -> list[Choice]:
    return [Choice(*row) for row in columns(*_choices())]


@prepared
def _choices():
    return select(ChoiceRow.from_on, ChoiceRow.mode, ChoiceRow.counting).order_by(ChoiceRow.from_on)


def choice_row_on(day: date) -> ChoiceRow:
    return db.session.scalars(
        select(ChoiceRow)
        .where(ChoiceRow.from_on <= day)
        .order_by(ChoiceRow.from_on.desc())
        .limit(1)
    ).one()


def choice_row(choice_id: int) -> ChoiceRow:
    return db.session.scalars(select(ChoiceRow).where(ChoiceRow.id == choice_id)).one()


def calendar_of(department: Department, starts_on: date, ends_on: date) -> Calendar:
    return calendars([(department.id, department.institution_id)], starts_on, ends_on)[
        department.id
    ]


def entered_years() -> dict[int, CalendarYear]:
    """The years somebody has entered whole by hand."""
    rows = db.session.scalars(select(CalendarYear).options(joinedload(CalendarYear.entered_by)))
    return {one.year: one for one in rows}


def year_is_known(year: int) -> bool:
    """By the library, or because somebody says that they have entered it whole."""
    return year in holidays.years() or db.session.get(CalendarYear, year) is not None


def exceptions_of(year: int) -> Sequence[CalendarException]:
    """Of sites and departments, in order of time."""
    return db.session.scalars(
        select(CalendarException)
        .where(
            CalendarException.day_on >= date(year, 1, 1),
            CalendarException.day_on < date(year + 1, 1, 1),
        )
        .options(
            joinedload(CalendarException.department).joinedload(Department.institution),
            joinedload(CalendarException.institution),
            joinedload(CalendarException.made_by),
        )
        .order_by(CalendarException.day_on, CalendarException.id)
    ).all()


def exception_by_id(exception_id: int) -> CalendarException:
    return db.session.scalars(
        select(CalendarException).where(CalendarException.id == exception_id)
    ).one()


def exception_on(
    day: date, institution_id: int | None, department_id: int | None
) -> CalendarException | None:
    return db.session.scalars(
        select(CalendarException).where(
            CalendarException.day_on == day,
            or_(
                CalendarException.institution_id == institution_id
                if institution_id
                else CalendarException.department_id == department_id
            ),
        )
    ).one_or_none()
