"""One changed field of one record."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person


class Change(Model):
    """`subject` is the table; `old` and `new` are as people read them, None for nothing."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    subject_id: Mapped[str]
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    why: Mapped[str | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    by: Mapped[Person | None] = relationship()

    __table_args__ = (Index("ix_changes_subject", "subject", "subject_id"),)
