"""A resident says that what is asked cannot be met where they are; the office decides."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.logbook.models.entry import AlreadyDecided
from trainingbase.people.models import Person
from trainingbase.programmes.models import StandardDepartment
from trainingbase.rotations.models import Placement

OPEN = text("granted IS NULL AND withdrawn_at IS NULL")


class Appeal(Versioned, Model):
    """`asked` of an item are said not to be possible in this placement.  The supervisor gives an
    opinion; the office grants `eased` of them (or none): they are waived, or asked in another
    standard department.  It holds for this placement, while that stands."""

    __tablename__ = "log_appeals"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    category: Mapped[str]
    item: Mapped[str]
    asked: Mapped[int]
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    agrees: Mapped[bool | None]
    opinion: Mapped[str | None]
    opinion_at: Mapped[datetime | None]
    opinion_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    granted: Mapped[bool | None]
    eased: Mapped[int | None]
    elsewhere_id: Mapped[int | None] = mapped_column(ForeignKey("standard_departments.id"))
    answer: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    resident: Mapped[Resident] = relationship()
    placement: Mapped[Placement] = relationship()
    elsewhere: Mapped[StandardDepartment | None] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    opinion_by: Mapped[Person | None] = relationship(foreign_keys=[opinion_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    __table_args__ = (
        CheckConstraint("asked >= 1", name="asked_positive"),
        CheckConstraint("(agrees IS NULL) = (opinion_at IS NULL)", name="opinion_is_whole"),
        CheckConstraint("(granted IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        CheckConstraint("granted IS NOT true OR eased >= 1", name="granted_eases"),
        Index(
            "uq_log_appeals_open",
            "placement_id",
            "category",
            "item",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_log_appeals_decided_at", "decided_at"),
    )

    @property
    def is_open(self) -> bool:
        return self.granted is None and self.withdrawn_at is None

    @property
    def state(self) -> str:
        """withdrawn, opinion (waits for the supervisor), office, granted or refused."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.granted is None:
            return "opinion" if self.agrees is None else "office"
        return "granted" if self.granted else "refused"

    def require_open(self) -> None:
        if not self.is_open:
            raise AlreadyDecided
