"""What a site has: equipment, staff, and what it did in a year."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.sites.models.department import Department
from trainingbase.sites.models.institution import Institution

EQUIPMENT_KINDS = ("ct", "dr", "ultrasound", "ecg", "rehabilitation", "other")
"""All but the last are also flags of the institution (`has_ct`, …)."""
TITLES = ("senior", "associate", "intermediate", "junior", "none")
"""正高 副高 中级 初级 无"""
QUALIFICATIONS = ("doctor", "master", "bachelor", "college", "other")


class EquipmentItem(Versioned, Model):
    """A named thing, of which there are `count`; of one department or of the whole site."""

    __tablename__ = "equipment_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    kind: Mapped[str]
    name: Mapped[str]
    count: Mapped[int]
    note: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    institution: Mapped[Institution] = relationship()
    department: Mapped[Department | None] = relationship()

    __table_args__ = (
        CheckConstraint(
            "kind IN ('ct', 'dr', 'ultrasound', 'ecg', 'rehabilitation', 'other')",
            name="kind_is_known",
        ),
        CheckConstraint("count >= 1", name="count_positive"),
    )


class StaffCount(Model):
    """How many of a site's staff held a title and a qualification at the end of a year."""

    __tablename__ = "staff_counts"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    year: Mapped[int]
    title: Mapped[str]
    qualification: Mapped[str]
    count: Mapped[int]

    institution: Mapped[Institution] = relationship()

    __table_args__ = (
        UniqueConstraint("institution_id", "year", "title", "qualification"),
        CheckConstraint(
            "title IN ('senior', 'associate', 'intermediate', 'junior', 'none')",
            name="title_is_known",
        ),
        CheckConstraint(
            "qualification IN ('doctor', 'master', 'bachelor', 'college', 'other')",
            name="qualification_is_known",
        ),
        CheckConstraint("count >= 0", name="count_not_negative"),
    )


class YearlyFigures(Versioned, Model):
    """Beds at the end of a year and what was done in it, by the whole institution or by one
    department; what is not known is None."""

    __tablename__ = "yearly_figures"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    year: Mapped[int]
    beds: Mapped[int | None]
    outpatients: Mapped[int | None]
    emergencies: Mapped[int | None]
    admissions: Mapped[int | None]

    institution: Mapped[Institution] = relationship()
    department: Mapped[Department | None] = relationship()

    __table_args__ = (
        CheckConstraint("beds >= 0", name="beds_not_negative"),
        CheckConstraint("outpatients >= 0", name="outpatients_not_negative"),
        CheckConstraint("emergencies >= 0", name="emergencies_not_negative"),
        CheckConstraint("admissions >= 0", name="admissions_not_negative"),
        Index(
            "uq_yearly_figures_institution_id_year",
            "institution_id",
            "year",
            unique=True,
            sqlite_where=(department_id.is_(None)),
            postgresql_where=(department_id.is_(None)),
        ),
        Index("uq_yearly_figures_department_id_year", "department_id", "year", unique=True),
    )
