"""What experts give teaching activities by the official score sheets."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainingbase.db import db
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import DEPARTMENT, MEAN, SCORE, SITE, Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.training.models import Activity
from trainingbase.training.queries import HELD

BAND, HIGHEST_BAND = 10, 90
ONE = Decimal(1)


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month the activity was held, about the one who spoke; a score and its band of ten."""
    rows = db.session.execute(
        select(Activity.held_on, Activity.department_id, Activity.speaker_id, Activity.score)
        .where(
            HELD,
            Activity.score.is_not(None),
            Activity.held_on >= starts_on,
            Activity.held_on < ends_on,
        )
        .order_by(Activity.id)
    )
    for held_on, department_id, speaker_id, score in rows:
        where = (first_of_month(held_on), department_id, None, speaker_id)
        yield Fact(*where, "sum:points", score)
        yield Fact(*where, "squares:points", score * score)
        yield Fact(*where, "n:points", ONE)
        yield Fact(*where, f"{SCORE}{band_of(score)}", ONE)


def band_of(score: Decimal) -> int:
    """The lowest score of its band of ten; 100 stands with those from 90 on."""
    return min(int(score) // BAND * BAND, HIGHEST_BAND)


INDICATOR = Indicator(
    key="activity-scores",
    group="teaching",
    name=_l("Scores of teaching activities"),
    definition=_l(
        "Mean of what experts gave the activities of the month by the official score sheets, of "
        "100. An activity with several sheets counts once, with their mean."
    ),
    numerator=_l("sum of the scores"),
    denominator=_l("activities scored"),
    facts=facts,
    parts={"points": _l("points of 100")},
    top=("sum:",),
    bottom=("n:",),
    unit=MEAN,
    unit_name=_l("points of 100"),
    splits=(SITE, DEPARTMENT),
    target="activity_score_target",
)
