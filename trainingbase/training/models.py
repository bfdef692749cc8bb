"""Teaching activities, and who attended."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.sites.models import Department

attendances = Table(
    "activity_attendances",
    Model.metadata,
    Column("activity_id", ForeignKey("activities.id"), primary_key=True),
    Column("resident_id", ForeignKey("residents.id"), primary_key=True, index=True),
)


class AlreadyCancelled(Exception):
    """What was cancelled is neither approved nor cancelled again."""


class Activity(Versioned, Model):
    """A teaching event.  It counts once approved, unless it was cancelled.

    `attended` is how many residents came; ask for it with `undefer`.
    """

    __tablename__ = "activities"

    id: Mapped[int] = mapped_column(primary_key=True)
    held_on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[str | None]  # "14:30", local time
    hours: Mapped[Decimal | None]
    kind: Mapped[str]
    topic: Mapped[str]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    approved_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    score: Mapped[Decimal | None]

    department: Mapped[Department | None] = relationship()
    speaker: Mapped[Person | None] = relationship()
    residents: Mapped[list[Resident]] = relationship(secondary=attendances)
    attended: Mapped[int] = column_property(
        select(func.count())
        .select_from(attendances)
        .where(attendances.c.activity_id == id)
        .correlate_except(attendances)
        .scalar_subquery(),
        deferred=True,
    )

    __table_args__ = (
        CheckConstraint("hours > 0", name="hours_positive"),
        Index("ix_activities_kind_held_on", "kind", "held_on"),
    )

    @property
    def counts(self) -> bool:
        return self.approved_at is not None and self.cancelled_at is None

    @property
    def state(self) -> str:
        """approved, waiting or cancelled."""
        if self.cancelled_at is not None:
            return "cancelled"
        return "approved" if self.approved_at is not None else "waiting"

    def approve(self, at: datetime) -> None:
        """A second time changes nothing."""
        if self.cancelled_at is not None:
            raise AlreadyCancelled
        self.approved_at = self.approved_at or at

    def cancel(self, at: datetime) -> None:
        if self.cancelled_at is not None:
            raise AlreadyCancelled
        self.cancelled_at = at
