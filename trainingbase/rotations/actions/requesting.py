"""Asking for a plan, and telling the worker to stop."""

from collections.abc import Sequence
from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.queue import enqueue_after_commit
from trainingbase.rotations.models import NotReady, Plan
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.problem import last_day_needed, problem_of
from trainingbase.rotations.rules.supposing import Supposition, from_json
from trainingbase.wishes.models import Round


class NothingToPlan(Exception):
    """Nobody of these cohorts is in training, or nobody owes anything any more."""


def request_plan(
    *,
    title: str,
    cohort_ids: Sequence[int],
    starts_on: date,
    months: int,
    seconds: int,
    by: Person | None,
    at: datetime,
    based_on: Plan | None = None,
    wish_round: Round | None = None,
    request_key: str | None = None,
    seed: int = 1,
    way: str | None = None,
    notice_days: int = 0,
    supposed: Sequence[Supposition] = (),
) -> Plan:
    """Ask for a plan of these cohorts; the worker solves it (see `rotations.solving`).

    It reaches over `months`, and further until everybody's training can end, and weighs what
    was wished in `wish_round`.  Asked twice with
    one `request_key` it is one plan.  Raises `NothingToPlan`.
    """
    known = plans.plan_by_key(request_key)
    if known is not None:
        return known
    begin = first_of_month(starts_on)
    plan = Plan(
        title=title,
        origin="solver",
        starts_on=begin,
        ends_on=months_later(begin, max(1, months)),
        based_on=based_on,
        wish_round=wish_round,
        seconds=seconds,
        seed=seed,
        requested_at=at,
        requested_by_id=by.id if by else None,
        request_key=request_key or None,
        cohorts=list(plans.cohorts_by_id(cohort_ids)),
        way=way,
        notice_days=notice_days,
        is_what_if=bool(supposed),
        supposed=[one.to_json() for one in supposed] or None,
    )
    db.session.add(plan)
    db.session.flush()
    if not problem_of(plan).residents:
        db.session.rollback()
        raise NothingToPlan
    plan.ends_on = last_day_needed(plan)
    record(
        "request-plan",
        plan,
        by=by,
        at=at,
        title=title,
        cohorts=list(cohort_ids),
        **({"supposed": plan.supposed} if plan.supposed else {}),
        **({"way": way, "notice_days": notice_days} if way else {}),
    )
    enqueue_after_commit(db.session, "solve-plan", plan_id=plan.id)
    db.session.commit()
    return plan


def request_replan(
    base: Plan,
    *,
    title: str,
    way: str,
    notice_days: int,
    seconds: int,
    by: Person,
    at: datetime,
    supposed: Sequence[Supposition] = (),
    request_key: str | None = None,
) -> Plan:
    """Ask for `base` again as things stand, or as they would stand with what is `supposed`.

    `way` is "least" (as few placements as possible move) or "best" (by cost alone).  Everybody in
    `base` is planned anew from this month on; when nothing could be placed in it, from what it was
    based on.  Raises `NothingToPlan`, `NotReady`.
    """
    if base.solved_at is None:
        raise NotReady(base.title)
    stands = base if plans.row_count(base) else base.based_on
    return request_plan(
        title=title,
        cohort_ids=plans.cohort_ids_within(base),
        starts_on=base.starts_on,
        months=(base.ends_on.year - base.starts_on.year) * 12
        + base.ends_on.month
        - base.starts_on.month,
        seconds=seconds,
        based_on=stands,
        wish_round=base.wish_round,
        by=by,
        at=at,
        request_key=request_key,
        way=way,
        notice_days=notice_days,
        supposed=[*from_json(base.supposed), *supposed],
    )


def ask_stop(plan: Plan, *, by: Person, at: datetime) -> None:
    """The worker stops at its next sign of life and keeps the best it has."""
    plan.stop_asked_at = plan.stop_asked_at or at
    record("stop-solving", plan, by=by, at=at)
    db.session.commit()
