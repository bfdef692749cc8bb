"""An outside examiner marks on a tablet without an account, by a link that one device takes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.exams.models.session import OsceExaminer
from trainingbase.people.models import Person


class OsceGuestLink(Model):
    """Neither the token nor the key of the device that took it is kept, only their hashes (see
    `assessments.tokens`).  `employer` and `identity` say who it is and how sure one may be:
    printed, sent, or handed over by somebody who knows them.  `expires_on` is the first day on
    which it does not open any more."""

    __tablename__ = "osce_guest_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    examiner_id: Mapped[int] = mapped_column(ForeignKey("osce_examiners.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    nonce: Mapped[str]
    employer: Mapped[str | None]
    identity: Mapped[str]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    issued_at: Mapped[datetime]
    expires_on: Mapped[date]
    taken_at: Mapped[datetime | None]
    device_hash: Mapped[str | None] = mapped_column(unique=True)
    revoked_at: Mapped[datetime | None]

    examiner: Mapped[OsceExaminer] = relationship()
    issued_by: Mapped[Person] = relationship()

    __table_args__ = (
        CheckConstraint("identity IN ('printed', 'sent', 'handed')", name="identity_is_known"),
        CheckConstraint("(taken_at IS NULL) = (device_hash IS NULL)", name="taken_by_a_device"),
    )

    def state(self, today: date) -> str:
        """revoked, expired, taken (by a device) or open."""
        if self.revoked_at is not None:
            return "revoked"
        if today >= self.expires_on:
            return "expired"
        return "taken" if self.taken_at is not None else "open"
