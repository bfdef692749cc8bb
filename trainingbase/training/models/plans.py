"""Plans of a year made from how often each kind is due."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person
from trainingbase.sites.models import Department


class YearPlan(Model):
    """What was made in one act, for departments and months; `undone_at` when the untouched rest of
    it was taken back."""

    __tablename__ = "activity_year_plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    made: Mapped[int]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    undone: Mapped[int | None]
    undone_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    made_by: Mapped[Person] = relationship()

    __table_args__ = (CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),)


class Planned(Model):
    """That a plan of a year made this activity."""

    __tablename__ = "planned_activities"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("activity_year_plans.id"), index=True)


class Slot(Model):
    """When and where a department usually holds a kind: `weekday` 0 for Monday."""

    __tablename__ = "activity_slots"

    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("activity_kinds.id"), primary_key=True)
    weekday: Mapped[int]
    starts_at: Mapped[str]
    room: Mapped[str | None]

    department: Mapped[Department] = relationship()

    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_is_one"),)
