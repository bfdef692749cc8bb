"""How attendance is taken and counted."""

from datetime import date, time

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.attendance.rules.counting import Choice
from trainingbase.db import Model, Versioned


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
