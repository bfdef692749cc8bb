"""An official evaluation form as data: its items, their parts, and when a base passes."""

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned

if TYPE_CHECKING:
    from trainingbase.selfassessment.models.condition import BasicCondition


class OfficialForm(Versioned, Model):
    """`quality_section` is the section whose points the verdict looks at by themselves; None where
    the form has no such rule.  `failed_name` is what a base is called that reaches no verdict or
    lacks a basic condition.  A year is judged by the form of the latest `first_year` that is not
    after it; a form without one is not in use."""

    __tablename__ = "selfassessment_editions"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    source: Mapped[str]
    quality_section: Mapped[str | None]
    core_met_share: Mapped[Decimal]
    failed_name: Mapped[str | None]
    failed_name_en: Mapped[str | None]
    first_year: Mapped[int | None]
    request_key: Mapped[str | None] = mapped_column(unique=True, index=True)

    items: Mapped[list["Indicator"]] = relationship(
        order_by="Indicator.position", back_populates="edition"
    )
    verdicts: Mapped[list["EditionVerdict"]] = relationship(order_by="EditionVerdict.position")
    conditions: Mapped[list["BasicCondition"]] = relationship(
        order_by="BasicCondition.id", back_populates="edition"
    )


class EditionVerdict(Model):
    """Reached with at least `total` points, `quality` of them in the section of quality, and
    `core` core items met.  The first that is reached holds; below all of them the base fails."""

    __tablename__ = "selfassessment_verdicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("selfassessment_editions.id"))
    position: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]
    total: Mapped[Decimal]
    quality: Mapped[Decimal]
    core: Mapped[int]

    __table_args__ = (UniqueConstraint("edition_id", "position"),)


class Indicator(Versioned, Model):
    """One indicator of the form; its points are those of its parts."""

    __tablename__ = "selfassessment_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("selfassessment_editions.id"))
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    section: Mapped[str]
    section_en: Mapped[str]
    is_core: Mapped[bool]
    source: Mapped[str]
    confidence: Mapped[str]

    edition: Mapped[OfficialForm] = relationship(back_populates="items")
    parts: Mapped[list["IndicatorPart"]] = relationship(
        order_by="IndicatorPart.position", back_populates="item"
    )

    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        CheckConstraint("confidence IN ('H', 'M', 'S')", name="confidence_is_known"),
    )

    @property
    def points(self) -> Decimal:
        return sum((part.points for part in self.parts), Decimal(0))

    @property
    def chapter(self) -> str:
        """The first number of the code."""
        return self.code.partition(".")[0]


class IndicatorPart(Versioned, Model):
    """What gives `points` of an item.  `finding` names the function that computes it, with the
    numbers in `settings`; where there is none the base says itself what it has reached."""

    __tablename__ = "selfassessment_parts"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("selfassessment_items.id"), index=True)
    position: Mapped[int]
    points: Mapped[Decimal]
    name: Mapped[str]
    name_en: Mapped[str]
    finding: Mapped[str | None]
    settings: Mapped[dict]

    item: Mapped[Indicator] = relationship(back_populates="parts")

    __table_args__ = (
        UniqueConstraint("item_id", "position"),
        CheckConstraint("points > 0", name="points_positive"),
    )
