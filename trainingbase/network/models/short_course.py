"""Staff of a site who learn for some months in a department of the lead hospital."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.sites.models import Department, Institution


class ShortCourse(Versioned, Model):
    """`name` is the learner, `person` the same one where the portal knows them; `ends_on` is
    exclusive.  Whether it is long enough to count, `rules.counts` says."""

    __tablename__ = "staff_courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    name: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    certificate: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    note: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    institution: Mapped[Institution] = relationship()
    person: Mapped[Person | None] = relationship()
    department: Mapped[Department] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    __table_args__ = (CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),)
