"""What a version asks for beside months: minimums of each rotation, and assessments."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.programmes.models.programme import Programme, StandardDepartment

CATEGORIES = ("disease", "case", "procedure", "community", "workload", "activity")
TIMINGS = ("leaving", "placement", "monthly", "yearly", "training")


class Minimum(Model):
    """How many of a disease, case, procedure, community work, work counted by the day or teaching
    activity a rotation must at least bring to those who train by this version."""

    __tablename__ = "programme_minimums"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    standard_department_id: Mapped[int] = mapped_column(
        ForeignKey("standard_departments.id"), index=True
    )
    category: Mapped[str]
    item: Mapped[str]
    count: Mapped[int]
    note: Mapped[str | None]

    programme: Mapped[Programme] = relationship(back_populates="minimums")
    standard_department: Mapped[StandardDepartment] = relationship()

    __table_args__ = (
        UniqueConstraint(
            "programme_id",
            "standard_department_id",
            "category",
            "item",
            name="uq_programme_minimums_item",
        ),
        CheckConstraint(
            "category IN ('disease', 'case', 'procedure', 'community', 'workload', 'activity')",
            name="category_is_known",
        ),
        CheckConstraint("count >= 0", name="count_not_negative"),
    )


class PlannedAssessment(Model):
    """Which instrument (by its code) how often: `times` at the leaving of a placement, during
    each placement, each month, each year of training, or once in the whole training.

    In one standard department, or (None) in every one.
    """

    __tablename__ = "planned_assessments"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    instrument: Mapped[str]
    timing: Mapped[str]
    times: Mapped[int]
    standard_department_id: Mapped[int | None] = mapped_column(
        ForeignKey("standard_departments.id")
    )
    note: Mapped[str | None]

    programme: Mapped[Programme] = relationship(back_populates="assessments")
    standard_department: Mapped[StandardDepartment | None] = relationship()

    __table_args__ = (
        CheckConstraint(
            "timing IN ('leaving', 'placement', 'monthly', 'yearly', 'training')",
            name="timing_is_known",
        ),
        CheckConstraint("times > 0", name="times_positive"),
        Index("ix_planned_assessments_instrument", "instrument"),
    )
