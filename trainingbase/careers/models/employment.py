"""Where a former resident worked, from when to when, and how we know."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.sites.models import Institution

SOURCES = ("office", "graduate", "link")


class Employment(Versioned, Model):
    """At an institution of the network, or at an `employer` outside it; `ends_on` is exclusive,
    without one it goes on.  `share` is 1 for full time.

    It counts once it is approved; what the office enters is so at once.  The records of one
    resident that wait or stand never overlap: `actions.employment` holds that under the
    resident's lock.  `left_why` is why they left it, `former_why` why they left the place before,
    as they said when they claimed this one.  `confirmed_on` is the last day on which somebody
    said that it still stands.
    """

    __tablename__ = "employments"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    employer: Mapped[str | None]
    post: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    share: Mapped[Decimal]
    left_why: Mapped[str | None]
    former_why: Mapped[str | None]
    note: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), index=True)
    source: Mapped[str]
    confirmed_on: Mapped[date | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    resident: Mapped[Resident] = relationship()
    institution: Mapped[Institution | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint("share > 0", name="share_positive"),
        CheckConstraint("(institution_id IS NULL) = (employer IS NOT NULL)", name="one_employer"),
        CheckConstraint("source IN ('office', 'graduate', 'link')", name="source_is_known"),
        CheckConstraint("(approved IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        Index("ix_employments_resident_id_starts_on", "resident_id", "starts_on"),
        Index("ix_employments_approved", "approved"),
    )

    @property
    def state(self) -> str:
        if self.withdrawn_at is not None:
            return "withdrawn"
        return {None: "waiting", True: "approved", False: "refused"}[self.approved]

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on is not None else None

    @property
    def name(self) -> str:
        return self.institution.name if self.institution is not None else self.employer or ""

    @property
    def name_en(self) -> str | None:
        return self.institution.name_en if self.institution is not None else None
