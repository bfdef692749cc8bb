"""What publishing a plan would change."""

from datetime import date

from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries import published
from trainingbase.rotations.queries.judging import Judgement
from trainingbase.rotations.rules.reconciling import Changes, reconcile


def changes_by_publishing(plan: Plan, judgement: Judgement, *, today: date) -> Changes:
    live = published.live_since(plan.starts_on, published.concerned_by(judgement))
    return reconcile(published.as_live(live), judgement.rows, today=today)
