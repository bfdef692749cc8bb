"""A resident before the committee: the frozen packet, and what each member thought alone."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.judging.models.committee import Meeting
from trainingbase.people.models import Person


class Stays(Exception):
    """Packets, views and decisions are neither changed nor deleted."""


class Case(Versioned, Model):
    """One resident on the agenda of a meeting.  `reasons` are `[[rule, facts], …]`, see
    `rules.agenda`."""

    __tablename__ = "committee_cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("committee_meetings.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    reasons: Mapped[list]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    meeting: Mapped[Meeting] = relationship()
    resident: Mapped[Resident] = relationship()
    packets: Mapped[list["Packet"]] = relationship(
        back_populates="case", order_by="Packet.number", passive_deletes="all"
    )

    __table_args__ = (UniqueConstraint("meeting_id", "resident_id"),)


class Packet(Model):
    """`content` is what was known on the day, see `packets.content`; `digest` its SHA-256.  A new
    packet of the same case is a new `number`."""

    __tablename__ = "committee_packets"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("committee_cases.id"))
    number: Mapped[int]
    content: Mapped[dict]
    digest: Mapped[str]
    as_of: Mapped[date]
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    case: Mapped[Case] = relationship(back_populates="packets")
    frozen_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("length(digest) = 64", name="digest_is_whole"),
    )


class ProvisionalView(Model):
    """What one member thinks before hearing the others, given once; `judged` is
    `{competency: level}`."""

    __tablename__ = "committee_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("committee_cases.id"))
    packet_id: Mapped[int] = mapped_column(ForeignKey("committee_packets.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    outcome: Mapped[str]
    judged: Mapped[dict]
    word: Mapped[str]
    given_at: Mapped[datetime]

    case: Mapped[Case] = relationship()
    packet: Mapped[Packet] = relationship()
    member: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "member_id"),
        CheckConstraint(
            "outcome IN ('progress', 'extend', 'remediate', 'graduate')", name="outcome_is_known"
        ),
    )


@event.listens_for(Packet, "before_update")
@event.listens_for(Packet, "before_delete")
@event.listens_for(ProvisionalView, "before_update")
@event.listens_for(ProvisionalView, "before_delete")
def _stay(_mapper, _connection, row) -> None:
    raise Stays(row)
