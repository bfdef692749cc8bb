"""What an examiner gave at a station: immutable once sent, amended beside."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.assessments.models import Immutable
from trainingbase.db import Model
from trainingbase.exams.models.session import OsceSlot
from trainingbase.instruments.models import Item, changed_columns
from trainingbase.people.models import Person


class MarkingClosed(Exception):
    """The session takes no marks: it is not open yet, or it is closed."""


class OsceMark(Model):
    """`score` is a percentage of what the sheet could give, `rating` the examiner's overall
    judgement from 1 to 5 (see `rules.results`), `vetoed` a marked veto item that fails."""

    __tablename__ = "osce_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("osce_slots.id"))
    examiner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    submitted_at: Mapped[datetime]
    score: Mapped[Decimal]
    rating: Mapped[int]
    vetoed: Mapped[bool] = mapped_column(default=False)
    comment: Mapped[str | None]

    slot: Mapped[OsceSlot] = relationship()
    examiner: Mapped[Person] = relationship()
    answers: Mapped[list["OsceAnswer"]] = relationship(back_populates="mark", passive_deletes="all")
    amendments: Mapped[list["OsceAmendment"]] = relationship(
        back_populates="mark", order_by="OsceAmendment.id", passive_deletes="all"
    )

    __table_args__ = (
        UniqueConstraint("slot_id", "examiner_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_is_known"),
    )


class OsceAnswer(Model):
    __tablename__ = "osce_answers"

    mark_id: Mapped[int] = mapped_column(ForeignKey("osce_marks.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("instrument_items.id"), primary_key=True)
    number: Mapped[Decimal | None]
    text: Mapped[str | None]

    mark: Mapped[OsceMark] = relationship(back_populates="answers")
    item: Mapped[Item] = relationship()


class OsceAmendment(Model):
    """What the examiner puts right beside the mark; the last one counts."""

    __tablename__ = "osce_amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    mark_id: Mapped[int] = mapped_column(ForeignKey("osce_marks.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    score: Mapped[Decimal]
    rating: Mapped[int]
    why: Mapped[str]

    mark: Mapped[OsceMark] = relationship(back_populates="amendments")
    by: Mapped[Person] = relationship()

    __table_args__ = (
        CheckConstraint("length(why) > 0", name="why_not_empty"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_is_known"),
    )


class OsceDraft(Model):
    """What an examiner has typed so far and not sent: so that another device goes on with it, and
    the office sees that somebody is being marked."""

    __tablename__ = "osce_drafts"

    slot_id: Mapped[int] = mapped_column(ForeignKey("osce_slots.id"), primary_key=True)
    examiner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    answers: Mapped[dict]
    saved_at: Mapped[datetime]


@event.listens_for(OsceMark, "before_update")
@event.listens_for(OsceAnswer, "before_update")
@event.listens_for(OsceAmendment, "before_update")
def _keep_as_sent(_mapper, _connection, row):
    if changed_columns(row):
        raise Immutable(row)


@event.listens_for(OsceMark, "before_delete")
@event.listens_for(OsceAnswer, "before_delete")
@event.listens_for(OsceAmendment, "before_delete")
def _keep(_mapper, _connection, row):
    raise Immutable(row)
