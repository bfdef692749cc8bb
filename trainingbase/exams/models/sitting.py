"""One holding of an examination, and who sits it."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.assessments.models import ExamResult
from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.exams.models.kind import ExamKind
from trainingbase.people.models import Person


class AlreadyReleased(Exception):
    """Released results stay; what is wrong is corrected beside them."""


class NotYet(Exception):
    """Something must come first; `why` is a key of `words.NOT_YET`."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class ExamSitting(Versioned, Model):
    """An examination on a day.  `pass_theory` and `pass_skills` are its pass marks, None where
    none is set.  Appeals are taken before `appeals_until` (exclusive), a day set at release."""

    __tablename__ = "exam_sittings"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str | None] = mapped_column(unique=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("exam_kinds.id"))
    year: Mapped[int] = mapped_column(index=True)
    title: Mapped[str | None]
    held_on: Mapped[date]
    place: Mapped[str | None]
    pass_theory: Mapped[Decimal | None]
    pass_skills: Mapped[Decimal | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    appeals_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    kind: Mapped[ExamKind] = relationship()
    released_by: Mapped[Person | None] = relationship(foreign_keys=[released_by_id])

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    def pass_mark(self, part: str) -> Decimal | None:
        return {"theory": self.pass_theory, "skills": self.pass_skills}.get(part)


class Figures:
    """What an examination says of one person: attended, scores out of 100, passed."""

    attended: Mapped[bool | None]
    theory: Mapped[Decimal | None]
    skills: Mapped[Decimal | None]
    passed: Mapped[bool | None]

    def figures(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in FIGURES}


FIGURES = ("attended", "theory", "skills", "passed")


class ExamCandidate(Figures, Versioned, Model):
    """Somebody who sits; the figures are the settled ones.

    `added_because` is a rule (in_training, before_end, failed_before, unlicensed) or by_hand,
    imported.  `source` says how the figures came: double, decided, imported, osce.
    `is_first` is derived when results are released; `result_id` is where they were written.
    """

    __tablename__ = "exam_candidates"

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("exam_sittings.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    added_because: Mapped[str]
    excused_because: Mapped[str | None]
    excused_at: Mapped[datetime | None]
    attended: Mapped[bool | None]
    theory: Mapped[Decimal | None]
    skills: Mapped[Decimal | None]
    passed: Mapped[bool | None]
    source: Mapped[str | None]
    decided_because: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    is_first: Mapped[bool | None]
    result_id: Mapped[int | None] = mapped_column(ForeignKey("exam_results.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    sitting: Mapped[ExamSitting] = relationship()
    resident: Mapped[Resident] = relationship()
    result: Mapped[ExamResult | None] = relationship()

    __table_args__ = (
        UniqueConstraint("sitting_id", "resident_id"),
        CheckConstraint("theory >= 0 AND theory <= 1000000", name="theory_in_reach"),
        CheckConstraint("skills >= 0 AND skills <= 1000000", name="skills_in_reach"),
    )

    @property
    def is_settled(self) -> bool:
        return self.excused_because is not None or self.settled_at is not None


class EntryRound(Model):
    """One of the two people who enter the figures of a sitting, each without the other's."""

    __tablename__ = "exam_entry_rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("exam_sittings.id"))
    place: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    began_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship()
    entries: Mapped[list["ExamEntry"]] = relationship(
        back_populates="round", cascade="all, delete-orphan"
    )

    __table_args__ = (
        UniqueConstraint("sitting_id", "place"),
        UniqueConstraint("sitting_id", "by_id"),
        CheckConstraint("place IN (1, 2)", name="place_is_known"),
    )


class ExamEntry(Figures, Model):
    """What one of the two typed for one candidate."""

    __tablename__ = "exam_entries"

    round_id: Mapped[int] = mapped_column(ForeignKey("exam_entry_rounds.id"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("exam_candidates.id"), primary_key=True, index=True
    )
    attended: Mapped[bool | None]
    theory: Mapped[Decimal | None]
    skills: Mapped[Decimal | None]
    passed: Mapped[bool | None]

    round: Mapped[EntryRound] = relationship(back_populates="entries")
    candidate: Mapped[ExamCandidate] = relationship()


class ProvincialSource(Model):
    """Where a provincial figure was read, and who entered it."""

    __tablename__ = "provincial_sources"

    figure_id: Mapped[int] = mapped_column(ForeignKey("provincial_figures.id"), primary_key=True)
    source: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    entered_by: Mapped[Person | None] = relationship()
