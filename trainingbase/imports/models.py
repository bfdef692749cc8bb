"""A workbook brought in: its rows as previewed, and whether they were taken."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person


class AlreadyTaken(Exception):
    """A preview is confirmed or discarded once."""


class OutOfDate(Exception):
    """What the preview was judged against has changed since; it is judged anew first."""


class Import(Model):
    """`counts` by sheet: rows, accepted, corrected, refused.  `outcome` after confirmation:
    created, changed, unchanged."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    filename: Mapped[str]
    sha256: Mapped[str]
    judged_on: Mapped[date]
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    counts: Mapped[dict]
    missing: Mapped[list] = mapped_column(default=list)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    discarded_at: Mapped[datetime | None]
    outcome: Mapped[dict | None]

    uploaded_by: Mapped[Person | None] = relationship(foreign_keys=[uploaded_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None and self.discarded_at is None


class ImportRow(Model):
    """One row of a sheet: `record` is what it means once corrected; `problems` are its
    corrections, refusals and warnings with column, value and category."""

    __tablename__ = "import_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))
    sheet: Mapped[str]
    row: Mapped[int]
    status: Mapped[str]
    record: Mapped[dict | None]
    problems: Mapped[list] = mapped_column(default=list)
    outcome: Mapped[str | None]  # created, changed, unchanged

    __table_args__ = (Index("ix_import_rows_import_id_status", "import_id", "status"),)
