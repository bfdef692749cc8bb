"""A form as data: versioned, and immutable once it has been answered."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model


class FormsDoNotChange(Exception):
    """What was asked stays as it was asked: a changed form is a new version."""


class Instrument(Model):
    """`code` names the form (mini_cex, exit_assessment); `source` where it was read, and
    `confidence` how surely (H, M; S for a sample of our own making).

    `pass_rules` of a form with a verdict, see `assessments.rules.failed`; None without one.
    Such a form is answered once for a placement, and again only by a retake.
    """

    __tablename__ = "instruments"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    version: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    assessor: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[str]
    pass_rules: Mapped[list | None]
    is_in_use: Mapped[bool] = mapped_column(default=True)

    items: Mapped[list["Item"]] = relationship(
        back_populates="instrument", order_by="Item.position"
    )

    __table_args__ = (UniqueConstraint("code", "version"),)

    @property
    def has_verdict(self) -> bool:
        return self.pass_rules is not None

    def item(self, code: str) -> "Item":
        return next(item for item in self.items if item.code == code)


class Item(Model):
    """One line of a form.

    `kind`: score (adds up), rating (ordinal), count, choice, text, minutes, boolean.
    `options` of a choice, or of a score given in boxes, are `[[value, zh, en], …]`; `anchors` of
    a rating `[[from, to, zh, en], …]`.  `known_as` names what the portal can fill in, see
    `queries.facts`.
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
    known_as: Mapped[str | None]

    instrument: Mapped[Instrument] = relationship(back_populates="items")

    __table_args__ = (
        UniqueConstraint("instrument_id", "code"),
        CheckConstraint(
            "kind IN ('score', 'rating', 'count', 'choice', 'text', 'minutes', 'boolean')",
            name="kind_is_known",
        ),
    )


def changed_columns(row: Model) -> set[str]:
    state = inspect(row)
    names = state.mapper.column_attrs.keys()
    return {name for name in names if state.attrs[name].history.has_changes()}


@event.listens_for(Item, "before_update")
@event.listens_for(Instrument, "before_update")
def _keep_as_asked(_mapper, _connection, row):
    """A form may only be taken out of use."""
    if changed_columns(row) - {"is_in_use"}:
        raise FormsDoNotChange(row)
