"""What kinds of activities a base holds, and how often each is due where."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.sites.models import Department

SCOPES = ("clinical", "primary", "standard", "department")
"""Departments of hospitals; of primary sites; those that stand for a standard department so
named; one department.  The later says more exactly, and goes before the earlier."""
PERIODS = ("week", "fortnight", "month")


class Kind(Versioned, Model):
    """`name` is what stands in `activities.kind`; `sheet` the official score sheet, by its code.
    `minutes` is proposed when one is planned; an `is_remote` kind asks for a link."""

    __tablename__ = "activity_kinds"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str | None]
    minutes: Mapped[int]
    sheet: Mapped[str | None]
    is_joint: Mapped[bool] = mapped_column(default=False)
    is_remote: Mapped[bool] = mapped_column(default=False)
    in_use: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str]
    confidence: Mapped[str]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    frequencies: Mapped[list["Frequency"]] = relationship(
        back_populates="kind", order_by="Frequency.id"
    )

    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("confidence IN ('H', 'M', 'S')", name="confidence_is_known"),
    )


class Frequency(Versioned, Model):
    """That a kind is due so many `times` in each `period`, and where: see `SCOPES`.

    `standard` names the standard departments that are meant, by a part of their Chinese name.
    """

    __tablename__ = "activity_frequencies"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("activity_kinds.id"), index=True)
    scope: Mapped[str]
    standard: Mapped[str | None]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    times: Mapped[int]
    period: Mapped[str]
    in_use: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str]
    confidence: Mapped[str]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    kind: Mapped[Kind] = relationship(back_populates="frequencies")
    department: Mapped[Department | None] = relationship()

    __table_args__ = (
        CheckConstraint("times >= 0", name="times_not_negative"),
        CheckConstraint("period IN ('week', 'fortnight', 'month')", name="period_is_known"),
        CheckConstraint("confidence IN ('H', 'M', 'S')", name="confidence_is_known"),
        CheckConstraint("(scope = 'standard') = (standard IS NOT NULL)", name="standard"),
        CheckConstraint("(scope = 'department') = (department_id IS NOT NULL)", name="department"),
    )
