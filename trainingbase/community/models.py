"""The indicators of the community, and what the sites enter about them each month."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person
from trainingbase.sites.models import Institution


class Dimension(Versioned, Model):
    """One indicator of the official list, in its dimension.

    `kind` is number (a numerator, perhaps a denominator) or words; `asked_of` says who enters it:
    sites (each), lead (the lead hospital for the whole county), or nobody, where it is
    `computed_as` something.  The value is numerator / denominator x `times`.
    `counted` says what the figure holds and leaves out; `beside` what is said in words beside it.
    """

    __tablename__ = "community_dimensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    dimension: Mapped[str]
    dimension_en: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    asked_of: Mapped[str]
    computed_as: Mapped[str | None]
    numerator: Mapped[str | None]
    numerator_en: Mapped[str | None]
    denominator: Mapped[str | None]
    denominator_en: Mapped[str | None]
    times: Mapped[Decimal]
    unit: Mapped[str]
    link: Mapped[str | None]
    link_en: Mapped[str | None]
    counted: Mapped[str | None]
    counted_en: Mapped[str | None]
    beside: Mapped[str | None]
    beside_en: Mapped[str | None]
    source: Mapped[str]
    confidence: Mapped[str]
    in_use: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("kind IN ('number', 'words')", name="kind_is_known"),
        CheckConstraint("asked_of IN ('sites', 'lead', 'nobody')", name="asked_of_is_known"),
        CheckConstraint(
            "(asked_of = 'nobody') = (computed_as IS NOT NULL)", name="computed_or_asked"
        ),
    )


class MonthlyEntry(Versioned, Model):
    """What a site says of an indicator for a month."""

    __tablename__ = "community_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    dimension_id: Mapped[int] = mapped_column(ForeignKey("community_dimensions.id"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    month_on: Mapped[date] = mapped_column(index=True)
    numerator: Mapped[Decimal | None]
    denominator: Mapped[Decimal | None]
    words: Mapped[str | None]
    note: Mapped[str | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)

    dimension: Mapped[Dimension] = relationship()
    institution: Mapped[Institution] = relationship()
    entered_by: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("dimension_id", "institution_id", "month_on"),
        CheckConstraint("numerator >= 0 AND denominator >= 0", name="not_negative"),
    )
