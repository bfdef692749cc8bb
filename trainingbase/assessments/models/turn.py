"""A request of the plan that waits for its day, or for its turn."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.assessments.models.request import Request
from trainingbase.db import Model
from trainingbase.enrolment.models import Resident
from trainingbase.instruments.models import Instrument
from trainingbase.rotations.models import Placement


class PlannedRequest(Model):
    """`code` is the form (its version is chosen when it is sent), `slot` which of the forms that
    the plan wants: it is sent once.  It is not sent before `wanted_on`; what has a `due_on` is
    due before the resident leaves.  `guests` is how many guests are to be asked; 0 where one person
    of the house answers."""

    __tablename__ = "planned_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    code: Mapped[str]
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    slot: Mapped[str]
    wanted_on: Mapped[date]
    due_on: Mapped[date | None]
    planned_at: Mapped[datetime]
    guests: Mapped[int] = mapped_column(default=0, server_default="0")
    sent_at: Mapped[datetime | None]
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("assessment_requests.id"), unique=True
    )

    instrument: Mapped[Instrument] = relationship()
    resident: Mapped[Resident] = relationship()
    placement: Mapped[Placement] = relationship()
    request: Mapped[Request | None] = relationship()

    __table_args__ = (
        UniqueConstraint("resident_id", "code", "slot"),
        Index(
            "ix_planned_requests_waiting",
            "wanted_on",
            sqlite_where=text("sent_at IS NULL"),
            postgresql_where=text("sent_at IS NULL"),
        ),
    )
