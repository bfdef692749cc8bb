"""Keeping what the ratings of each cohort say together."""

from datetime import date, datetime

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort
from trainingbase.judging.models import KeptComparison
from trainingbase.judging.queries import comparing
from trainingbase.thresholds.queries import values


def keep(*, today: date, at: datetime) -> int:
    """Of cohorts where something has changed since; how many were reckoned anew.  Each is
    committed by itself: what was reckoned is not lost when the worker stops."""
    limits = values()
    cohorts = db.session.scalars(select(Cohort.id).order_by(Cohort.id)).all()
    states = comparing.states_of(cohorts, limits, today)
    kept = {one.cohort_id: one for one in db.session.scalars(select(KeptComparison))}
    changed = [
        (cohort, state)
        for cohort, state in states.items()
        if cohort not in kept or kept[cohort].state != state
    ]
    for cohort, state in changed:
        lines = comparing.reckoned([cohort], limits, today)[cohort]
        one = KeptComparison(cohort_id=cohort, state=state, lines=lines, kept_at=at)
        db.session.merge(one)
        db.session.commit()
    return len(changed)
