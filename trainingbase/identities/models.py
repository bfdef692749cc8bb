"""Decisions whether two are one person, and merges that can be undone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person


class Sameness(Model):
    """What somebody decided about two who look alike.

    The one is a person; the other another person, or whoever claims to be the holder of an ID
    number (an applicant, a row of a workbook).  Of two persons the one with the lower id is
    `person_id`.  The last decision counts.
    """

    __tablename__ = "samenesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    id_number: Mapped[str | None] = mapped_column(index=True)
    is_same: Mapped[bool]
    why: Mapped[str]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    other: Mapped[Person | None] = relationship(foreign_keys=[other_id])
    decided_by: Mapped[Person] = relationship(foreign_keys=[decided_by_id])

    __table_args__ = (
        CheckConstraint("(other_id IS NULL) <> (id_number IS NULL)", name="one_other"),
    )


class Merge(Model):
    """Two persons of whom one is left (`kept`); what referred to the other refers to it now."""

    __tablename__ = "person_merges"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    why: Mapped[str]
    merged_at: Mapped[datetime]
    merged_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    kept: Mapped[Person] = relationship(foreign_keys=[kept_id])
    gone: Mapped[Person] = relationship(foreign_keys=[gone_id])
    merged_by: Mapped[Person] = relationship(foreign_keys=[merged_by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])
    steps: Mapped[list["MergeStep"]] = relationship(
        back_populates="merge", order_by="MergeStep.id", cascade="all, delete-orphan"
    )

    __table_args__ = (CheckConstraint("kept_id <> gone_id", name="two_people"),)


class MergeStep(Model):
    """One value that was changed, or one row that was taken out (`column` is empty, `row` holds
    it), so that undoing puts back exactly that."""

    __tablename__ = "merge_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("person_merges.id"), index=True)
    table: Mapped[str]
    column: Mapped[str]
    row: Mapped[dict]

    merge: Mapped[Merge] = relationship(back_populates="steps")
