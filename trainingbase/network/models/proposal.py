"""A site asks to close a department for a time, or to take fewer or more residents."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person
from trainingbase.sites.models import Department


class AlreadyDecided(Exception):
    """A proposal is granted or refused once."""


class Proposal(Model):
    """Of a closure (`ends_on` is exclusive) or, with `most`, of other places from `starts_on`
    on.  The office grants or refuses it."""

    __tablename__ = "place_proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    most: Mapped[int | None]
    fewest: Mapped[int | None]
    why: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    department: Mapped[Department] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint("(ends_on IS NULL) = (most IS NOT NULL)", name="closure_or_places"),
        CheckConstraint("(most IS NULL) = (fewest IS NULL)", name="places_are_whole"),
        CheckConstraint("fewest BETWEEN 0 AND most", name="fewest_within_most"),
        CheckConstraint("(granted IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        Index("ix_place_proposals_decided_at", "decided_at"),
    )

    @property
    def is_closure(self) -> bool:
        return self.most is None

    def decide(self, granted: bool, *, by: Person, at: datetime, reason: str | None) -> None:
        if self.granted is not None:
            raise AlreadyDecided
        self.granted, self.decided_by_id, self.decided_at = granted, by.id, at
        self.reason = reason
