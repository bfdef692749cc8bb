"""Publishing a plan: from then on its placements are what people act on."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.planner.situation import Breach
from trainingbase.rotations.actions.placing import Placed, cancel, place
from trainingbase.rotations.actions.telling import tell, tell_of_withdrawal
from trainingbase.rotations.models import AlreadyPublished, NotReady, Plan
from trainingbase.rotations.queries import plans, published
from trainingbase.rotations.queries.judging import as_kept, judge


class Unlawful(Exception):
    """The plan has breaches and nobody gave a reason to publish it all the same."""

    def __init__(self, breaches: Sequence[Breach]):
        super().__init__(breaches)
        self.breaches = breaches


def publish_plan(
    plan: Plan,
    *,
    by: Person,
    at: datetime,
    reason: str | None = None,
    version: int | None = None,
) -> Placed:
    """Put the plan in force in place of the present one.

    A plan with breaches needs a `reason`.  With a `version`, the plan must be what was looked at.
    Raises `AlreadyPublished`, `NotReady`, `Stale`, `Unlawful`.
    """
    today = at.astimezone(LOCAL).date()
    _hold(plan)
    _must_be_ready(plan)
    if version is not None:
        plan.expect(version)
    judgement = judge(plan)
    if judgement.breaches and not (reason or "").strip():
        db.session.rollback()
        raise Unlawful(judgement.breaches)
    _replace_the_one_in_force(plan, by=by, at=at)
    plan.accepted = [as_kept(one) for one in judgement.breaches] or None
    rows = published.without_leavers(judgement.rows, today=today)
    placed = place(plan, rows, published.concerned_by(judgement), today=today, at=at)
    changes = placed.changes
    record(
        "publish-plan",
        plan,
        by=by,
        at=at,
        title=plan.title,
        reason=(reason or "").strip() or None,
        breaches=[_in_short(one) for one in judgement.breaches],
        kept=len(changes.kept),
        changed=len(changes.moved_end),
        added=len(changes.added),
        cancelled=len(changes.dropped),
    )
    tell(plan, placed, at=at)
    db.session.commit()
    return placed


def _hold(plan: Plan) -> None:
    """Nobody else publishes or withdraws it until this transaction ends."""
    db.session.execute(select(Plan.id).where(Plan.id == plan.id).with_for_update())
    db.session.refresh(plan)


def _must_be_ready(plan: Plan) -> None:
    if plan.published_at is not None:
        db.session.rollback()
        raise AlreadyPublished(plan.title)
    ready = plan.solved_at is not None and plan.discarded_at is None and not plan.is_what_if
    if not ready or not plans.row_count(plan):
        db.session.rollback()
        raise NotReady(plan.title)


def _in_short(breach: Breach) -> str:
    people, places = ",".join(breach.residents), ",".join(breach.departments)
    return f"{breach.rule}: residents {people}; departments {places}"


def _replace_the_one_in_force(plan: Plan, *, by: Person, at: datetime) -> None:
    title = plan.title
    previous = plans.plan_in_force()
    try:
        if previous is not None:
            previous.withdraw(by=by, at=at)
            db.session.flush()
        plan.publish(by=by, at=at)
        plan.version += 1
        db.session.flush()
    except IntegrityError as error:  # another plan came into force at the same moment
        db.session.rollback()
        raise AlreadyPublished(title) from error


def withdraw_plan(plan: Plan, *, by: Person, at: datetime) -> int:
    """Take the plan out of force: what has not begun is cancelled; how many placements that was.

    Raises `NotPublished`.
    """
    today = at.astimezone(LOCAL).date()
    _hold(plan)
    plan.withdraw(by=by, at=at)
    plan.version += 1
    coming = [one for one in published.live_since(today) if one.starts_on > today]
    cancel(coming, at=at)
    record("withdraw-plan", plan, by=by, at=at, title=plan.title, cancelled=len(coming))
    tell_of_withdrawal(plan, coming, at=at)
    db.session.commit()
    return len(coming)
