"""Limits that a base sets for itself, each with where it comes from."""

from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model, Versioned


class Threshold(Versioned, Model):
    """One number.  `confidence` is H (read in the source), M (secondary) or S (sample)."""

    __tablename__ = "thresholds"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Decimal]
    unit: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[str]
