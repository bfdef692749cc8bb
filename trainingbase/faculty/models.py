"""Who teaches, where, since when, with which certificate, and when they are away."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.faculty.rules import lapse
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.sites.models import Department

ABSENCES = ("leave", "sick", "maternity", "study", "posting", "other")
"""请假 病假 产假 进修 下派 其他"""


faculty_photos = Table(
    "faculty_photos",
    Model.metadata,
    Column("faculty_member_id", ForeignKey("faculty_members.id"), primary_key=True),
    Column("file_id", ForeignKey("stored_files.id"), nullable=False),
)


class FacultyMember(Versioned, Model):
    """`inactive_on` is the first day on which they teach no more; `title_on` is when the title
    was obtained, `practising_since` the day from which years of practice count."""

    __tablename__ = "faculty_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    staff_number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_on: Mapped[date | None]
    degree: Mapped[str | None]
    scope: Mapped[str | None]
    practising_since: Mapped[date | None]
    primary_care_years: Mapped[int | None]
    most_residents: Mapped[int]
    inactive_on: Mapped[date | None]
    note: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(index=True, unique=True)

    person: Mapped[Person] = relationship()
    posts: Mapped[list["Post"]] = relationship(
        back_populates="faculty_member", cascade="all, delete-orphan", order_by="Post.id"
    )
    certificates: Mapped[list["Certificate"]] = relationship(
        back_populates="faculty_member", order_by="Certificate.issued_on"
    )
    absences: Mapped[list["Absence"]] = relationship(
        back_populates="faculty_member", order_by="Absence.starts_on"
    )
    photo: Mapped[StoredFile | None] = relationship(secondary=faculty_photos, uselist=False)

    __table_args__ = (CheckConstraint("most_residents >= 0", name="most_not_negative"),)

    @property
    def name(self) -> str:
        return self.person.name

    def is_active(self, today: date) -> bool:
        return self.inactive_on is None or self.inactive_on > today

    def years_of_practice(self, today: date) -> int | None:
        """Whole years."""
        since = self.practising_since
        if since is None:
            return None
        return today.year - since.year - ((today.month, today.day) < (since.month, since.day))


class Post(Versioned, Model):
    """A faculty member teaches in a department; the second one is marked (兼).  `ends_on` is
    exclusive; without days it has always been, and does not end."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    faculty_member_id: Mapped[int] = mapped_column(ForeignKey("faculty_members.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), index=True)
    is_second: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    faculty_member: Mapped[FacultyMember] = relationship(back_populates="posts")
    department: Mapped[Department] = relationship()

    __table_args__ = (UniqueConstraint("faculty_member_id", "department_id"),)

    def covers(self, day: date) -> bool:
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.ends_on is None or self.ends_on > day)


class Certificate(Versioned, Model):
    """A training certificate of a faculty member (师资证).  `ends_on` is the first day on which it
    is no longer valid; without one it is as many years after the issue as the base sets."""

    __tablename__ = "certificates"

    id: Mapped[int] = mapped_column(primary_key=True)
    faculty_member_id: Mapped[int] = mapped_column(ForeignKey("faculty_members.id"), index=True)
    number: Mapped[str]
    level: Mapped[str | None]
    issued_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))

    faculty_member: Mapped[FacultyMember] = relationship(back_populates="certificates")
    scan: Mapped[StoredFile | None] = relationship()

    __table_args__ = (UniqueConstraint("faculty_member_id", "number"),)

    def lapses_on(self, years: int) -> date | None:
        return lapse(self.issued_on, years, self.ends_on)


class Reminder(Model):
    """That somebody was told that a certificate lapses; once for each number of `days` before."""

    __tablename__ = "certificate_reminders"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), primary_key=True)
    lapses_on: Mapped[date] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]


class Absence(Versioned, Model):
    """Days on which a faculty member is not there; `ends_on` is exclusive."""

    __tablename__ = "faculty_absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    faculty_member_id: Mapped[int] = mapped_column(ForeignKey("faculty_members.id"), index=True)
    kind: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]

    faculty_member: Mapped[FacultyMember] = relationship(back_populates="absences")

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint(
            "kind IN ('leave', 'sick', 'maternity', 'study', 'posting', 'other')",
            name="kind_is_known",
        ),
    )

    @property
    def counts(self) -> bool:
        return self.withdrawn_at is None

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)
