"""The self-assessment of a year as it stood on a day, for ever."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person
from trainingbase.selfassessment.models.edition import OfficialForm


class SnapshotsStay(Exception):
    """A snapshot is neither changed nor deleted."""


class Snapshot(Model):
    """`content` is what the page said, in both languages; `digest` its SHA-256."""

    __tablename__ = "selfassessment_snapshots"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("selfassessment_editions.id"), index=True)
    year: Mapped[int]
    total: Mapped[Decimal]
    verdict: Mapped[str]
    content: Mapped[dict]
    digest: Mapped[str]
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)

    edition: Mapped[OfficialForm] = relationship()
    taken_by: Mapped[Person] = relationship()

    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_is_whole"),)


@event.listens_for(Snapshot, "before_update")
@event.listens_for(Snapshot, "before_delete")
def _stay(_mapper, _connection, _snapshot) -> None:
    raise SnapshotsStay
