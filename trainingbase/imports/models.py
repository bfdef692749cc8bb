"""A workbook brought in: its rows as previewed, and whether they were taken."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person


class AlreadyTaken(Exception):
    """A preview is confirmed or discarded once."""


class OutOfDate(Exception):
    """The base has changed since the preview was made; the preview now shows what would happen."""


class NotReady(Exception):
    """`missing` are the kinds that must be brought in before this one can be confirmed."""

    def __init__(self, missing: list[str]):
        super().__init__(missing)
        self.missing = missing


class Import(Model):
    """`counts` by sheet: rows, accepted, corrected, refused, warnings, created, changed,
    unchanged.  `outcome` after confirmation: created, changed, unchanged in all.

    `outline` is what the preview shows besides rows: `{"sheets": [{name, columns: [[column,
    header, key]], unknown: [[column, header]], ignored: [[row, why]], figures: n}], "ignored":
    [[sheet, why]]}`.  `missing` are the kinds to bring in first.
    """

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[str]
    filename: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    judged_on: Mapped[date]
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    counts: Mapped[dict]
    outline: Mapped[dict] = mapped_column(default=dict)
    missing: Mapped[list] = mapped_column(default=list)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    discarded_at: Mapped[datetime | None]
    discarded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[dict | None]

    uploaded_by: Mapped[Person | None] = relationship(foreign_keys=[uploaded_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])

    __table_args__ = (
        CheckConstraint(
            "confirmed_at IS NULL OR discarded_at IS NULL", name="confirmed_or_discarded"
        ),
        CheckConstraint("(confirmed_at IS NULL) = (outcome IS NULL)", name="outcome_if_confirmed"),
    )

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None and self.discarded_at is None

    def total(self, count: str) -> int:
        """One of the counts over all sheets."""
        return sum(sheet.get(count, 0) for sheet in self.counts.values())

    def confirm(self, *, by: Person | None, at: datetime, outcome: dict) -> None:
        if not self.is_open:
            raise AlreadyTaken(self.id)
        self.confirmed_by_id, self.confirmed_at = by.id if by else None, at
        self.outcome = outcome

    def discard(self, *, by: Person | None, at: datetime) -> None:
        if not self.is_open:
            raise AlreadyTaken(self.id)
        self.discarded_by_id, self.discarded_at = by.id if by else None, at


class ImportRow(Model):
    """One row of a sheet: `record` is what it means once corrected; `problems` are its
    corrections, refusals and warnings with column, value and category; `changes` what it changes,
    `{field: [old, new]}`."""

    __tablename__ = "import_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))
    sheet: Mapped[str]
    row: Mapped[int]
    noun: Mapped[str]
    status: Mapped[str]  # accepted, corrected, refused
    record: Mapped[dict | None]
    problems: Mapped[list] = mapped_column(default=list)
    changes: Mapped[dict] = mapped_column(default=dict)
    outcome: Mapped[str | None]  # created, changed, unchanged
    is_warned: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_import_rows_import_id_status", "import_id", "status"),)
