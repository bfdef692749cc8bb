"""Results of the annual test, the graduation examination and the licensing examination."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident


class ExamResult(Versioned, Model):
    """`kind` is annual, graduation or licence; scores are out of 100."""

    __tablename__ = "exam_results"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    kind: Mapped[str]
    year: Mapped[int]
    is_first_attempt: Mapped[bool]
    attended: Mapped[bool] = mapped_column(default=True)
    theory: Mapped[Decimal | None]
    skills: Mapped[Decimal | None]
    theory_passed: Mapped[bool | None]
    skills_passed: Mapped[bool | None]
    passed: Mapped[bool | None]
    note: Mapped[str | None]

    resident: Mapped[Resident] = relationship()

    __table_args__ = (
        UniqueConstraint("resident_id", "kind", "year", "is_first_attempt"),
        CheckConstraint("kind IN ('annual', 'graduation', 'licence')", name="kind_is_known"),
        Index("ix_exam_results_kind_year", "kind", "year"),
    )


class ProvincialFigure(Model):
    """What the province reports to compare with: a mean score, or a first-attempt pass rate
    as a share of 1."""

    __tablename__ = "provincial_figures"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    year: Mapped[int]
    measure: Mapped[str]  # theory, skills, licence
    value: Mapped[Decimal]

    __table_args__ = (UniqueConstraint("kind", "year", "measure"),)
