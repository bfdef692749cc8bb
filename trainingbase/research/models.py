"""One scholarly work of one person, its evidence, and the points the base gives."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, event, inspect, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from trainingbase.db import Model, Versioned
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.research.rules import KINDS, LEVELS, ROLES, doi_in, title_key


class AlreadyDecided(Exception):
    """What was approved, replaced or withdrawn is not changed any more."""


class OwnWork(Exception):
    """Nobody decides on their own work."""


class Immutable(Exception):
    """What was approved stays; a correction stands beside it."""


class BeingCorrected(Exception):
    """A correction of this work waits already."""


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(one) for one in values)})"


class Work(Versioned, Model):
    """Handed in by `person` or for them; it counts once the office has approved it.

    `done_on` is the day it counts by: published, granted, awarded, held.  `reference` is a DOI, a
    project's or a certificate's number.  What was returned may be changed and handed in again;
    what was approved is only corrected by another row, `corrects_id`, that takes its place once
    it is approved itself.
    """

    __tablename__ = "research_works"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str]
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    author_order: Mapped[int | None]
    authors: Mapped[str | None]
    venue: Mapped[str | None]
    level: Mapped[str | None]
    reference: Mapped[str | None]
    doi: Mapped[str | None] = mapped_column(index=True)
    done_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    hours: Mapped[Decimal | None]
    note: Mapped[str | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    handed_in_at: Mapped[datetime]
    approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]
    points: Mapped[Decimal | None]
    withdrawn_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("research_works.id"), index=True)
    request_key: Mapped[str | None] = mapped_column(unique=True)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    entered_by: Mapped[Person] = relationship(foreign_keys=[entered_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    corrects: Mapped["Work | None"] = relationship(remote_side=[id])
    evidence: Mapped[list["WorkEvidence"]] = relationship(
        back_populates="work", order_by="WorkEvidence.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint(_one_of("kind", KINDS), name="kind_is_known"),
        CheckConstraint(_one_of("role", ROLES), name="role_is_known"),
        CheckConstraint(_one_of("level", LEVELS), name="level_is_known"),
        CheckConstraint("(approved IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        CheckConstraint("approved IS NOT FALSE OR reason IS NOT NULL", name="a_return_says_why"),
        CheckConstraint("author_order > 0", name="order_positive"),
        CheckConstraint("points >= 0", name="points_not_negative"),
        CheckConstraint("done_on <= ends_on", name="begins_before_it_ends"),
        Index("ix_research_works_person_id_done_on", "person_id", "done_on"),
        Index(
            "uq_research_works_one_correction",
            "corrects_id",
            unique=True,
            sqlite_where=text("approved IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("approved IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    @validates("title")
    def _compare(self, _key: str, title: str) -> str:
        self.title_key = title_key(title)
        return title

    @validates("reference")
    def _recognise(self, _key: str, reference: str | None) -> str | None:
        self.doi = doi_in(reference)
        return reference

    @property
    def state(self) -> str:
        """waiting, approved, returned, replaced or withdrawn."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.replaced_at is not None:
            return "replaced"
        if self.approved is None:
            return "waiting"
        return "approved" if self.approved else "returned"

    @property
    def is_open(self) -> bool:
        """Whether whoever handed it in may still change it."""
        return self.state in ("waiting", "returned")

    def hand_in(self, at: datetime) -> None:
        if not self.is_open:
            raise AlreadyDecided
        self.handed_in_at = at
        self.approved = self.decided_at = self.decided_by_id = self.reason = None

    def approve(self, points: Decimal | None, *, by: Person, at: datetime) -> None:
        if self.state != "waiting":
            raise AlreadyDecided
        self.approved, self.decided_by_id, self.decided_at = True, by.id, at
        self.points, self.reason = points, None

    def give_back(self, reason: str, *, by: Person, at: datetime) -> None:
        """Returned to whoever handed it in, who may change it."""
        if self.state != "waiting":
            raise AlreadyDecided
        self.approved, self.decided_by_id, self.decided_at = False, by.id, at
        self.reason = reason

    def withdraw(self, at: datetime) -> None:
        if not self.is_open:
            raise AlreadyDecided
        self.withdrawn_at = at


class WorkEvidence(Model):
    """A file that shows the work was done."""

    __tablename__ = "research_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("research_works.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), index=True)

    work: Mapped[Work] = relationship(back_populates="evidence")
    file: Mapped[StoredFile] = relationship()

    __table_args__ = (UniqueConstraint("work_id", "file_id"),)


class WorkPoints(Versioned, Model):
    """What the base gives for a kind of work of a level; without `level` whatever its level."""

    __tablename__ = "research_points"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    level: Mapped[str]  # "" for any
    points: Mapped[Decimal]

    __table_args__ = (
        UniqueConstraint("kind", "level"),
        CheckConstraint(_one_of("kind", KINDS), name="kind_is_known"),
        CheckConstraint(_one_of("level", ("", *LEVELS)), name="level_is_known"),
        CheckConstraint("points >= 0", name="points_not_negative"),
    )


AFTER_APPROVAL = {"replaced_at", "version"}


@event.listens_for(Work, "before_update")
def _keep_as_approved(_mapper, _connection, row):
    state = inspect(row)
    before = state.attrs.approved.load_history()
    if True not in (*before.unchanged, *before.deleted):
        return
    changed = {
        one.key for one in state.mapper.column_attrs if state.attrs[one.key].history.has_changes()
    }
    if changed - AFTER_APPROVAL:
        raise Immutable(row)
