"""What the committee decided, what the resident says to it, and the appeal."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.judging.models.reading import Case, Packet, Stays
from trainingbase.people.models import Person
from trainingbase.signatures.models import Signature


class Decision(Model):
    """Signed by the chair.  `judged` is `{competency: [level, why]}`, `reason` what the whole rests
    on, `advice` what the letter tells the resident in plain words.  Votes are of those present who
    may judge.  `appeal_until` is the exclusive end of the time to appeal."""

    __tablename__ = "committee_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("committee_cases.id"), unique=True)
    packet_id: Mapped[int] = mapped_column(ForeignKey("committee_packets.id"))
    outcome: Mapped[str]
    judged: Mapped[dict]
    reason: Mapped[str]
    advice: Mapped[str]
    votes_for: Mapped[int]
    votes_against: Mapped[int]
    abstained: Mapped[int]
    appeal_until: Mapped[date]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    signature_id: Mapped[int] = mapped_column(ForeignKey("signatures.id"), unique=True)

    case: Mapped[Case] = relationship()
    packet: Mapped[Packet] = relationship()
    decided_by: Mapped[Person] = relationship()
    signature: Mapped[Signature] = relationship()

    __table_args__ = (
        CheckConstraint(
            "outcome IN ('progress', 'extend', 'remediate', 'graduate')", name="outcome_is_known"
        ),
        CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND abstained >= 0", name="votes_not_negative"
        ),
    )


class LetterRead(Versioned, Model):
    """That the resident has read the letter, and what they answer to it."""

    __tablename__ = "committee_letters_read"

    decision_id: Mapped[int] = mapped_column(ForeignKey("committee_decisions.id"), primary_key=True)
    read_at: Mapped[datetime]
    answer: Mapped[str | None]

    @property
    def id(self) -> int:
        return self.decision_id


class Appeal(Versioned, Model):
    """Heard by a panel of people who have not decided, as a case of its own; `outcome` is stands or
    changed, and the panel's own decision says what holds."""

    __tablename__ = "committee_appeals"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("committee_decisions.id"), unique=True)
    because: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    panel_case_id: Mapped[int | None] = mapped_column(ForeignKey("committee_cases.id"), unique=True)
    outcome: Mapped[str | None]
    decided_at: Mapped[datetime | None]

    decision: Mapped[Decision] = relationship()
    panel_case: Mapped[Case | None] = relationship()
    made_by: Mapped[Person] = relationship()

    __table_args__ = (
        CheckConstraint("outcome IN ('stands', 'changed')", name="outcome_is_known"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
    )

    @property
    def is_open(self) -> bool:
        return self.outcome is None and self.withdrawn_at is None


@event.listens_for(Decision, "before_update")
@event.listens_for(Decision, "before_delete")
def _stay(_mapper, _connection, row) -> None:
    raise Stays(row)
