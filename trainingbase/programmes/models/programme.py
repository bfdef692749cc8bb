"""Versions of programmes: what is trained where, how long, in which order."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person

if TYPE_CHECKING:
    from trainingbase.programmes.models.framework import CompetencyLink, Framework
    from trainingbase.programmes.models.wanted import Minimum, PlannedAssessment

DRAFT, IN_FORCE, RETIRED = "draft", "in_force", "retired"


class InUse(Exception):
    """People train by this version, or may: it stays as it is.  Make a version of it."""


class AlreadyInForce(Exception):
    """Another version of the family is in force from the same intake year."""


class StandardDepartment(Versioned, Model):
    """The programme's name for a kind of department (标准科室)."""

    __tablename__ = "standard_departments"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str | None]
    is_primary_care: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1, server_default="1")


def _own_code(context) -> str:
    return context.get_current_parameters()["code"]


class Programme(Versioned, Model):
    """One version of a curriculum.

    `code` is its own; `family` (the code of its first version: GP33) is what workbooks call all
    its versions, and `edition` counts these.  It is a draft, then in force for those who begin in
    `from_year` (None: whenever) or later, then retired: no longer for new residents.
    """

    __tablename__ = "programmes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    family: Mapped[str] = mapped_column(default=_own_code, server_default="")
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    name: Mapped[str]
    name_en: Mapped[str | None]
    months: Mapped[Decimal]
    is_sample: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]
    from_year: Mapped[int | None]
    copied_from_id: Mapped[int | None]
    made_at: Mapped[datetime | None]
    made_by_id: Mapped[int | None]
    in_force_at: Mapped[datetime | None]
    in_force_by_id: Mapped[int | None]
    retired_at: Mapped[datetime | None]
    retired_by_id: Mapped[int | None]

    requirements: Mapped[list["Requirement"]] = relationship(
        back_populates="programme",
        order_by="(Requirement.position, Requirement.id)",
        cascade="all, delete-orphan",
    )
    elective_groups: Mapped[list["ElectiveGroup"]] = relationship(
        back_populates="programme", order_by="ElectiveGroup.id", cascade="all, delete-orphan"
    )
    order_rules: Mapped[list["OrderRule"]] = relationship(
        back_populates="programme", order_by="OrderRule.id", cascade="all, delete-orphan"
    )
    minimums: Mapped[list["Minimum"]] = relationship(
        back_populates="programme", order_by="Minimum.id", cascade="all, delete-orphan"
    )
    assessments: Mapped[list["PlannedAssessment"]] = relationship(
        back_populates="programme", order_by="PlannedAssessment.id", cascade="all, delete-orphan"
    )
    links: Mapped[list["CompetencyLink"]] = relationship(
        back_populates="programme", order_by="CompetencyLink.id", cascade="all, delete-orphan"
    )
    frameworks: Mapped[list["Framework"]] = relationship(
        secondary="programme_frameworks", order_by="Framework.id"
    )
    in_force_by: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Programme.in_force_by_id) == Person.id", viewonly=True
    )
    retired_by: Mapped[Person | None] = relationship(
        primaryjoin="foreign(Programme.retired_by_id) == Person.id", viewonly=True
    )
    copied_from: Mapped["Programme | None"] = relationship(
        primaryjoin="foreign(Programme.copied_from_id) == remote(Programme.id)", viewonly=True
    )

    __table_args__ = (Index("uq_programmes_family_edition", "family", "edition", unique=True),)

    @property
    def state(self) -> str:
        if self.retired_at is not None:
            return RETIRED
        return DRAFT if self.in_force_at is None else IN_FORCE


class ElectiveGroup(Model):
    """Departments of which `months` in all must be chosen (选轮组)."""

    __tablename__ = "elective_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    name: Mapped[str]
    months: Mapped[Decimal]

    programme: Mapped[Programme] = relationship(back_populates="elective_groups")

    __table_args__ = (UniqueConstraint("programme_id", "name"),)


class Requirement(Model):
    """So many months in a standard department.  Months may be halves (0.5)."""

    __tablename__ = "requirements"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    standard_department_id: Mapped[int] = mapped_column(ForeignKey("standard_departments.id"))
    elective_group_id: Mapped[int | None] = mapped_column(ForeignKey("elective_groups.id"))
    position: Mapped[int]
    months: Mapped[Decimal]
    may_split: Mapped[bool]
    shortest_stretch: Mapped[Decimal]
    at_primary_site: Mapped[bool]

    programme: Mapped[Programme] = relationship(back_populates="requirements")
    standard_department: Mapped[StandardDepartment] = relationship()
    elective_group: Mapped[ElectiveGroup | None] = relationship()

    __table_args__ = (
        UniqueConstraint("programme_id", "standard_department_id"),
        CheckConstraint("months > 0", name="months_positive"),
        CheckConstraint("shortest_stretch <= months", name="stretch_within_months"),
    )


order_rule_predecessors = Table(
    "order_rule_predecessors",
    Model.metadata,
    Column("order_rule_id", ForeignKey("order_rules.id"), primary_key=True),
    Column("standard_department_id", ForeignKey("standard_departments.id"), primary_key=True),
)


class OrderRule(Model):
    """`first`: `months` of it lie in the first `within` months; `after`: it begins once all its
    predecessors are finished; `within_last`: it lies in the last `within` months."""

    __tablename__ = "order_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    kind: Mapped[str]
    standard_department_id: Mapped[int] = mapped_column(ForeignKey("standard_departments.id"))
    months: Mapped[Decimal | None]
    within: Mapped[int | None]

    programme: Mapped[Programme] = relationship(back_populates="order_rules")
    standard_department: Mapped[StandardDepartment] = relationship()
    predecessors: Mapped[list[StandardDepartment]] = relationship(
        secondary=order_rule_predecessors, order_by=StandardDepartment.id
    )

    __table_args__ = (
        UniqueConstraint("programme_id", "kind", "standard_department_id"),
        CheckConstraint("kind IN ('first', 'after', 'within_last')", name="kind_is_known"),
    )
