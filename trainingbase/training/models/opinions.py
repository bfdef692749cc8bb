"""What experts score by the official sheets, and what residents think."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person


class Score(Versioned, Model):
    """One scorer's sheet: the points of each item by its code, and their sum.  What was asked is
    found by `sheet` and `edition` in `training.sheets`, and stays as it was asked."""

    __tablename__ = "activity_scores"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    scorer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    sheet: Mapped[str]
    edition: Mapped[str]
    points: Mapped[dict]
    total: Mapped[Decimal]
    highest: Mapped[Decimal]
    note: Mapped[str | None]
    scored_at: Mapped[datetime]

    scorer: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("activity_id", "scorer_id"),
        CheckConstraint("total BETWEEN 0 AND highest", name="total_within_highest"),
    )


class Rating(Model):
    """A resident's own short opinion of an activity they attended, 1 to 5."""

    __tablename__ = "activity_ratings"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id"), primary_key=True, index=True
    )
    stars: Mapped[int]
    text: Mapped[str | None]
    rated_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 5", name="stars_one_to_five"),)
