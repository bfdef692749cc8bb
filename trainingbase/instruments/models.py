"""A form as data: versioned, and immutable from the day it may be answered."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model

OWN = "base."
"""Codes of forms that a base made begin so: they never meet one that comes with the portal."""


class FormsDoNotChange(Exception):
    """What was asked stays as it was asked: a changed form is a new version."""


class Instrument(Model):
    """`code` names the form (mini_cex, exit_assessment, base.ward_round); its versions share it.

    `origin` says who wrote this version: national (it came with the portal) or base.  `source` is
    where it was read, and `confidence` how surely (H, M; S for one of a base's own making; L where
    the source gives no items: the base has to define them).
    `assessor` fills it in (faculty, supervisor_expert, nurse, patient, peer, resident), about
    `subject` (resident, record, activity, faculty, department).
    `pass_rules` of a form with a judgement, see `rules.scoring.failed`; None without one.  With
    `is_once` such a form is answered once for a placement, and again only by a retake.
    `veto` is what a marked veto item does: fail, zero, or None where nobody has said it.
    It is a draft until `published_at`; in use while `is_in_use`; then retired.
    With `is_confidential` the assessed resident reads the answers of several people together, and
    is not told who they were.
    `edits` counts the changes of a draft.
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
    origin: Mapped[str] = mapped_column(default="national", server_default="national")
    subject: Mapped[str] = mapped_column(default="resident", server_default="resident")
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    veto: Mapped[str | None]
    is_once: Mapped[bool] = mapped_column(default=True, server_default="1")
    is_confidential: Mapped[bool] = mapped_column(default=False, server_default="0")
    copied_from: Mapped[str | None]
    published_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    edits: Mapped[int] = mapped_column(default=1, server_default="1")

    items: Mapped[list["Item"]] = relationship(
        back_populates="instrument", order_by="Item.position", cascade="all, delete-orphan"
    )

    __table_args__ = (UniqueConstraint("code", "version"),)

    @property
    def has_verdict(self) -> bool:
        """Answered once for a placement, and passed or not."""
        return self.pass_rules is not None and self.is_once

    @property
    def identity(self) -> str:
        """national/mini_cex, base/ward_round: who wrote it, and its name."""
        return f"{self.origin}/{self.code.removeprefix(OWN)}"

    @property
    def state(self) -> str:
        """published, retired, draft, or offered: it came with the portal and waits to be used."""
        if self.is_in_use:
            return "published"
        if self.published_at is not None:
            return "retired"
        return "draft" if self.origin == "base" else "offered"

    @property
    def may_be_edited(self) -> bool:
        return self.state == "draft"

    def item(self, code: str) -> "Item":
        return next(item for item in self.items if item.code == code)


class Item(Model):
    """One line of a form.

    `kind`: score (adds up), rating (ordinal, never summed), count, choice, text, minutes, boolean.
    `scale` of a rating names it (see `rules.scales`: nine, five, grades, prospective,
    retrospective, milestones); of a text it may be "signature".
    `options` of a choice, or of a score given in boxes, are `[[value, zh, en], …]`; `anchors` of
    a rating `[[from, to, zh, en], …]`.  `known_as` names what the portal can fill in, see
    `assessments.queries.facts`.
    `shown_when` is `{"item": code, "in": [values]}`: asked only where an earlier item says so.
    `weight` multiplies what a score counts.  `competency` is one of the six core competencies,
    `competencies` are `[[framework code, own code], …]`.  `missing` says what the source leaves
    open (item, scale, options): such a line asks nothing until the base has defined it.
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
    scale: Mapped[str | None]
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    is_veto: Mapped[bool] = mapped_column(default=False, server_default="0")
    shown_when: Mapped[dict | None]
    weight: Mapped[Decimal | None]
    competencies: Mapped[list | None]
    missing: Mapped[str | None]

    instrument: Mapped[Instrument] = relationship(back_populates="items")

    __table_args__ = (
        UniqueConstraint("instrument_id", "code"),
        CheckConstraint(
            "kind IN ('score', 'rating', 'count', 'choice', 'text', 'minutes', 'boolean')",
            name="kind_is_known",
        ),
    )

    @property
    def is_signature(self) -> bool:
        return self.kind == "text" and self.scale == "signature"


def changed_columns(row: Model) -> set[str]:
    state = inspect(row)
    names = state.mapper.column_attrs.keys()
    return {name for name in names if state.attrs[name].history.has_changes()}


def _was(row: Model, name: str) -> Any:
    """What the database holds in this column."""
    old = inspect(row).attrs[name].history.deleted
    return old[0] if old else getattr(row, name)


def _is_draft(form: Instrument) -> bool:
    return _was(form, "published_at") is None and not _was(form, "is_in_use")


@event.listens_for(Instrument, "before_update")
def _keep_as_asked(_mapper, _connection, row):
    """From its publication on a form may only be taken out of use, or put back."""
    if changed_columns(row) - {"is_in_use", "published_at", "retired_at"} and not _is_draft(row):
        raise FormsDoNotChange(row)


@event.listens_for(Item, "before_update")
def _keep_item_as_asked(_mapper, _connection, row):
    if changed_columns(row) and not _is_draft(row.instrument):
        raise FormsDoNotChange(row)


@event.listens_for(Instrument, "before_delete")
def _keep_form(_mapper, _connection, row):
    if not _is_draft(row):
        raise FormsDoNotChange(row)


@event.listens_for(Item, "before_delete")
def _keep_item(_mapper, _connection, row):
    if row.instrument is not None and not _is_draft(row.instrument):
        raise FormsDoNotChange(row)
