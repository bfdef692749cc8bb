"""Asking a graduate where they work, 0, 6, 12 and 36 months after the training."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.careers.models.employment import Employment
from trainingbase.db import Model
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person

MONTHS = (0, 6, 12, 36)
"""After the last day of training."""


class LinkClosed(Exception):
    """It was answered or revoked, or its time is over; `state` says which."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class FollowUp(Model):
    """One task of the office for one graduate and one time.

    A link may be made for it: the token is not kept, only its hash, and the `nonce` from which
    the portal's own key makes it anew.  A new link kills the old one.  `expires_on` is the first
    day on which it does not open any more.  `answer` is still (at the same place), moved, none
    (does not work), or unreached, which only the office may say; `told_by` is link or office.
    """

    __tablename__ = "career_follow_ups"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    months: Mapped[int]
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    nonce: Mapped[str | None]
    linked_at: Mapped[datetime | None]
    linked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    expires_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_on: Mapped[date | None]
    told_by: Mapped[str | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    employment_id: Mapped[int | None] = mapped_column(ForeignKey("employments.id"), index=True)
    note: Mapped[str | None]

    resident: Mapped[Resident] = relationship()
    employment: Mapped[Employment | None] = relationship()
    linked_by: Mapped[Person | None] = relationship(foreign_keys=[linked_by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    __table_args__ = (
        UniqueConstraint("resident_id", "months"),
        CheckConstraint("months >= 0", name="months_not_negative"),
        CheckConstraint(
            "answer IN ('still', 'moved', 'none', 'unreached')", name="answer_is_known"
        ),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_is_whole"),
        CheckConstraint("(token_hash IS NULL) = (nonce IS NULL)", name="link_is_whole"),
        Index("ix_career_follow_ups_due_on", "due_on"),
    )

    def link_state(self, today: date) -> str:
        """none, answered, revoked, expired or open."""
        if self.answer is not None:
            return "answered"
        if self.token_hash is None:
            return "none"
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_on is None or today >= self.expires_on else "open"
