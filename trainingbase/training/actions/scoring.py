"""Scores by the official sheets, and residents' own short opinions."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.training.models import Activity, Rating, Score
from trainingbase.training.sheets import Sheet


class OwnActivity(Exception):
    """Nobody scores what they spoke at themselves."""


class NotThere(Exception):
    """Only who attended says how it was."""


def score(
    activity: Activity,
    sheet: Sheet,
    points: Mapping[str, Decimal],
    text: str | None,
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> Score:
    """One sheet of each scorer, who may change it; the activity's score is the mean of all, in
    per cent.  Raises `OwnActivity` or `Stale`."""
    if by.id in activity.speaker_ids:
        raise OwnActivity
    answers = {
        "points": {code: str(number) for code, number in points.items()},
        "total": sum(points.values(), Decimal(0)),
        "note": text,
    }
    known = score_of(activity, by)
    if known is None:
        known = Score(
            activity_id=activity.id,
            scorer_id=by.id,
            sheet=sheet.code,
            edition=sheet.edition,
            highest=sheet.highest,
            scored_at=at,
            **answers,
        )
        db.session.add(known)
        record("score-activity", activity, by=by, at=at, total=known.total)
    else:
        known.expect(version)
        known.scored_at = at
        change("change-score", known, answers, by=by, at=at)
    db.session.flush()
    activity.score = _mean(activity)
    db.session.commit()
    return known


def score_of(activity: Activity, scorer: Person) -> Score | None:
    return db.session.scalar(
        select(Score).where(Score.activity_id == activity.id, Score.scorer_id == scorer.id)
    )


def _mean(activity: Activity) -> Decimal:
    total, highest = db.session.execute(
        select(func.sum(Score.total), func.sum(Score.highest)).where(
            Score.activity_id == activity.id
        )
    ).one()
    return (Decimal(total) * 100 / Decimal(highest)).quantize(Decimal("0.1"))


def rate(
    activity: Activity,
    resident: Resident,
    stars: int,
    text: str | None,
    *,
    attended: bool,
    at: datetime,
) -> None:
    """A second opinion replaces the first.  Raises `NotThere`."""
    if not attended:
        raise NotThere
    known = db.session.get(Rating, (activity.id, resident.id))
    if known is None:
        known = Rating(activity_id=activity.id, resident_id=resident.id)
        db.session.add(known)
    known.stars, known.text, known.rated_at = stars, text or None, at
    db.session.commit()
