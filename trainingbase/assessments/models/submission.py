"""An answered form: immutable.  A correction is an amendment beside it."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.assessments.models.request import Request
from trainingbase.clock import LOCAL
from trainingbase.db import Model
from trainingbase.enrolment.models import Resident
from trainingbase.instruments.models import Instrument, Item, changed_columns
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement

if TYPE_CHECKING:
    from trainingbase.assessments.models.comment import CommentMark, Reply


HOW_FAST = ("observed_on", "placement_id", "assessor_id", "instrument_id", "hours")
"""What is asked of all forms of a period: an index alone answers it."""


class AlreadyAcknowledged(Exception):
    """Feedback is acknowledged once."""


class Immutable(Exception):
    """What was submitted stays; a correction is an amendment beside it."""


class Submission(Model):
    """`form_key` is the key of the form as it was opened: the same form sent twice is one
    submission.  `passed` and `attempt` (1, 2 for a retake, …) are set where the form has a
    verdict, `total` where it adds up.  `hours` is how long after the observation it was sent, see
    `hours_since`."""

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("assessment_requests.id"), unique=True
    )
    form_key: Mapped[str] = mapped_column(unique=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    assessor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    observed_on: Mapped[date]
    submitted_at: Mapped[datetime]
    total: Mapped[Decimal | None]
    passed: Mapped[bool | None]
    attempt: Mapped[int | None]
    acknowledged_at: Mapped[datetime | None]
    hours: Mapped[Decimal | None]

    instrument: Mapped[Instrument] = relationship()
    request: Mapped[Request | None] = relationship()
    placement: Mapped[Placement] = relationship()
    resident: Mapped[Resident] = relationship()
    assessor: Mapped[Person] = relationship()
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="submission", passive_deletes="all"
    )
    amendments: Mapped[list["Amendment"]] = relationship(
        back_populates="submission", order_by="Amendment.id", passive_deletes="all"
    )
    replies: Mapped[list["Reply"]] = relationship(
        back_populates="submission", order_by="Reply.id", passive_deletes="all"
    )
    mark: Mapped["CommentMark | None"] = relationship(
        back_populates="submission", passive_deletes="all"
    )

    __table_args__ = (
        UniqueConstraint("instrument_id", "placement_id", "attempt"),
        Index("ix_submissions_resident_id_submitted_at", "resident_id", "submitted_at"),
        Index("ix_submissions_how_fast", *HOW_FAST),
        Index("ix_submissions_instrument_id_observed_on", "instrument_id", "observed_on"),
        Index("ix_submissions_submitted_at", "submitted_at", "id"),
    )

    def noted_at(self, asked: datetime | None) -> datetime:
        """When it was observed: the moment of asking, where that was on the same day (at the
        bedside), else noon of the day."""
        if asked is not None and asked.astimezone(LOCAL).date() == self.observed_on:
            return asked
        return datetime.combine(self.observed_on, time(12), LOCAL)

    def hours_since(self, asked: datetime | None) -> Decimal:
        """From the observation to the sending, never under 0; `asked` is the moment of asking."""
        seconds = Decimal(int((self.submitted_at - self.noted_at(asked)).total_seconds()))
        return max(Decimal(0), (seconds / 3600).quantize(Decimal("0.1")))

    def acknowledge(self, at: datetime) -> None:
        if self.acknowledged_at is not None:
            raise AlreadyAcknowledged
        self.acknowledged_at = at


class Answer(Model):
    """What was answered to one item: a number, a text, or that it was not observed."""

    __tablename__ = "answers"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("instrument_items.id"), primary_key=True)
    number: Mapped[Decimal | None]
    text: Mapped[str | None]

    submission: Mapped[Submission] = relationship(back_populates="answers")
    item: Mapped[Item] = relationship()

    __table_args__ = (Index("ix_answers_item_id_number", "item_id", "number"),)


class Amendment(Model):
    __tablename__ = "amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    text: Mapped[str]

    submission: Mapped[Submission] = relationship(back_populates="amendments")
    by: Mapped[Person] = relationship()

    __table_args__ = (CheckConstraint("length(text) > 0", name="text_not_empty"),)


@event.listens_for(Submission, "before_insert")
def _count_hours(_mapper, _connection, row):
    if row.hours is None:
        row.hours = row.hours_since(None)


@event.listens_for(Submission, "before_update")
@event.listens_for(Answer, "before_update")
@event.listens_for(Amendment, "before_update")
def _keep_as_submitted(_mapper, _connection, row):
    """Only the reader's acknowledgement is added to a submission."""
    if changed_columns(row) - {"acknowledged_at"}:
        raise Immutable(row)


@event.listens_for(Submission, "before_delete")
@event.listens_for(Answer, "before_delete")
@event.listens_for(Amendment, "before_delete")
def _keep(_mapper, _connection, row):
    raise Immutable(row)
