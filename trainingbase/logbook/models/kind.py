"""Kinds of work with values of their own: a base's data, not code."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned

MOST_A_DAY = 1000
"""Of a kind that counts by the day and says nothing else."""
FIELD_TYPES = ("number", "choice", "bool", "text")


class Kind(Versioned, Model):
    """Work that is logged whatever a programme asks.  `name` is the item its entries and the
    minimums of programmes know it by, and stays; `unit` and `most` are of kinds that count by the
    day: one entry a day says how many."""

    __tablename__ = "log_kinds"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str | None]
    position: Mapped[int]
    by_day: Mapped[bool] = mapped_column(default=False)
    unit: Mapped[str | None]
    unit_en: Mapped[str | None]
    most: Mapped[int | None]
    primary_only: Mapped[bool] = mapped_column(default=False)
    in_use: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str]
    confidence: Mapped[str]

    fields: Mapped[list["Field"]] = relationship(
        back_populates="kind", order_by="(Field.position, Field.id)"
    )

    __table_args__ = (
        UniqueConstraint("category", "name"),
        CheckConstraint("category IN ('community', 'workload')", name="category_is_known"),
        CheckConstraint("most >= 1", name="most_positive"),
        CheckConstraint("confidence IN ('H', 'M', 'S')", name="confidence_is_known"),
    )


class Field(Versioned, Model):
    """One value of a kind.  `least` and `most` bound a number; `choices` are [code, Chinese,
    English]; `decimals` are the places of a number."""

    __tablename__ = "log_fields"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("log_kinds.id"))
    code: Mapped[str]
    position: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str | None]
    type: Mapped[str]
    unit: Mapped[str | None]
    least: Mapped[Decimal | None]
    most: Mapped[Decimal | None]
    decimals: Mapped[int] = mapped_column(default=0)
    choices: Mapped[list] = mapped_column(default=list)
    required: Mapped[bool] = mapped_column(default=False)
    in_use: Mapped[bool] = mapped_column(default=True)

    kind: Mapped[Kind] = relationship(back_populates="fields")

    __table_args__ = (
        UniqueConstraint("kind_id", "code"),
        CheckConstraint("type IN ('number', 'choice', 'bool', 'text')", name="type_is_known"),
        CheckConstraint("least <= most", name="least_within_most"),
        CheckConstraint("decimals BETWEEN 0 AND 3", name="decimals_are_few"),
    )
