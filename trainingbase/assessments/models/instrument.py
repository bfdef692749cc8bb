"""A form as data: versioned, and immutable once it has been answered."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model


class Instrument(Model):
    """`code` names the form (mini_cex, exit_assessment); `source` where it was read, and
    `confidence` how surely (H, M; S for a sample of our own making)."""

    __tablename__ = "instruments"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    version: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    assessor: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[str]
    is_in_use: Mapped[bool] = mapped_column(default=True)

    items: Mapped[list["Item"]] = relationship(
        back_populates="instrument", order_by="Item.position"
    )

    __table_args__ = (UniqueConstraint("code", "version"),)


class Item(Model):
    """One line of a form.

    `kind`: score (adds up), rating (ordinal), count, choice, text, minutes, boolean.
    `options` of a choice are `[[value, zh, en], …]`; `anchors` of a rating `[[from, to, zh, en]]`.
    """

    __tablename__ = "instrument_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"), index=True)
    position: Mapped[int]
    code: Mapped[str]
    section: Mapped[str | None]
    section_en: Mapped[str | None]
    name: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    lowest: Mapped[Decimal | None]
    highest: Mapped[Decimal | None]
    points: Mapped[Decimal | None]
    is_required: Mapped[bool] = mapped_column(default=False)
    may_be_unobserved: Mapped[bool] = mapped_column(default=False)
    options: Mapped[list | None]
    anchors: Mapped[list | None]
    competency: Mapped[str | None]

    instrument: Mapped[Instrument] = relationship(back_populates="items")

    __table_args__ = (
        UniqueConstraint("instrument_id", "code"),
        CheckConstraint(
            "kind IN ('score', 'rating', 'count', 'choice', 'text', 'minutes', 'boolean')",
            name="kind_is_known",
        ),
    )
