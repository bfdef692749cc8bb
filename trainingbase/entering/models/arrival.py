"""That somebody has begun a placement, or has not come."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.entering.models.induction import InductionItem
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement

MISSED = ("sick", "elsewhere", "unreachable", "leaving", "other")
"""Why somebody did not come: ill, kept elsewhere, not to be reached, gives up the training."""


class AlreadyThere(Exception):
    """The arrival is confirmed already."""


class NotThere(Exception):
    """There is no arrival to take back."""


arrival_items = Table(
    "arrival_items",
    Model.metadata,
    Column("arrival_id", ForeignKey("placement_arrivals.id"), primary_key=True),
    Column("item_id", ForeignKey("induction_items.id"), primary_key=True),
)


class Arrival(Versioned, Model):
    """One of each placement at most.  `arrived_on` is None where nobody has come: then
    `missed_because` says so, or what was confirmed was taken back (the history says why).

    `beds` is how many the resident looks after; `inducted_on` the day of the induction, held by
    `inducted_by`, and `items` what of the checklist was gone through.
    """

    __tablename__ = "placement_arrivals"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), unique=True)
    arrived_on: Mapped[date | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    beds: Mapped[int | None]
    inducted_on: Mapped[date | None]
    inducted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    missed_because: Mapped[str | None]
    missed_note: Mapped[str | None]
    missed_at: Mapped[datetime | None]
    missed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    placement: Mapped[Placement] = relationship()
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
    inducted_by: Mapped[Person | None] = relationship(foreign_keys=[inducted_by_id])
    missed_by: Mapped[Person | None] = relationship(foreign_keys=[missed_by_id])
    items: Mapped[list[InductionItem]] = relationship(
        secondary=arrival_items, order_by=(InductionItem.position, InductionItem.id)
    )

    __table_args__ = (
        CheckConstraint("(arrived_on IS NULL) = (confirmed_at IS NULL)", name="confirmed_whole"),
        CheckConstraint("(missed_because IS NULL) = (missed_at IS NULL)", name="missed_whole"),
        CheckConstraint("arrived_on IS NULL OR missed_at IS NULL", name="came_or_did_not"),
        CheckConstraint("inducted_on IS NULL OR arrived_on IS NOT NULL", name="inducted_is_there"),
        CheckConstraint("beds BETWEEN 0 AND 99", name="beds_are_some"),
        CheckConstraint(
            "missed_because IN ('sick', 'elsewhere', 'unreachable', 'leaving', 'other')",
            name="missed_is_known",
        ),
    )

    @property
    def has_come(self) -> bool:
        return self.arrived_on is not None

    @property
    def is_missed(self) -> bool:
        return self.missed_at is not None


class LateNotice(Model):
    """That people were told on a day that somebody has not come."""

    __tablename__ = "late_notices"

    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), primary_key=True)
    told_on: Mapped[date] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
