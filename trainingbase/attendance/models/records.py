"""What was recorded: only that which no rule says by itself."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.attendance.rules.states import MARKS
from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.sites.models import Department

KNOWN = ", ".join(f"'{one}'" for one in MARKS)


class MonthIsClosed(Exception):
    """After the secretary has closed a month only the office changes it, and says why."""


class NotPossible(Exception):
    """`because` is a key of `words.NOT_POSSIBLE`."""

    def __init__(self, because: str):
        super().__init__(because)
        self.because = because


class Mark(Versioned, Model):
    """One resident's day as somebody recorded it; a half that is None follows the rule.

    It belongs to resident and day, so that a plan published anew loses nothing.  `how`: by hand,
    by the code, after an appeal, or by the office beside a closed month.
    """

    __tablename__ = "attendance_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    day_on: Mapped[date]
    morning: Mapped[str | None]
    afternoon: Mapped[str | None]
    reason: Mapped[str | None]
    how: Mapped[str]
    marked_at: Mapped[datetime]
    marked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    resident: Mapped[Resident] = relationship()
    department: Mapped[Department] = relationship()
    marked_by: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("resident_id", "day_on"),
        Index("ix_attendance_marks_department_id_day_on", "department_id", "day_on"),
        CheckConstraint(f"morning IN ({KNOWN})", name="morning_is_known"),
        CheckConstraint(f"afternoon IN ({KNOWN})", name="afternoon_is_known"),
        CheckConstraint("how IN ('hand', 'code', 'appeal', 'office')", name="how_is_known"),
    )

    @property
    def halves(self) -> tuple[str | None, str | None]:
        return self.morning, self.afternoon


class ConfirmedDay(Model):
    """Somebody of the department has said of a day: whoever is not noted otherwise was there."""

    __tablename__ = "attendance_confirmed_days"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    day_on: Mapped[date]
    confirmed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    confirmed_by: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("department_id", "day_on"),)


class Month(Versioned, Model):
    """A department's month.  It is closed while `closed_at` stands; `said` is what the secretary
    said of what stayed unknown, `totals` the figures they confirmed, by placement."""

    __tablename__ = "attendance_months"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    month_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    said: Mapped[str | None]
    totals: Mapped[dict | None]
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reopened_because: Mapped[str | None]
    reminded_on: Mapped[date | None]

    department: Mapped[Department] = relationship()
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])
    reopened_by: Mapped[Person | None] = relationship(foreign_keys=[reopened_by_id])

    __table_args__ = (
        UniqueConstraint("department_id", "month_on"),
        Index("ix_attendance_months_month_on", "month_on"),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closing_is_whole"),
    )

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
