"""How attendance is taken and counted, and the days of sites that differ from the base's."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.attendance.rules.counting import Choice
from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person
from trainingbase.sites.models import Department, Institution


class ChoiceRow(Versioned, Model):
    """What holds from `from_on` (the first of a month) until the next choice begins.

    `mode`: present by default on confirmed days, or by the code on the department's screen.
    `counting`: see `rules.counting`.  The windows are of local time; `closes` is the first
    minute out of them.  With `once_a_day` the morning's code counts for the whole day.
    """

    __tablename__ = "attendance_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_on: Mapped[date] = mapped_column(unique=True)
    mode: Mapped[str]
    counting: Mapped[str]
    once_a_day: Mapped[bool]
    morning_opens: Mapped[time]
    morning_closes: Mapped[time]
    afternoon_opens: Mapped[time]
    afternoon_closes: Mapped[time]
    why: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("mode IN ('default', 'code')", name="mode_is_known"),
        CheckConstraint("counting IN ('working', 'calendar', 'nights')", name="counting_is_known"),
        CheckConstraint("morning_opens < morning_closes", name="morning_opens_first"),
        CheckConstraint("afternoon_opens < afternoon_closes", name="afternoon_opens_first"),
    )

    @property
    def choice(self) -> Choice:
        return Choice(self.from_on, self.mode, self.counting)

    def window(self, half: str) -> tuple[time, time]:
        if half == "morning":
            return self.morning_opens, self.morning_closes
        return self.afternoon_opens, self.afternoon_closes


class CalendarException(Model):
    """A day that a site or a department works, or not, otherwise than the base.  The base's own
    days stand in `leave.models.DayOff`, where leave counts by them too."""

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
