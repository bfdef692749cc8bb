"""What a department tells whoever arrives: its page, its papers, and the base's checklist."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department


class InductionItem(Versioned, Model):
    """A line of the checklist that every department goes through; retired, it is asked no more
    but stays where it was ticked."""

    __tablename__ = "induction_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str | None]
    retired_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)


class Induction(Versioned, Model):
    """The induction page of one department: where, when and whom to meet, and what to know.

    `is_general_practice` says by which numbers of beds (`thresholds`) it is judged.
    """

    __tablename__ = "inductions"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), unique=True)
    place: Mapped[str | None]
    meets_at: Mapped[str | None]  # "07:50", local time
    contact: Mapped[str | None]
    telephone: Mapped[str | None]
    about: Mapped[str | None]
    about_en: Mapped[str | None]
    is_general_practice: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    department: Mapped[Department] = relationship()
    changed_by: Mapped[Person | None] = relationship()


class InductionPaper(Model):
    """A file of a department for whoever arrives.  Taken away it is shown no more, and can be
    put back."""

    __tablename__ = "induction_papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), index=True)
    title: Mapped[str]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    removed_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    department: Mapped[Department] = relationship()
    file: Mapped[StoredFile] = relationship()
    added_by: Mapped[Person | None] = relationship()


class InductionReading(Model):
    """That the resident of a placement has read the department's page; once."""

    __tablename__ = "induction_readings"

    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), primary_key=True)
    read_at: Mapped[datetime]

    placement: Mapped[Placement] = relationship()
