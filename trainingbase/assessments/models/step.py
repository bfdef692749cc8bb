"""What became of a request between asking and answering."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.assessments.models.request import Request
from trainingbase.db import Model
from trainingbase.people.models import Person

KINDS = (
    "remind", "secretary", "office", "expire", "extend", "delegate", "hand-over", "decline",
    "ask-again",
)  # fmt: skip


class RequestStep(Model):
    """By the portal itself (`by_id` is None) one of a kind on a day.  `from_id` and `to_id` are
    whose it was and whose it became."""

    __tablename__ = "request_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("assessment_requests.id"), index=True)
    kind: Mapped[str]
    on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    from_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]

    request: Mapped[Request] = relationship(back_populates="steps")
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    from_: Mapped[Person | None] = relationship(foreign_keys=[from_id])
    to: Mapped[Person | None] = relationship(foreign_keys=[to_id])

    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind_is_known"),
        Index(
            "uq_request_steps_request_id_kind_on_by_itself",
            "request_id",
            "kind",
            "on",
            unique=True,
            sqlite_where=text("by_id IS NULL"),
            postgresql_where=text("by_id IS NULL"),
        ),
        Index("ix_request_steps_to_id_on", "to_id", "on"),
    )
