"""An offer to exchange a placement, from the first word to the last."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement, Plan

OPEN, ACCEPTED, DONE = "open", "accepted", "done"
STATES = (OPEN, ACCEPTED, DONE, "refused", "withdrawn", "expired", "void", "undone")
PENDING = (OPEN, ACCEPTED)


class NotOpen(Exception):
    """The offer is not waiting for this any more: taken, withdrawn, expired, void or decided."""


class NotForYou(Exception):
    """Only the one who offered may do this, or only another one."""


class TooSoon(Exception):
    """Something of it begins within the days of notice that the base sets."""


class AlreadyOffered(Exception):
    """The placement is on offer already."""


class Offer(Versioned, Model):
    """`wanted` are the results to which the resident agreed: for each a list of rows they would
    get.  Once accepted, `removed` and `added` are the rows of the exchange, of both residents
    (see `rotations.rules.rows`).  An open offer ends on `expires_on` (exclusive).
    """

    __tablename__ = "swap_offers"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    to_resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    word: Mapped[str | None]
    wanted: Mapped[list]
    state: Mapped[str] = mapped_column(default=OPEN)
    offered_at: Mapped[datetime]
    expires_on: Mapped[date]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"), index=True)
    accepted_at: Mapped[datetime | None]
    removed: Mapped[list | None]
    added: Mapped[list | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    plan: Mapped[Plan] = relationship()
    resident: Mapped[Resident] = relationship(foreign_keys=[resident_id])
    to_resident: Mapped[Resident | None] = relationship(foreign_keys=[to_resident_id])
    taken_by: Mapped[Resident | None] = relationship(foreign_keys=[taken_by_id])
    closed_by: Mapped[Person | None] = relationship()
    placement: Mapped[Placement] = relationship()

    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'accepted', 'done', 'refused', 'withdrawn', 'expired', 'void', "
            "'undone')",
            name="state_is_known",
        ),
        CheckConstraint(
            "state NOT IN ('accepted', 'done', 'undone') OR taken_by_id IS NOT NULL",
            name="taken_once_accepted",
        ),
        Index("ix_swap_offers_state_expires_on", "state", "expires_on"),
        Index(
            "uq_swap_offers_placement_id_pending",
            "placement_id",
            unique=True,
            sqlite_where=text("state IN ('open', 'accepted')"),
            postgresql_where=text("state IN ('open', 'accepted')"),
        ),
    )

    def is_open(self, today: date) -> bool:
        return self.state == OPEN and today < self.expires_on
