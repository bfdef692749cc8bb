"""Teaching activities, and who attended."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    false,
    func,
    select,
    true,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.sites.models import Department
from trainingbase.training.rules import times

AUDIENCES = ("department", "year", "all")
"""The residents of the departments on the day; those of one intake; all in training."""

activity_speakers = Table(
    "activity_speakers",
    Model.metadata,
    Column("activity_id", ForeignKey("activities.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True, index=True),
)
"""Who speaks beside the first speaker."""

activity_departments = Table(
    "activity_departments",
    Model.metadata,
    Column("activity_id", ForeignKey("activities.id"), primary_key=True),
    Column("department_id", ForeignKey("departments.id"), primary_key=True, index=True),
)
"""Departments that hold an activity together with its own."""


class AlreadyCancelled(Exception):
    """What was cancelled is neither approved nor cancelled again."""


class AlreadyApproved(Exception):
    """What was approved is not changed but by a correction."""


class OwnActivity(Exception):
    """Who speaks does not approve it."""


class AlreadyHeld(Exception):
    """It has begun: only the office moves it to another day or hour."""


class NotHeldYet(Exception):
    """It has not begun, or has not been handed in: nobody can have attended."""


class Attendance(Model):
    """That a resident came.  `how` it was recorded: by the code on the screen, by the speaker, by
    a correction of the office, or out of a workbook; `by_id` who did, if not the resident.

    `counts` is settled when the activity is approved: without a signature that the base asks for,
    it does not.  `device` tells apart the telephones one activity was signed from, where the base
    takes each only once.
    """

    __tablename__ = "activity_attendances"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id"), primary_key=True, index=True
    )
    how: Mapped[str] = mapped_column(server_default="import")
    signed_in_at: Mapped[datetime | None]
    signed_out_at: Mapped[datetime | None]
    is_late: Mapped[bool] = mapped_column(server_default=false())
    counts: Mapped[bool] = mapped_column(server_default=true())
    reason: Mapped[str | None]
    device: Mapped[str | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    resident: Mapped[Resident] = relationship()
    activity: Mapped["Activity"] = relationship(viewonly=True)
    by: Mapped[Person | None] = relationship()

    __table_args__ = (
        CheckConstraint("how IN ('import', 'code', 'speaker', 'correction')", name="how_is_known"),
        Index("uq_activity_attendances_device", "activity_id", "device", unique=True),
    )


attendances = Attendance.__table__


class Activity(Versioned, Model):
    """A teaching event.  It counts once approved, unless it was cancelled.

    It is planned, then held, then handed in with the list of who came (`submitted_at`), then
    approved or returned.  `starts_at` is "14:30", local time.  `attended` is how many residents
    came; ask for it with `undefer`.
    """

    __tablename__ = "activities"

    id: Mapped[int] = mapped_column(primary_key=True)
    held_on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[str | None]
    hours: Mapped[Decimal | None]
    kind: Mapped[str]
    topic: Mapped[str]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    approved_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    score: Mapped[Decimal | None]
    room: Mapped[str | None]
    link: Mapped[str | None]
    audience: Mapped[str | None]
    audience_year: Mapped[int | None]
    note: Mapped[str | None]
    request_key: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    because: Mapped[str | None]
    reminded_at: Mapped[datetime | None]

    department: Mapped[Department | None] = relationship()
    speaker: Mapped[Person | None] = relationship()
    others: Mapped[list[Person]] = relationship(secondary=activity_speakers, order_by=Person.id)
    joint: Mapped[list[Department]] = relationship(
        secondary=activity_departments, order_by=Department.id
    )
    residents: Mapped[list[Resident]] = relationship(secondary=attendances, overlaps="resident")
    materials: Mapped[list["Material"]] = relationship(order_by="Material.id")
    attended: Mapped[int] = column_property(
        select(func.count())
        .select_from(attendances)
        .where(attendances.c.activity_id == id)
        .correlate_except(attendances)
        .scalar_subquery(),
        deferred=True,
    )

    __table_args__ = (
        CheckConstraint("hours > 0", name="hours_positive"),
        Index("ix_activities_kind_held_on", "kind", "held_on"),
        Index("uq_activities_request_key", "request_key", unique=True),
    )

    @property
    def counts(self) -> bool:
        return self.approved_at is not None and self.cancelled_at is None

    @property
    def state(self) -> str:
        """planned, waiting, returned, approved or cancelled."""
        if self.cancelled_at is not None:
            return "cancelled"
        if self.approved_at is not None:
            return "approved"
        if self.submitted_at is not None:
            return "waiting"
        return "planned" if self.returned_at is None else "returned"

    @property
    def is_open(self) -> bool:
        """Whether plan and list may still be changed."""
        return self.state in ("planned", "returned")

    @property
    def minutes(self) -> int | None:
        return None if self.hours is None else round(self.hours * 60)

    @property
    def begins(self) -> datetime:
        """The first moment; midnight where no time was said."""
        return times.begins(self.held_on, self.starts_at)

    @property
    def ends(self) -> datetime:
        return times.ends(self.held_on, self.starts_at, self.minutes)

    @property
    def until(self) -> str | None:
        """The time of day at which it ends."""
        return f"{self.ends:%H:%M}" if self.starts_at and self.hours else None

    @property
    def speaker_ids(self) -> set[int]:
        first = {self.speaker_id} if self.speaker_id is not None else set()
        return first | {one.id for one in self.others}

    def submit(self, at: datetime) -> None:
        """Handed in as held; a second time changes nothing."""
        self._is_alive()
        if self.approved_at is not None:
            raise AlreadyApproved
        if at < self.begins:
            raise NotHeldYet
        self.submitted_at = self.submitted_at or at
        self.returned_at, self.because = None, None

    def approve(self, at: datetime) -> None:
        """A second time changes nothing.  Raises `NotHeldYet` before it was handed in."""
        self._is_alive()
        if self.submitted_at is None and self.approved_at is None:
            raise NotHeldYet
        self.approved_at = self.approved_at or at

    def give_back(self, because: str, at: datetime) -> None:
        self._is_alive()
        if self.approved_at is not None:
            raise AlreadyApproved
        self.submitted_at, self.returned_at, self.because = None, at, because

    def cancel(self, at: datetime, because: str | None = None) -> None:
        self._is_alive()
        self.cancelled_at, self.because = at, because

    def _is_alive(self) -> None:
        if self.cancelled_at is not None:
            raise AlreadyCancelled


class Material(Model):
    """Slides, a case, a photograph: a file that belongs to an activity."""

    __tablename__ = "activity_materials"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)

    file: Mapped[StoredFile] = relationship()
