"""Doubting a result, and putting it right beside the original."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.exams.models.session import OsceCandidate, OsceStation
from trainingbase.exams.models.sitting import ExamCandidate
from trainingbase.people.models import Person

DECISIONS = ("upheld", "refused")


class AlreadyDecided(Exception):
    """An appeal is decided once."""


class AppealsOver(Exception):
    """Not released yet, or the days to appeal are over, or one is waiting already."""


class ExamAppeal(Versioned, Model):
    """Of a candidate of a sitting, or of an OSCE.  Waiting until decided or withdrawn."""

    __tablename__ = "exam_appeals"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("exam_candidates.id"))
    osce_candidate_id: Mapped[int | None] = mapped_column(ForeignKey("osce_candidates.id"))
    text: Mapped[str]
    made_at: Mapped[datetime]
    decision: Mapped[str | None]
    because: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    candidate: Mapped[ExamCandidate | None] = relationship()
    osce_candidate: Mapped[OsceCandidate | None] = relationship()
    decided_by: Mapped[Person | None] = relationship()
    corrections: Mapped[list["ExamCorrection"]] = relationship(
        back_populates="appeal", order_by="ExamCorrection.id"
    )

    __table_args__ = (
        CheckConstraint(
            "(candidate_id IS NULL) <> (osce_candidate_id IS NULL)", name="of_one_result"
        ),
        CheckConstraint("decision IN ('upheld', 'refused')", name="decision_is_known"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_is_whole"),
        Index(
            "uq_exam_appeals_candidate_id_waiting",
            "candidate_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("decided_at IS NULL AND withdrawn_at IS NULL"),
        ),
        Index(
            "uq_exam_appeals_osce_candidate_id_waiting",
            "osce_candidate_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("decided_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    @property
    def state(self) -> str:
        if self.withdrawn_at is not None:
            return "withdrawn"
        return self.decision or "waiting"

    @property
    def of(self) -> ExamCandidate | OsceCandidate:
        found = self.candidate or self.osce_candidate
        assert found is not None
        return found

    def decide(self, decision: str, *, because: str, by: Person, at: datetime) -> None:
        if self.decided_at is not None or self.withdrawn_at is not None:
            raise AlreadyDecided
        self.decision, self.because = decision, because
        self.decided_at, self.decided_by_id = at, by.id

    def withdraw(self, at: datetime) -> None:
        if self.decided_at is not None or self.withdrawn_at is not None:
            raise AlreadyDecided
        self.withdrawn_at = at


class ExamCorrection(Model):
    """`field` is attended, theory, skills or passed of a sitting's candidate, or score at
    `station_id` of an OSCE's; booleans are 1 or 0.  The last one counts, the original stays."""

    __tablename__ = "exam_corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("exam_candidates.id"), index=True)
    osce_candidate_id: Mapped[int | None] = mapped_column(
        ForeignKey("osce_candidates.id"), index=True
    )
    station_id: Mapped[int | None] = mapped_column(ForeignKey("osce_stations.id"))
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("exam_appeals.id"), index=True)
    field: Mapped[str]
    old: Mapped[Decimal | None]
    new: Mapped[Decimal | None]
    because: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    by: Mapped[Person] = relationship()
    station: Mapped[OsceStation | None] = relationship()
    appeal: Mapped[ExamAppeal | None] = relationship(back_populates="corrections")

    __table_args__ = (
        CheckConstraint("length(because) > 0", name="because_not_empty"),
        CheckConstraint(
            "(candidate_id IS NULL) <> (osce_candidate_id IS NULL)", name="of_one_result"
        ),
    )
