"""Monthly figures, kept so that a page need not add up years of rows."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model


class MonthlyFigure(Model):
    """As `rules.facts.Kept`, of one indicator (by its key)."""

    __tablename__ = "quality_months"

    indicator: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    month_on: Mapped[date] = mapped_column(primary_key=True)
    level_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cohort_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[Decimal]

    __table_args__ = (Index("ix_quality_months_level_month_on", "level", "month_on"),)


class MonthlyCrowd(Model):
    """As `rules.facts.Crowd`, of one indicator."""

    __tablename__ = "quality_crowds"

    indicator: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    month_on: Mapped[date] = mapped_column(primary_key=True)
    level_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]


class Count(Model):
    """That an indicator's months are kept, since when, and whether the rows agreed at night:
    `differences` is how many sums did not, None before the first check."""

    __tablename__ = "quality_counts"

    indicator: Mapped[str] = mapped_column(primary_key=True)
    counted_at: Mapped[datetime]
    counted_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    verified_at: Mapped[datetime | None]
    differences: Mapped[int | None]


class Touch(Model):
    """That rows changed since the months were counted: what one of the indicators reads.

    `what` says whose months (see `queries.touched`): of the days [starts_on, ends_on), of the
    placement, the activity or the resident with this `key`, or all there are.  The one who counts
    removes the touches it has seen, and no others.
    """

    __tablename__ = "quality_touches"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]
    key: Mapped[int | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
