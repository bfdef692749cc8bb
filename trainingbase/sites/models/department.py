"""A place's own units, how many residents they take, and when they take nobody."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person
from trainingbase.programmes.models import StandardDepartment
from trainingbase.sites.models.institution import Institution

department_standards = Table(
    "department_standards",
    Model.metadata,
    Column("department_id", ForeignKey("departments.id"), primary_key=True),
    Column("standard_department_id", ForeignKey("standard_departments.id"), primary_key=True),
)


class Department(Versioned, Model):
    """A place's own unit.  It takes up to `most` residents at once in all the standard
    departments it stands for; fewer than `fewest` is a wish missed, not a breach.  Both hold
    until the first of its `changes`; from `retired_on` on it takes nobody."""

    __tablename__ = "departments"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    most: Mapped[int]
    fewest: Mapped[int] = mapped_column(default=0)
    secretary_name: Mapped[str | None]
    note: Mapped[str | None]
    head_name: Mapped[str | None]
    head_title: Mapped[str | None]
    retired_on: Mapped[date | None]
    request_key: Mapped[str | None]

    institution: Mapped[Institution] = relationship(back_populates="departments")
    standards: Mapped[list[StandardDepartment]] = relationship(
        secondary=department_standards, order_by=StandardDepartment.id
    )
    closures: Mapped[list["Closure"]] = relationship(
        back_populates="department", order_by="Closure.starts_on", cascade="all, delete-orphan"
    )
    changes: Mapped[list["PlaceChange"]] = relationship(
        back_populates="department", order_by="PlaceChange.from_on", cascade="all, delete-orphan"
    )

    __table_args__ = (
        UniqueConstraint("institution_id", "name"),
        CheckConstraint("most >= 0", name="most_not_negative"),
        CheckConstraint("fewest BETWEEN 0 AND most", name="fewest_within_most"),
        Index("uq_departments_request_key", "request_key", unique=True),
    )

    def is_retired(self, today: date) -> bool:
        return self.retired_on is not None and self.retired_on <= today


class ShortName(Model):
    """What the grid calls a standard department at a department (肾内(城东)); one department
    that stands for two has two."""

    __tablename__ = "short_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str | None]
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), index=True)
    standard_department_id: Mapped[int] = mapped_column(ForeignKey("standard_departments.id"))
    colour: Mapped[str | None]

    department: Mapped[Department] = relationship()
    standard_department: Mapped[StandardDepartment] = relationship()

    __table_args__ = (UniqueConstraint("department_id", "standard_department_id"),)


class PlaceChange(Model):
    """From the first of a month on a department takes another number of residents."""

    __tablename__ = "place_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    from_on: Mapped[date]
    most: Mapped[int]
    fewest: Mapped[int] = mapped_column(default=0)
    why: Mapped[str | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    department: Mapped[Department] = relationship(back_populates="changes")
    made_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        UniqueConstraint("department_id", "from_on"),
        CheckConstraint("most >= 0", name="most_not_negative"),
        CheckConstraint("fewest BETWEEN 0 AND most", name="fewest_within_most"),
    )


class Closure(Model):
    """A time in which a department takes nobody; `ends_on` is exclusive."""

    __tablename__ = "closures"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str | None]

    department: Mapped[Department] = relationship(back_populates="closures")

    __table_args__ = (
        UniqueConstraint("department_id", "starts_on"),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
    )
