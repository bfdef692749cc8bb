"""The trail: one row per change, chained so that an edited or missing row shows."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person


class Entry(Model):
    """Who did what to what.  `details` holds field names and numbers, never narrative."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    act: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[str]
    details: Mapped[dict] = mapped_column(default=dict)
    seal: Mapped[str]

    by: Mapped[Person | None] = relationship()

    __table_args__ = (Index("ix_audit_entries_subject", "subject", "subject_id"),)


class Head(Model):
    """The last link of the chain: how many entries there are, and the seal of the last."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    entries: Mapped[int] = mapped_column(default=0)
    seal: Mapped[str] = mapped_column(default="")
