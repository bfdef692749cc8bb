"""The curriculum as data: a resident stays on the version they started on."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned


class StandardDepartment(Model):
    """The programme's name for a kind of department (标准科室)."""

    __tablename__ = "standard_departments"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str | None]
    is_primary_care: Mapped[bool] = mapped_column(default=False)

    minimums: Mapped[list["Minimum"]] = relationship(back_populates="standard_department")


class Programme(Versioned, Model):
    """One version of a curriculum.  `code` is what workbooks and the planner call it (GP33)."""

    __tablename__ = "programmes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    months: Mapped[Decimal]
    is_sample: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]

    requirements: Mapped[list["Requirement"]] = relationship(
        back_populates="programme", order_by="Requirement.position"
    )
    elective_groups: Mapped[list["ElectiveGroup"]] = relationship(back_populates="programme")
    order_rules: Mapped[list["OrderRule"]] = relationship(back_populates="programme")


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
    predecessors: Mapped[list[StandardDepartment]] = relationship(secondary=order_rule_predecessors)

    __table_args__ = (
        UniqueConstraint("programme_id", "kind", "standard_department_id"),
        CheckConstraint("kind IN ('first', 'after', 'within_last')", name="kind_is_known"),
    )


class Minimum(Model):
    """How many of a disease, procedure or teaching activity a rotation must at least bring."""

    __tablename__ = "minimums"

    id: Mapped[int] = mapped_column(primary_key=True)
    standard_department_id: Mapped[int] = mapped_column(
        ForeignKey("standard_departments.id"), index=True
    )
    category: Mapped[str]  # disease, procedure, activity
    item: Mapped[str]
    count: Mapped[int]
    note: Mapped[str | None]

    standard_department: Mapped[StandardDepartment] = relationship(back_populates="minimums")

    __table_args__ = (
        UniqueConstraint("standard_department_id", "category", "item"),
        CheckConstraint(
            "category IN ('disease', 'procedure', 'activity')", name="category_is_known"
        ),
        CheckConstraint("count >= 0", name="count_not_negative"),
    )
