"""Times in which a resident's training rests (中止), as planning and paying need to know them."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model, columns, db
from trainingbase.prepared import prepared


class Suspension(Model):
    """From `starts_on` until `ends_on` (exclusive, as expected), or until `returned_on`.

    What was taken back has `cancelled_at` and counts for nothing.
    """

    __tablename__ = "suspensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    returned_on: Mapped[date | None]
    cancelled_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint("starts_on < returned_on", name="returns_after_it_starts"),
        Index(
            "uq_suspensions_resident_id_open",
            "resident_id",
            unique=True,
            sqlite_where=text("returned_on IS NULL AND cancelled_at IS NULL"),
            postgresql_where=text("returned_on IS NULL AND cancelled_at IS NULL"),
        ),
    )

    @property
    def until(self) -> date:
        return self.returned_on or self.ends_on


def open_suspension(resident_id: int) -> Suspension | None:
    """The one from which the resident has not come back."""
    return db.session.scalars(
        select(Suspension).where(
            Suspension.resident_id == resident_id,
            Suspension.returned_on.is_(None),
            Suspension.cancelled_at.is_(None),
        )
    ).one_or_none()


def suspended_spans(
    resident_ids: Iterable[int] | None = None,
) -> dict[int, list[tuple[date, date]]]:
    """(first day, exclusive end) of each resident's suspensions; everybody's without ids."""
    rows, values = _everybody() if resident_ids is None else _of(list(resident_ids))
    found: dict[int, list[tuple[date, date]]] = {}
    for resident_id, starts_on, ends_on, returned_on in columns(rows, values):
        found.setdefault(resident_id, []).append((starts_on, returned_on or ends_on))
    return found


@prepared
def _everybody():
    return (
        select(
            Suspension.resident_id,
            Suspension.starts_on,
            Suspension.ends_on,
            Suspension.returned_on,
        )
        .where(Suspension.cancelled_at.is_(None))
        .order_by(Suspension.resident_id, Suspension.starts_on)
    )


@prepared
def _of(resident_ids: list):
    rows, _values = _everybody()
    return rows.where(Suspension.resident_id.in_(resident_ids))
