"""The network: institutions, their departments, and when they take residents."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.programmes.models import StandardDepartment

LEVELS = ("lead", "partner", "branch", "community", "township", "village")
PRIMARY_LEVELS = ("community", "township", "village")


class Institution(Versioned, Model):
    """A legal unit.  `agreement_ends_on` is exclusive; without one it does not end."""

    __tablename__ = "institutions"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str | None]
    level: Mapped[str]
    address: Mapped[str | None]
    beds: Mapped[int | None]
    catchment: Mapped[int | None]
    agreement_starts_on: Mapped[date | None]
    agreement_ends_on: Mapped[date | None]
    has_ct: Mapped[bool] = mapped_column(default=False)
    has_dr: Mapped[bool] = mapped_column(default=False)
    has_ultrasound: Mapped[bool] = mapped_column(default=False)
    has_ecg: Mapped[bool] = mapped_column(default=False)
    has_rehabilitation: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]

    departments: Mapped[list["Department"]] = relationship(back_populates="institution")

    __table_args__ = (
        CheckConstraint(
            "level IN ('lead', 'partner', 'branch', 'community', 'township', 'village')",
            name="level_is_known",
        ),
        CheckConstraint("agreement_starts_on < agreement_ends_on", name="agreement_in_order"),
        CheckConstraint("beds >= 0", name="beds_not_negative"),
        CheckConstraint("catchment >= 0", name="catchment_not_negative"),
    )

    @property
    def is_primary_care(self) -> bool:
        return self.level in PRIMARY_LEVELS


department_standards = Table(
    "department_standards",
    Model.metadata,
    Column("department_id", ForeignKey("departments.id"), primary_key=True),
    Column("standard_department_id", ForeignKey("standard_departments.id"), primary_key=True),
)


class Department(Versioned, Model):
    """A place's own unit.  It takes up to `most` residents at once in all the standard
    departments it stands for; fewer than `fewest` is a wish missed, not a breach."""

    __tablename__ = "departments"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    most: Mapped[int]
    fewest: Mapped[int] = mapped_column(default=0)
    secretary_name: Mapped[str | None]
    note: Mapped[str | None]

    institution: Mapped[Institution] = relationship(back_populates="departments")
    standards: Mapped[list[StandardDepartment]] = relationship(
        secondary=department_standards, order_by=StandardDepartment.id
    )
    closures: Mapped[list["Closure"]] = relationship(
        back_populates="department", order_by="Closure.starts_on", cascade="all, delete-orphan"
    )

    __table_args__ = (
        UniqueConstraint("institution_id", "name"),
        CheckConstraint("most >= 0", name="most_not_negative"),
        CheckConstraint("fewest BETWEEN 0 AND most", name="fewest_within_most"),
    )


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
