"""Conditions without which a base fails whatever its points, and what is known of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.selfassessment.models.edition import OfficialForm


class BasicCondition(Versioned, Model):
    """`needs_department` is the standard department the lead hospital must have of its own for it:
    where the register lacks that, the condition is found lacking."""

    __tablename__ = "selfassessment_conditions"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("selfassessment_editions.id"), index=True)
    name: Mapped[str]
    name_en: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[str]
    needs_department: Mapped[str | None]
    in_use: Mapped[bool] = mapped_column(default=True)
    request_key: Mapped[str | None] = mapped_column(unique=True)

    edition: Mapped[OfficialForm] = relationship(back_populates="conditions")

    __table_args__ = (CheckConstraint("confidence IN ('H', 'M', 'S')", name="confidence_is_known"),)


class ConditionMark(Versioned, Model):
    """What the office says of a condition in a year, with what shows it.  It counts before what is
    found in the records; "unknown" leaves it to them."""

    __tablename__ = "selfassessment_condition_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    condition_id: Mapped[int] = mapped_column(ForeignKey("selfassessment_conditions.id"))
    year: Mapped[int]
    state: Mapped[str]
    why: Mapped[str]
    dated_on: Mapped[date]
    owner: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    said_at: Mapped[datetime]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    condition: Mapped[BasicCondition] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    said_by: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("condition_id", "year"),
        CheckConstraint("state IN ('met', 'lacking', 'unknown')", name="state_is_known"),
    )
