"""An expert goes to a site on a weekday, and when they really were there."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person
from trainingbase.sites.models import Department, Institution

WORK = ("clinic", "rounds", "teaching")
"""坐诊 查房 带教"""


class Posting(Versioned, Model):
    """`weekday` is 0 for Monday; without one the expert stays all week.  `hours` are those of
    one session; `ends_on` is exclusive, without one it does not end."""

    __tablename__ = "expert_postings"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    kind: Mapped[str]
    weekday: Mapped[int | None]
    hours: Mapped[Decimal]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    note: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    person: Mapped[Person] = relationship()
    department: Mapped[Department] = relationship()
    institution: Mapped[Institution] = relationship()
    sessions: Mapped[list["Session"]] = relationship(
        back_populates="posting", order_by="Session.held_on"
    )

    __table_args__ = (
        CheckConstraint("kind IN ('clinic', 'rounds', 'teaching')", name="kind_is_known"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_is_known"),
        CheckConstraint("hours > 0", name="hours_positive"),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
    )


class Session(Model):
    """One day of a posting, as the site says it was: `hours` held, none when it fell out."""

    __tablename__ = "posting_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("expert_postings.id"))
    held_on: Mapped[date]
    hours: Mapped[Decimal]
    note: Mapped[str | None]
    confirmed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    posting: Mapped[Posting] = relationship(back_populates="sessions")
    confirmed_by: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("posting_id", "held_on"),
        CheckConstraint("hours >= 0", name="hours_not_negative"),
        Index("ix_posting_sessions_held_on", "held_on"),
    )
