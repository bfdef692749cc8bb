"""A resident says that a day was otherwise than it stands in the record (申诉)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.attendance.models.records import KNOWN
from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import AlreadyDecided, Resident
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement


class Appeal(Versioned, Model):
    """`morning` and `afternoon` are what the resident says; a None half is not in question.
    `before` is how the day stood when it was appealed."""

    __tablename__ = "attendance_appeals"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    day_on: Mapped[date]
    morning: Mapped[str | None]
    afternoon: Mapped[str | None]
    before: Mapped[list]
    reason: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    asked_at: Mapped[datetime]
    approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    resident: Mapped[Resident] = relationship()
    placement: Mapped[Placement] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    decided_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        CheckConstraint(f"morning IN ({KNOWN})", name="morning_is_known"),
        CheckConstraint(f"afternoon IN ({KNOWN})", name="afternoon_is_known"),
        CheckConstraint("(approved IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        Index("ix_attendance_appeals_asked_at", "asked_at"),
        Index(
            "uq_attendance_appeals_open",
            "resident_id",
            "day_on",
            unique=True,
            sqlite_where=text("approved IS NULL"),
            postgresql_where=text("approved IS NULL"),
        ),
    )

    @property
    def state(self) -> str:
        return {None: "open", True: "granted", False: "refused"}[self.approved]

    def decide(self, approved: bool, answer: str | None, *, by: Person, at: datetime) -> None:
        if self.approved is not None:
            raise AlreadyDecided
        decider = by.id
        self.approved, self.answer = approved, answer
        self.decided_by_id, self.decided_at = decider, at
