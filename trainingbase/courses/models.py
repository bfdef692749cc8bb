"""Changes of course.  Rows are added and decided, never edited: a correction is a counter-entry."""

from datetime import date, datetime, timedelta

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.courses.rules.states import KINDS, LEAVING
from trainingbase.db import Model
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person

REASON_LISTS = ("manner", "withdrawal", "transfer", "extension", "suspension")


class AlreadyClosed(Exception):
    """It was decided, or dropped, before."""


class Immutable(Exception):
    """What was decided stays; a correction is a counter-entry."""


class Reason(Model):
    """A reason of a list (`REASON_LISTS`); `manner` is how a withdrawal happens (协议, 违约)."""

    __tablename__ = "course_reasons"

    id: Mapped[int] = mapped_column(primary_key=True)
    of: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str | None]
    is_in_use: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        UniqueConstraint("of", "code"),
        CheckConstraint(
            "of IN ('manner', 'withdrawal', 'transfer', 'extension', 'suspension')",
            name="list_is_known",
        ),
    )


class Course(Model):
    """One change of course: proposed, then decided or dropped.

    `starts_on` is the first day on which it holds (who leaves is no longer in training on it),
    `ends_on` the exclusive end of a suspension as expected, or of an extended training.
    `credits` are `[standard department, months done, months credited]`, `effect` is what was
    shown and done (see `queries.effects`).  A counter-entry has `undoes_id`; its effect says what
    was put back and what was not.
    """

    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    kind: Mapped[str]
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    manner_id: Mapped[int | None] = mapped_column(ForeignKey("course_reasons.id"))
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("course_reasons.id"))
    word: Mapped[str | None]
    place: Mapped[str | None]
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"))
    certificate_number: Mapped[str | None]
    credits: Mapped[list | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    dropped_at: Mapped[datetime | None]
    effect: Mapped[dict | None] = mapped_column(JSON(none_as_null=True))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"), unique=True)
    request_key: Mapped[str | None] = mapped_column(unique=True)

    resident: Mapped[Resident] = relationship()
    manner: Mapped[Reason | None] = relationship(foreign_keys=[manner_id])
    reason: Mapped[Reason | None] = relationship(foreign_keys=[reason_id])
    cohort: Mapped[Cohort | None] = relationship()
    evidence: Mapped[StoredFile | None] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    undoes: Mapped["Course | None"] = relationship(remote_side=[id], back_populates="undone_by")
    undone_by: Mapped["Course | None"] = relationship(back_populates="undoes")

    __table_args__ = (
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decision_is_whole"),
        CheckConstraint("decided_at IS NULL OR dropped_at IS NULL", name="decided_or_dropped"),
        CheckConstraint("decided_at IS NULL OR effect IS NOT NULL", name="effect_is_kept"),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint(
            "kind IN ({})".format(", ".join(f"'{one}'" for one in KINDS)), name="kind_is_known"
        ),
        Index("ix_courses_decided_at", "decided_at"),
    )

    @property
    def is_open(self) -> bool:
        return self.decided_at is None and self.dropped_at is None

    @property
    def last_day(self) -> date:
        """The last day in training of somebody who leaves."""
        return self.starts_on - timedelta(days=1)

    @property
    def shown_on(self) -> date:
        """The day people would name it by."""
        return self.last_day if self.kind in LEAVING else self.starts_on

    def state(self) -> str:
        """open, dropped, counter, undone or done."""
        if self.dropped_at is not None:
            return "dropped"
        if self.decided_at is None:
            return "open"
        if self.undoes_id is not None:
            return "counter"
        return "undone" if self.undone_by is not None else "done"


DECIDING = {"decided_at", "decided_by_id", "dropped_at", "effect"}


@event.listens_for(Course, "before_update")
def _keep_as_decided(_mapper, _connection, row):
    state = inspect(row)
    changed = {
        one.key for one in state.mapper.column_attrs if state.attrs[one.key].history.has_changes()
    }
    was_open = all(
        not state.attrs[name].history.deleted or state.attrs[name].history.deleted == [None]
        for name in DECIDING
    )
    if changed - DECIDING or not was_open:
        raise Immutable(row)


@event.listens_for(Course, "before_delete")
def _keep(_mapper, _connection, row):
    raise Immutable(row)
