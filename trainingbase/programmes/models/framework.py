"""Competency frameworks, and what of a version serves which competency."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.programmes.models.programme import Programme, StandardDepartment


class Framework(Model):
    """An authority's framework in one version.  `code` is authority/framework/version.

    `whole` is how many entries it has where not all of them are here.
    """

    __tablename__ = "frameworks"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    authority: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str | None]
    edition: Mapped[str]
    kind: Mapped[str]
    whole: Mapped[int | None]
    loaded_at: Mapped[datetime]

    competencies: Mapped[list["Competency"]] = relationship(
        back_populates="framework", order_by="Competency.position"
    )

    __table_args__ = (
        CheckConstraint("kind IN ('competency', 'scale', 'evidence')", name="kind_is_known"),
    )


class Competency(Model):
    """One entry; `code` is its own within the framework (PC1), `level` its scale or what it asks
    for, `source` where it was read and `verification` how surely."""

    __tablename__ = "competencies"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("frameworks.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("competencies.id"))
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str | None]
    level: Mapped[str | None]
    source: Mapped[str | None]
    verification: Mapped[str | None]

    framework: Mapped[Framework] = relationship(back_populates="competencies")

    __table_args__ = (UniqueConstraint("framework_id", "code"),)


programme_frameworks = Table(
    "programme_frameworks",
    Model.metadata,
    Column("programme_id", ForeignKey("programmes.id"), primary_key=True),
    Column("framework_id", ForeignKey("frameworks.id"), primary_key=True),
)


class CompetencyLink(Model):
    """A rotation or an instrument (by its code) of a version serves a competency."""

    __tablename__ = "competency_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    competency_id: Mapped[int] = mapped_column(ForeignKey("competencies.id"), index=True)
    standard_department_id: Mapped[int | None] = mapped_column(
        ForeignKey("standard_departments.id")
    )
    instrument: Mapped[str | None]

    programme: Mapped[Programme] = relationship(back_populates="links")
    competency: Mapped[Competency] = relationship()
    standard_department: Mapped[StandardDepartment | None] = relationship()

    __table_args__ = (
        UniqueConstraint(
            "programme_id",
            "competency_id",
            "standard_department_id",
            "instrument",
            name="uq_competency_links_what",
        ),
        CheckConstraint(
            "(standard_department_id IS NULL) <> (instrument IS NULL)", name="one_subject"
        ),
    )
