"""What the base itself says of a part in a year: points, evidence, and work that is left."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.selfassessment.models.edition import Indicator, IndicatorPart


class OwnScore(Versioned, Model):
    """The points the base gives itself for a part, and why.  Beside what is computed it counts
    instead, and both are shown."""

    __tablename__ = "selfassessment_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("selfassessment_parts.id"))
    year: Mapped[int]
    points: Mapped[Decimal]
    why: Mapped[str]
    said_at: Mapped[datetime]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    part: Mapped[IndicatorPart] = relationship()
    said_by: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("part_id", "year"),
        CheckConstraint("points >= 0", name="points_not_negative"),
    )


class IndicatorEvidence(Model):
    """A document or a fact for an item of a year, with the day it is of and who answers for it."""

    __tablename__ = "selfassessment_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("selfassessment_items.id"))
    year: Mapped[int]
    what: Mapped[str]
    dated_on: Mapped[date]
    owner: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    kept_at: Mapped[datetime]
    kept_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    item: Mapped[Indicator] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    kept_by: Mapped[Person] = relationship()

    __table_args__ = (Index("ix_selfassessment_evidence_item_id_year", "item_id", "year"),)


class IndicatorTask(Versioned, Model):
    """What is to be done to gain points, by whom and until when (its last day)."""

    __tablename__ = "selfassessment_tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("selfassessment_items.id"))
    year: Mapped[int]
    what: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)

    item: Mapped[Indicator] = relationship()
    owner: Mapped[Person] = relationship(foreign_keys=[owner_id])

    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done_is_whole"),
        Index("ix_selfassessment_tasks_item_id_year", "item_id", "year"),
    )
