"""A placement that people act on: published, and changed only by publishing again."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.programmes.models import StandardDepartment
from trainingbase.sites.models import Department


class Placement(Versioned, Model):
    """Kept when a new plan says the same, so that what hangs on it stays: assessments,
    attendance, amounts.  What a new plan drops is cancelled, never deleted.  `sequence` counts
    changes for calendars.  `repeats_at`: since when it is decided that it was failed and is done
    again, so that its months do not count.
    """

    __tablename__ = "placements"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    standard_department_id: Mapped[int] = mapped_column(ForeignKey("standard_departments.id"))
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("faculty_members.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    published_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    sequence: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None]
    repeats_at: Mapped[datetime | None]

    resident: Mapped[Resident] = relationship()
    department: Mapped[Department] = relationship()
    standard_department: Mapped[StandardDepartment] = relationship()
    supervisor: Mapped[FacultyMember | None] = relationship()

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        Index("ix_placements_resident_id_starts_on", "resident_id", "starts_on"),
        Index("ix_placements_department_id_starts_on", "department_id", "starts_on"),
        Index(
            "uq_placements_resident_id_starts_on_live",
            "resident_id",
            "starts_on",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )

    @property
    def is_live(self) -> bool:
        return self.cancelled_at is None

    def covers(self, day: date) -> bool:
        return self.is_live and self.starts_on <= day < self.ends_on
