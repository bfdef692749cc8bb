"""The competence committee: its members, what keeps one from judging somebody, its meetings."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person

DUTIES = ("chair", "deputy", "member")
GROUNDS = ("tutor", "supervisor", "kin", "dispute", "other")


class CommitteeMember(Versioned, Model):
    """A term of office: [starts_on, ends_on)."""

    __tablename__ = "committee_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    duty: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    named_at: Mapped[datetime]
    named_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    __table_args__ = (
        CheckConstraint("duty IN ('chair', 'deputy', 'member')", name="duty_is_known"),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
    )


class Conflict(Model):
    """Why somebody does not judge a resident; it holds until it is withdrawn."""

    __tablename__ = "committee_conflicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    ground: Mapped[str]
    word: Mapped[str | None]
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    resident: Mapped[Resident] = relationship()
    declared_by: Mapped[Person] = relationship(foreign_keys=[declared_by_id])

    __table_args__ = (
        CheckConstraint(
            "ground IN ('tutor', 'supervisor', 'kin', 'dispute', 'other')", name="ground_is_known"
        ),
        Index(
            "uq_committee_conflicts_in_force",
            "person_id",
            "resident_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )


class Meeting(Versioned, Model):
    """`kind` is regular, or appeal: a panel of its own for one case.

    called (the agenda may change) → reading (packets are frozen, members give their views) →
    open (quorum, who is present; decisions) → closed.  A called one may be cancelled.
    """

    __tablename__ = "committee_meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="regular")
    held_on: Mapped[date] = mapped_column(index=True)
    place: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="called")
    called_at: Mapped[datetime]
    called_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    frozen_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    quorum: Mapped[int | None]
    minutes: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    called_by: Mapped[Person] = relationship()
    sittings: Mapped[list["Sitting"]] = relationship(
        back_populates="meeting", order_by="Sitting.id"
    )

    __table_args__ = (
        CheckConstraint("kind IN ('regular', 'appeal')", name="kind_is_known"),
        CheckConstraint(
            "state IN ('called', 'reading', 'open', 'closed', 'cancelled')", name="state_is_known"
        ),
    )

    @property
    def is_over(self) -> bool:
        return self.state in ("closed", "cancelled")


class Sitting(Model):
    """One who sits at a meeting; `was_present` is noted when it is opened."""

    __tablename__ = "committee_sittings"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("committee_meetings.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    duty: Mapped[str]
    was_present: Mapped[bool | None]

    meeting: Mapped[Meeting] = relationship(back_populates="sittings")
    person: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("duty IN ('chair', 'deputy', 'member')", name="duty_is_known"),
    )
