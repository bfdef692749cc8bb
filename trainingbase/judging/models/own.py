"""What a resident plans and thinks, and what the committee plans with them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person


class LearningPlan(Versioned, Model):
    """`origin` is own (the resident's; a draft of theirs until `shared_at`) or committee (of a
    decision; it comes back on the next agenda until it is `closed_at` by the committee).

    `done_at` is when its owner says it is done, `result` what came of it.
    """

    __tablename__ = "learning_plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("committee_decisions.id"), index=True
    )
    origin: Mapped[str]
    competency: Mapped[str | None]
    goal: Mapped[str]
    steps: Mapped[str | None]
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    due_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    shared_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    result: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)

    resident: Mapped[Resident] = relationship()
    owner: Mapped[Person] = relationship(foreign_keys=[owner_id])
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])

    __table_args__ = (
        CheckConstraint("origin IN ('own', 'committee')", name="origin_is_known"),
        CheckConstraint(
            "(origin = 'committee') = (decision_id IS NOT NULL)", name="committee_has_decision"
        ),
        Index("ix_learning_plans_resident_id_due_on", "resident_id", "due_on"),
    )

    def state(self, today: date) -> str:
        """draft, open, late, done or closed."""
        if self.closed_at is not None:
            return "closed"
        if self.done_at is not None:
            return "done"
        if self.shared_at is None:
            return "draft"
        return "late" if self.due_on < today else "open"


class Reflection(Versioned, Model):
    """A resident's own text; nobody else reads it before it is shared."""

    __tablename__ = "reflections"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    competency: Mapped[str | None]
    written_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    resident: Mapped[Resident] = relationship()
