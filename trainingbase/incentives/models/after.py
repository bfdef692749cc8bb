"""What comes after a lock: questions of those paid, corrections, and how the money reaches them."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.incentives.models.money import FundingSource
from trainingbase.incentives.models.runs import Line, Run
from trainingbase.people.models import Person
from trainingbase.sites.models import Department, Institution


class Correction(Model):
    """An amount that a locked run paid too much (negative) or too little, for a later run.

    `identity` says which line of the run; `line_id` is that line, None where the run had none.
    `number` counts the corrections of the same line, so that two people who correct it at once
    do it once.  `kind` is fact (recomputing says so) or decision (a question was upheld).
    """

    __tablename__ = "incentive_corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("incentive_runs.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("incentive_lines.id"), index=True)
    identity: Mapped[str]
    number: Mapped[int]
    kind: Mapped[str]
    payee_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_sources.id"))
    amount: Mapped[Decimal]
    facts: Mapped[dict] = mapped_column(default=dict)
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    settled_run_id: Mapped[int | None] = mapped_column(ForeignKey("incentive_runs.id"))
    dropped_at: Mapped[datetime | None]

    run: Mapped[Run] = relationship(foreign_keys=[run_id])
    line: Mapped[Line | None] = relationship(foreign_keys=[line_id])
    payee: Mapped[Person | None] = relationship(foreign_keys=[payee_id])
    source: Mapped[FundingSource | None] = relationship()
    settled_run: Mapped[Run | None] = relationship(foreign_keys=[settled_run_id])
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])

    __table_args__ = (
        UniqueConstraint("run_id", "identity", "number"),
        CheckConstraint("kind IN ('fact', 'decision')", name="kind_is_known"),
        CheckConstraint("amount <> 0", name="amount_not_zero"),
    )


class Question(Versioned, Model):
    """What somebody asks about a line of theirs, and the answer.  One at a time for each line."""

    __tablename__ = "incentive_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("incentive_lines.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    number: Mapped[int]
    text: Mapped[str]
    asked_at: Mapped[datetime]
    is_upheld: Mapped[bool | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("incentive_corrections.id"))

    line: Mapped[Line] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    correction: Mapped[Correction | None] = relationship()

    __table_args__ = (
        UniqueConstraint("line_id", "number"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answer_is_whole"),
    )


class BankAccount(Versioned, Model):
    """Where a person is paid; seen whole by themselves and in the bank file only."""

    __tablename__ = "incentive_bank_accounts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    bank: Mapped[str]
    number: Mapped[str]
    changed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class PlaceAccount(Versioned, Model):
    """Where a department or a site is paid, as the office knows it: `holder` is the name that the
    bank has for it, often that of the hospital."""

    __tablename__ = "incentive_place_accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), unique=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), unique=True)
    holder: Mapped[str]
    bank: Mapped[str]
    number: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    department: Mapped[Department | None] = relationship()
    institution: Mapped[Institution | None] = relationship()
    changed_by: Mapped[Person] = relationship()

    __table_args__ = (
        CheckConstraint(
            "(department_id IS NULL) <> (institution_id IS NULL)", name="one_place_is_paid"
        ),
    )


class BankColumn(Versioned, Model):
    """A column of the bank file, in order; `header` as the bank wants it named."""

    __tablename__ = "incentive_bank_columns"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    field: Mapped[str] = mapped_column(unique=True)
    header: Mapped[str]
    is_used: Mapped[bool]
