"""Days that are worked, or not, otherwise than the library of public holidays says."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person
from trainingbase.sites.models.department import Department
from trainingbase.sites.models.institution import Institution


class DayOff(Model):
    """A day that differs from its weekday: a public holiday, or a weekend that is worked.  Leave,
    attendance, arrivals and teaching all count by it."""

    __tablename__ = "days_off"

    day_on: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    name: Mapped[str]


class CalendarException(Model):
    """A day that a site or a department works, or not, otherwise than the base.  The base's own
    days are `DayOff`."""

    __tablename__ = "calendar_exceptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    day_on: Mapped[date] = mapped_column(index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    is_working: Mapped[bool]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    institution: Mapped[Institution | None] = relationship()
    department: Mapped[Department | None] = relationship()
    made_by: Mapped[Person] = relationship()

    __table_args__ = (
        CheckConstraint(
            "(institution_id IS NULL) <> (department_id IS NULL)", name="is_of_one_place"
        ),
        Index(
            "uq_calendar_exceptions_institution",
            "institution_id",
            "day_on",
            unique=True,
            sqlite_where=text("institution_id IS NOT NULL"),
            postgresql_where=text("institution_id IS NOT NULL"),
        ),
        Index(
            "uq_calendar_exceptions_department",
            "department_id",
            "day_on",
            unique=True,
            sqlite_where=text("department_id IS NOT NULL"),
            postgresql_where=text("department_id IS NOT NULL"),
        ),
    )


class CalendarYear(Model):
    """A year that the library does not know, of which somebody says: every public holiday of it
    has been entered."""

    __tablename__ = "calendar_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    entered_by: Mapped[Person] = relationship()
