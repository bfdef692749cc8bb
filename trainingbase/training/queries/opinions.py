"""What was thought of an activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.training.models import Activity, Rating, Score


@dataclass(frozen=True)
class Opinions:
    """`mean` is in per cent of the sheets' points, `stars` of 1 to 5; None without any.
    `texts` are without names."""

    scores: Sequence[Score]
    mean: Decimal | None
    ratings: int
    stars: Decimal | None
    texts: Sequence[str]


def opinions_of(activity: Activity) -> Opinions:
    scores = db.session.scalars(
        select(Score)
        .where(Score.activity_id == activity.id)
        .options(joinedload(Score.scorer))
        .order_by(Score.id)
    ).all()
    rated = db.session.execute(
        select(Rating.stars, Rating.text).where(Rating.activity_id == activity.id)
    ).all()
    total = sum((one.total for one in scores), Decimal(0))
    highest = sum((one.highest for one in scores), Decimal(0))
    stars = Decimal(sum(one.stars for one in rated)) / len(rated) if rated else None
    return Opinions(
        scores=scores,
        mean=round(total * 100 / highest, 1) if highest else None,
        ratings=len(rated),
        stars=round(stars, 1) if stars is not None else None,
        texts=sorted(one.text for one in rated if one.text),
    )


def rating_of(activity: Activity, resident_id: int) -> Rating | None:
    return db.session.get(Rating, (activity.id, resident_id))


def scorers(activity_ids: Sequence[int]) -> dict[int, int]:
    """How many have scored each."""
    rows = (
        select(Score.activity_id, func.count())
        .where(Score.activity_id.in_(activity_ids))
        .group_by(Score.activity_id)
    )
    return dict(db.session.execute(rows).all())
