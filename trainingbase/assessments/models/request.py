"""Being asked to answer a form about somebody."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.enrolment.models import Resident
from trainingbase.instruments.models import Instrument
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement

if TYPE_CHECKING:
    from trainingbase.assessments.models.step import RequestStep


class AlreadyClosed(Exception):
    """It was answered, was cancelled, or has expired."""


class AlreadyExtended(Exception):
    """More time is given once."""


class Request(Model):
    """Waiting until it is answered, cancelled, or has expired; `due_on` and `expires_on` are
    the first days on which it is late or can no longer be answered.

    `asked_by_id` is None where the plan itself asked (see `PlannedRequest`).  Who declined it did
    not work with this person: it is then cancelled as well, and asks for nothing any more.
    """

    __tablename__ = "assessment_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    assessor_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_on: Mapped[date]
    due_on: Mapped[date]
    expires_on: Mapped[date]
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    extended_at: Mapped[datetime | None]

    instrument: Mapped[Instrument] = relationship()
    placement: Mapped[Placement] = relationship()
    resident: Mapped[Resident] = relationship()
    assessor: Mapped[Person] = relationship(foreign_keys=[assessor_id])
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])
    steps: Mapped[list["RequestStep"]] = relationship(
        back_populates="request", order_by="RequestStep.id"
    )

    __table_args__ = (
        UniqueConstraint("instrument_id", "placement_id", "assessor_id", "asked_on"),
        CheckConstraint("asked_on < due_on AND due_on <= expires_on", name="days_in_order"),
        Index("ix_assessment_requests_assessor_id_answered_at", "assessor_id", "answered_at"),
        Index("ix_assessment_requests_due_on", "due_on"),
        Index("ix_assessment_requests_asked_on", "asked_on"),
        Index("ix_assessment_requests_declined_at", "declined_at"),
        Index(
            "ix_assessment_requests_waiting",
            "due_on",
            sqlite_where=text("answered_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=text("answered_at IS NULL AND cancelled_at IS NULL"),
        ),
    )

    def is_open(self, today: date) -> bool:
        return self.answered_at is None and self.cancelled_at is None and today < self.expires_on

    def is_late(self, today: date) -> bool:
        return self.is_open(today) and today >= self.due_on

    def cancel(self, at: datetime) -> None:
        if self.answered_at is not None or self.cancelled_at is not None:
            raise AlreadyClosed
        self.cancelled_at = at

    def decline(self, at: datetime) -> None:
        self.cancel(at)
        self.declined_at = at

    def extend(self, at: datetime, expires_on: date) -> None:
        if self.answered_at is not None or self.cancelled_at is not None:
            raise AlreadyClosed
        if self.extended_at is not None:
            raise AlreadyExtended
        self.extended_at, self.expires_on = at, expires_on

    def answer(self, at: datetime) -> None:
        if self.answered_at is not None or self.cancelled_at is not None:
            raise AlreadyClosed
        self.answered_at = at

    def state(self, today: date) -> str:
        """done, declined, cancelled, expired, late or open; `queries.requests.in_state` says the
        same in SQL."""
        if self.answered_at is not None:
            return "done"
        if self.declined_at is not None:
            return "declined"
        if self.cancelled_at is not None:
            return "cancelled"
        if today >= self.expires_on:
            return "expired"
        return "late" if today >= self.due_on else "open"
