"""A guest (nurse, patient, outside examiner) answers once, by a link of their own."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.assessments.models.submission import Submission
from trainingbase.db import Model
from trainingbase.instruments.models import Instrument
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement


class LinkClosed(Exception):
    """It was used, was revoked, or has expired; `state` says which."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class GuestLink(Model):
    """The token itself is not kept: only its hash, and the `nonce` from which the portal's own
    key makes it anew for printing.

    `identity` is how sure one may be of who answers: printed (whoever holds the sheet), sent (to
    a contact that is known), handed (given to this person by somebody who knows them).
    `name` and `contact` are of the guest, where they are known.  `batch` is the key of the form
    that issued it and `number` its place there: the same form sent twice issues once.
    `expires_on` is the first day on which it does not open any more.
    """

    __tablename__ = "guest_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    nonce: Mapped[str]
    batch: Mapped[str]
    number: Mapped[int]
    kind: Mapped[str]
    identity: Mapped[str]
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    name: Mapped[str | None]
    contact: Mapped[str | None]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    issued_at: Mapped[datetime]
    expires_on: Mapped[date] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"), unique=True)

    instrument: Mapped[Instrument] = relationship()
    placement: Mapped[Placement] = relationship()
    issued_by: Mapped[Person] = relationship()
    submission: Mapped[Submission | None] = relationship()

    __table_args__ = (
        UniqueConstraint("batch", "number"),
        CheckConstraint("kind IN ('nurse', 'patient', 'examiner')", name="kind_is_known"),
        CheckConstraint("identity IN ('printed', 'sent', 'handed')", name="identity_is_known"),
        CheckConstraint("(used_at IS NULL) = (submission_id IS NULL)", name="used_by_an_answer"),
    )

    def state(self, today: date) -> str:
        """answered, revoked, expired or open."""
        if self.used_at is not None:
            return "answered"
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if today >= self.expires_on else "open"


class GuestTry(Model):
    """A form sent to a link that does not take it, kept to slow down guessing."""

    __tablename__ = "guest_tries"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_guest_tries_address_at", "address", "at"),)
