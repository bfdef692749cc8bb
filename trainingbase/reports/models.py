"""Reports as they were made, and how the return to the province is laid out."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person


class Immutable(Exception):
    """A report stays as it was made; a later edition says what is known later."""


class Report(Model):
    """One edition of a month's or a year's report: a workbook and a paper of the same figures,
    without names or figures of few people.  `digest` is the sha256 of the figures; `made_by` None
    is the worker."""

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    starts_on: Mapped[date] = mapped_column(index=True)
    language: Mapped[str]
    edition: Mapped[int]
    digest: Mapped[str]
    workbook_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    workbook: Mapped[StoredFile] = relationship(foreign_keys=[workbook_id])
    paper: Mapped[StoredFile] = relationship(foreign_keys=[paper_id])
    made_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        UniqueConstraint("kind", "starts_on", "language", "edition"),
        CheckConstraint("kind IN ('month', 'year')", name="kind_is_known"),
        CheckConstraint("language IN ('zh', 'en')", name="language_is_known"),
    )


@event.listens_for(Report, "before_update")
def _keep_as_made(_mapper, _connection, row):
    raise Immutable(row)


class ReturnColumn(Versioned, Model):
    """A column of the monthly return: its heading, and what stands in it.

    `source` is month, base, or an indicator's key with what of it: placements-done:value, :top,
    :bottom, or the name of a part (placements-done:passed); or text: and the text itself.
    """

    __tablename__ = "return_columns"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    heading: Mapped[str]
    source: Mapped[str]
    request_key: Mapped[str | None] = mapped_column(unique=True)
