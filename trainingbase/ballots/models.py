"""The register, the envelopes, and what was released."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.faculty.models import FacultyMember
from trainingbase.instruments.models import Instrument, Item
from trainingbase.people.models import Person
from trainingbase.sites.models import Department

KINDS = ("teacher", "department", "activity", "base")
OPEN, ANSWERED, LEFT_OUT = "open", "answered", "left_out"


class NotOpen(Exception):
    """It was answered or left out before, or its round has closed; `state` says which."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class Frozen(Exception):
    """What was released stays as it was released."""


class BallotSubject(Model):
    """What is asked about: a teacher, a department, one kind of activity in a department, or the
    base as a whole; `key` says the same as the columns, once."""

    __tablename__ = "ballot_subjects"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    faculty_member_id: Mapped[int | None] = mapped_column(
        ForeignKey("faculty_members.id"), index=True
    )
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    activity_kind: Mapped[str | None]

    faculty_member: Mapped[FacultyMember | None] = relationship()
    department: Mapped[Department | None] = relationship()

    __table_args__ = (
        CheckConstraint(
            "kind IN ('teacher', 'department', 'activity', 'base')", name="kind_is_known"
        ),
    )


class BallotRound(Model):
    """Asks about what happened in [`starts_on`, `ends_on`), open in [`opens_on`, `closes_on`).

    `key` names the key that its envelopes are sealed with now; empty once it has closed.
    """

    __tablename__ = "ballot_rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    starts_on: Mapped[date] = mapped_column(unique=True)
    ends_on: Mapped[date]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    key: Mapped[str]
    reminded_on: Mapped[date | None]
    closed_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("starts_on < ends_on AND opens_on < closes_on", name="days_in_order"),
    )

    def takes(self, today: date) -> bool:
        return self.closed_on is None and self.opens_on <= today < self.closes_on


class RoundSum(Model):
    """What is left of the register of a round once it was deleted: `people` were asked `asked`
    things and `answered` so many; about whom, and who, is gone."""

    __tablename__ = "ballot_round_sums"

    round_id: Mapped[int] = mapped_column(ForeignKey("ballot_rounds.id"), primary_key=True)
    people: Mapped[int]
    asked: Mapped[int]
    answered: Mapped[int]
    forgotten_on: Mapped[date]

    round: Mapped[BallotRound] = relationship()


class Ballot(Model):
    """The register: that this person may answer, and whether they have.  No time, no number, no
    order: on SQLite the rows lie by their key, and every night they are written anew."""

    __tablename__ = "ballots"

    round_id: Mapped[int] = mapped_column(ForeignKey("ballot_rounds.id"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("ballot_subjects.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    state: Mapped[str] = mapped_column(default=OPEN)

    round: Mapped[BallotRound] = relationship()
    subject: Mapped[BallotSubject] = relationship()
    instrument: Mapped[Instrument] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (
        CheckConstraint("state IN ('open', 'answered', 'left_out')", name="state_is_known"),
        Index("ix_ballots_person_id", "person_id"),
        Index("ix_ballots_subject_id", "subject_id"),
        {"sqlite_with_rowid": False},
    )


class Envelope(Model):
    """An answer that waits.  Whose it is, nobody has written down; about what and when, is
    sealed.  `round_id` is None once the round has closed."""

    __tablename__ = "ballot_envelopes"

    id: Mapped[str] = mapped_column(primary_key=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("ballot_rounds.id"), index=True)
    key: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Batch(Model):
    """Answers released together, about what happened in [`first_on`, `ends_on`).

    `answers` were given, `could` people might have.  `overall` are None where too few items were
    answered by enough.
    """

    __tablename__ = "ballot_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("ballot_subjects.id"))
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    number: Mapped[int]
    first_on: Mapped[date]
    ends_on: Mapped[date]
    released_on: Mapped[date] = mapped_column(index=True)
    answers: Mapped[int]
    could: Mapped[int]
    overall_answered: Mapped[int | None]
    overall_mean: Mapped[Decimal | None]
    overall_deviation: Mapped[Decimal | None]
    overall_lowest: Mapped[Decimal | None]
    overall_highest: Mapped[Decimal | None]

    subject: Mapped[BallotSubject] = relationship()
    instrument: Mapped[Instrument] = relationship()
    figures: Mapped[list["BatchFigure"]] = relationship(back_populates="batch")
    texts: Mapped[list["BatchText"]] = relationship(back_populates="batch", order_by="BatchText.id")

    __table_args__ = (
        UniqueConstraint("subject_id", "number"),
        CheckConstraint("answers >= 5 AND could >= 5", name="five_at_least"),
    )


class BatchFigure(Model):
    """Of one item; all None but `answered` 0 where too few answered it to say anything."""

    __tablename__ = "ballot_figures"

    batch_id: Mapped[int] = mapped_column(ForeignKey("ballot_batches.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("instrument_items.id"), primary_key=True)
    answered: Mapped[int]
    mean: Mapped[Decimal | None]
    deviation: Mapped[Decimal | None]
    counts: Mapped[dict]

    batch: Mapped[Batch] = relationship(back_populates="figures")
    item: Mapped[Item] = relationship()


class BatchText(Model):
    """One free text, by a random key: nothing says which others the same person wrote."""

    __tablename__ = "ballot_texts"

    id: Mapped[str] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("ballot_batches.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("instrument_items.id"))
    text: Mapped[str]

    batch: Mapped[Batch] = relationship(back_populates="texts")
    item: Mapped[Item] = relationship()

    __table_args__ = ({"sqlite_with_rowid": False},)


@event.listens_for(Batch, "before_update")
@event.listens_for(BatchFigure, "before_update")
@event.listens_for(BatchText, "before_update")
@event.listens_for(Batch, "before_delete")
@event.listens_for(BatchFigure, "before_delete")
@event.listens_for(BatchText, "before_delete")
def _keep_as_released(_mapper, _connection, row):
    raise Frozen(row)
