"""How many a programme takes in a year, and by which scores."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.programmes.models import Programme


class Intake(Versioned, Model):
    """The plan of one programme for one year (招录计划).

    `starts_on` is when training begins; who was admitted reports in before `report_ends_on`
    (exclusive).  The highest scores are what a share of is shown.
    """

    __tablename__ = "intakes"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    planned: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    report_ends_on: Mapped[date]
    written_most: Mapped[Decimal]
    interview_most: Mapped[Decimal]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    request_key: Mapped[str | None] = mapped_column(unique=True)

    programme: Mapped[Programme] = relationship()

    __table_args__ = (
        UniqueConstraint("year", "programme_id"),
        CheckConstraint("planned >= 0", name="planned_not_negative"),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint("written_most > 0 AND interview_most > 0", name="most_positive"),
    )
