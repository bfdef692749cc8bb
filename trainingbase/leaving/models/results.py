"""What people enter for the exit form: the two exit exams, and the supervisor's appraisal."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement


class NotTheExaminers(Exception):
    """A skill exam has two examiners who are two people, and neither is the resident."""


class ExitExam(Versioned, Model):
    """`kind` is theory or skill; `attempt` 1 is the exit exam, 2 its re-examination, and so on.
    `score` of 100.  `name` is what was examined."""

    __tablename__ = "exit_exams"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    kind: Mapped[str]
    attempt: Mapped[int] = mapped_column(default=1)
    held_on: Mapped[date]
    name: Mapped[str | None]
    score: Mapped[Decimal]
    examiner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    second_examiner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)

    placement: Mapped[Placement] = relationship()
    examiner: Mapped[Person | None] = relationship(foreign_keys=[examiner_id])
    second_examiner: Mapped[Person | None] = relationship(foreign_keys=[second_examiner_id])
    entered_by: Mapped[Person] = relationship(foreign_keys=[entered_by_id])

    __table_args__ = (
        UniqueConstraint("placement_id", "kind", "attempt"),
        CheckConstraint("kind IN ('theory', 'skill')", name="kind_is_known"),
        CheckConstraint("attempt >= 1", name="attempt_counts"),
        CheckConstraint("score >= 0", name="score_not_negative"),
        CheckConstraint(
            "kind = 'theory' OR (examiner_id IS NOT NULL AND second_examiner_id IS NOT NULL "
            "AND examiner_id <> second_examiner_id)",
            name="skill_has_two_examiners",
        ),
    )


class Appraisal(Versioned, Model):
    """The supervisor's part of the official exit form: `grades` (1 to 4) and `counts` by the code
    of the item (see `exit_form.csv`), and a comment.  Signed by the supervisor; a change is signed
    anew, and the signature before it taken back."""

    __tablename__ = "exit_appraisals"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), unique=True)
    grades: Mapped[dict]
    counts: Mapped[dict]
    comment: Mapped[str | None]
    signed_at: Mapped[datetime]
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    placement: Mapped[Placement] = relationship()
    signed_by: Mapped[Person] = relationship()
