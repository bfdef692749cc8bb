"""One piece of work in a resident's log."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement

CATEGORIES = ("disease", "procedure", "case", "community", "workload", "activity")
"""As the minimums of a programme name them."""
LEVELS = ("observed", "assisted", "supervised", "alone")


OPEN = text("confirmed IS NULL AND withdrawn_at IS NULL")
COUNTING = text(
    "category = 'workload' AND confirmed IS NOT false AND withdrawn_at IS NULL"
    " AND replaced_at IS NULL AND corrects_id IS NULL"
)
CLAIMING = text("withdrawn_at IS NULL AND replaced_at IS NULL AND corrects_id IS NULL")


class AlreadyDecided(Exception):
    """What was confirmed, returned or withdrawn is not changed any more."""


class Entry(Versioned, Model):
    """Done by `resident` during `placement`; it counts once whoever supervised has confirmed it.

    `reference` is the sealed number of the admission or visit (see `rules.reference`), never the
    number itself.  A correction stands beside the entry it `corrects` and takes its place once
    confirmed.  `count` is how often it was done: more than once only where a kind counts by the
    day.  `details` are the values of the fields of its kind, by their codes.  `teacher` is who
    supervised this work, where that was not the supervisor of the placement.
    """

    __tablename__ = "log_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    category: Mapped[str]
    item: Mapped[str]
    level: Mapped[str | None]
    done_on: Mapped[date]
    reference: Mapped[str | None] = mapped_column(index=True)
    note: Mapped[str | None]
    count: Mapped[int] = mapped_column(default=1, server_default="1")
    details: Mapped[dict | None]
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("faculty_members.id"))
    entered_at: Mapped[datetime]
    entry_key: Mapped[str] = mapped_column(unique=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("log_entries.id"), index=True)
    confirmed: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]

    resident: Mapped[Resident] = relationship()
    placement: Mapped[Placement] = relationship()
    teacher: Mapped[FacultyMember | None] = relationship()
    decided_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        CheckConstraint(
            "category IN ('disease', 'procedure', 'case', 'community', 'workload', 'activity')",
            name="category_is_known",
        ),
        CheckConstraint("count >= 1", name="count_positive"),
        CheckConstraint(
            "level IN ('observed', 'assisted', 'supervised', 'alone')", name="level_is_known"
        ),
        CheckConstraint("(confirmed IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        CheckConstraint("confirmed OR reason IS NOT NULL", name="a_return_says_why"),
        CheckConstraint("withdrawn_at IS NULL OR confirmed IS NOT TRUE", name="confirmed_stays"),
        Index(
            "uq_log_entries_one_count_a_day",
            "placement_id",
            "item",
            "done_on",
            unique=True,
            sqlite_where=COUNTING,
            postgresql_where=COUNTING,
        ),
        Index("ix_log_entries_resident_id_done_on", "resident_id", "done_on"),
        # What completion counts, without touching a row of the table.
        Index(
            "ix_log_entries_counted",
            "resident_id",
            "placement_id",
            "category",
            "item",
            "confirmed",
            "corrects_id",
            "count",
            "withdrawn_at",
            "replaced_at",
        ),
        Index(
            "ix_log_entries_waiting",
            "placement_id",
            "teacher_id",
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "ix_log_entries_teacher_id",
            "teacher_id",
            sqlite_where=text("teacher_id IS NOT NULL"),
            postgresql_where=text("teacher_id IS NOT NULL"),
        ),
        Index("ix_log_entries_decided_by_id_decided_at", "decided_by_id", "decided_at"),
        Index(
            "uq_log_entries_claimed_once",
            "resident_id",
            "category",
            "item",
            "reference",
            unique=True,
            sqlite_where=CLAIMING,
            postgresql_where=CLAIMING,
        ),
        Index(
            "uq_log_entries_one_correction",
            "corrects_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    @property
    def is_waiting(self) -> bool:
        return self.confirmed is None and self.withdrawn_at is None

    @property
    def state(self) -> str:
        """waiting, confirmed, returned, replaced or withdrawn."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.replaced_at is not None:
            return "replaced"
        if self.confirmed is None:
            return "waiting"
        return "confirmed" if self.confirmed else "returned"

    def decide(self, confirmed: bool, *, by: Person, at: datetime, reason: str | None = None):
        if not self.is_waiting:
            raise AlreadyDecided
        self.confirmed, self.decided_by_id, self.decided_at = confirmed, by.id, at
        self.reason = reason

    def reopen(self) -> None:
        """As it was before it was decided: whoever decided it slipped."""
        self.confirmed = self.decided_by_id = self.decided_at = self.reason = None

    def withdraw(self, at: datetime) -> None:
        if not self.is_waiting:
            raise AlreadyDecided
        self.withdrawn_at = at
