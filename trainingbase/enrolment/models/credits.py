"""Earlier training that somebody asks to have counted, with its evidence."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models.residents import AlreadyDecided, Resident
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.programmes.models import StandardDepartment


class CreditClaim(Versioned, Model):
    """Asked for; only once approved are its months a `Credit`, which is what counts everywhere.

    `ends_on` is exclusive.  An approval that was taken back is a refusal with its reason.
    """

    __tablename__ = "credit_claims"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    standard_department_id: Mapped[int] = mapped_column(ForeignKey("standard_departments.id"))
    months: Mapped[Decimal]
    place: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), index=True)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    resident: Mapped[Resident] = relationship()
    standard_department: Mapped[StandardDepartment] = relationship()
    file: Mapped[StoredFile] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    __table_args__ = (
        CheckConstraint("months > 0", name="months_positive"),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint("(approved IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
    )

    def decide(self, approved: bool, *, by: Person, at: datetime, reason: str | None) -> None:
        """Raises `AlreadyDecided`, except for an approval that is taken back."""
        if self.approved is not None and not (self.approved and not approved):
            raise AlreadyDecided
        self.approved, self.decided_by_id, self.decided_at = approved, by.id, at
        self.reason = reason
