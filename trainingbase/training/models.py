"""Teaching activities, and who attended."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

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


class Activity(Versioned, Model):
    """A teaching event.  It counts once approved, unless it was cancelled."""

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

    __table_args__ = (
        CheckConstraint("hours > 0", name="hours_positive"),
        Index("ix_activities_kind_held_on", "kind", "held_on"),
    )

    @property
    def counts(self) -> bool:
        return self.approved_at is not None and self.cancelled_at is None
