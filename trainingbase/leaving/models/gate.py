"""The base's rules of leaving, in dated versions."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person
from trainingbase.programmes.models import StandardDepartment


class Gate(Model):
    """What a placement must bring that ends on `starts_on` or later.  It is never edited: a change
    is a new one.

    It is for a `family` of programmes, a standard department, both, or neither (the general one);
    the narrowest that is in force holds.  One that is not `in_use` says that from then on the wider
    one holds again.  `daily`, `theory` and `skill` are the points of the exit score.
    """

    __tablename__ = "exit_gates"

    id: Mapped[int] = mapped_column(primary_key=True)
    family: Mapped[str | None]
    standard_department_id: Mapped[int | None] = mapped_column(
        ForeignKey("standard_departments.id"), index=True
    )
    starts_on: Mapped[date]
    in_use: Mapped[bool] = mapped_column(default=True)
    daily: Mapped[Decimal]
    theory: Mapped[Decimal]
    skill: Mapped[Decimal]
    source: Mapped[str]
    confidence: Mapped[str]
    why: Mapped[str | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)

    standard_department: Mapped[StandardDepartment | None] = relationship()
    made_by: Mapped[Person | None] = relationship()
    items: Mapped[list["GateItem"]] = relationship(
        back_populates="gate", order_by="GateItem.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("daily >= 0 AND theory >= 0 AND skill >= 0", name="points_not_negative"),
        CheckConstraint("confidence IN ('H', 'M', 'S')", name="confidence_is_known"),
        Index("ix_exit_gates_starts_on", "starts_on"),
    )

    @property
    def scope(self) -> tuple[str | None, int | None]:
        return self.family, self.standard_department_id


class GateItem(Model):
    """One thing asked: `item` is a key of `rules.gate.ITEMS`, `least` how much of it (`most` where
    less is better), in the item's unit.  `effect` is veto (nobody passes without), needed (there
    before the group reviews) or advice."""

    __tablename__ = "exit_gate_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("exit_gates.id"))
    item: Mapped[str]
    effect: Mapped[str]
    least: Mapped[Decimal]
    source: Mapped[str]
    confidence: Mapped[str]

    gate: Mapped[Gate] = relationship(back_populates="items")

    __table_args__ = (
        UniqueConstraint("gate_id", "item"),
        CheckConstraint("effect IN ('veto', 'needed', 'advice')", name="effect_is_known"),
        CheckConstraint("confidence IN ('H', 'M', 'S')", name="confidence_is_known"),
        CheckConstraint("least >= 0", name="least_not_negative"),
    )
