"""Residents' plans and reflections, and what the owners of plans say."""

from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Resident
from trainingbase.history.actions import change
from trainingbase.judging.actions.committee import NotNow
from trainingbase.judging.models import LearningPlan, Reflection
from trainingbase.judging.queries.committee import row_by_key
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person


def make_plan(
    resident: Resident,
    answers: dict[str, Any],
    *,
    share: bool,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> LearningPlan:
    """A resident's own; a draft that nobody else sees unless it is shared."""
    known = row_by_key(LearningPlan, request_key)
    if known is not None:
        return known
    made = LearningPlan(
        resident_id=resident.id, origin="own", owner_id=by.id, made_at=at, made_by_id=by.id,
        shared_at=at if share else None, request_key=request_key or None, **answers,
    )  # fmt: skip
    db.session.add(made)
    record("make-learning-plan", made, by=by, at=at, shared=share)
    db.session.commit()
    return made


def change_plan(
    plan: LearningPlan,
    answers: dict[str, Any],
    *,
    share: bool,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """What was shared stays shared.  Raises `Stale`, and `NotNow` once it is closed."""
    plan.expect(version)
    _open(plan)
    _change("change-learning-plan", plan, answers, by=by, at=at)
    if share and plan.shared_at is None:
        plan.shared_at = at
    db.session.commit()


def _change(
    act: str, plan: LearningPlan, answers: dict[str, Any], *, by: Person, at: datetime
) -> None:
    """What a draft said before it was shared is kept nowhere: others read the history."""
    if plan.shared_at is not None:
        change(act, plan, answers, by=by, at=at)
        return
    for name, value in answers.items():
        setattr(plan, name, value)
    record(act, plan, by=by, at=at)


def _open(plan: LearningPlan) -> None:
    if plan.closed_at is not None:
        db.session.rollback()
        raise NotNow


def report(
    plan: LearningPlan,
    *,
    result: str,
    is_done: bool,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """The owner says how it stands.  A plan of the committee's is closed by the committee alone.
    Raises `Stale` and `NotNow`."""
    plan.expect(version)
    _open(plan)
    _change("report-learning-plan", plan, {"result": result}, by=by, at=at)
    plan.done_at = at if is_done else None
    if is_done and plan.origin == "own":
        plan.closed_at, plan.closed_by_id = at, by.id
    if by.id != plan.resident.person_id:
        leave("plan-reported", to_ids={plan.resident.person_id}, at=at, path="/judging/picture")
    db.session.commit()


def discard_plan(plan: LearningPlan, *, by: Person, at: datetime) -> None:
    """Of a draft.  Raises `NotNow` for what was shared."""
    hold(plan)
    if plan.shared_at is not None:
        db.session.rollback()
        raise NotNow
    record("discard-learning-plan", plan, by=by, at=at)
    db.session.delete(plan)
    db.session.commit()


def write(
    resident: Resident,
    answers: dict[str, Any],
    *,
    share: bool,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Reflection:
    known = row_by_key(Reflection, request_key)
    if known is not None:
        return known
    made = Reflection(
        resident_id=resident.id, written_at=at, shared_at=at if share else None,
        request_key=request_key or None, **answers,
    )  # fmt: skip
    db.session.add(made)
    record("write-reflection", made, by=by, at=at, shared=share)
    db.session.commit()
    return made


def rewrite(
    reflection: Reflection,
    answers: dict[str, Any],
    *,
    share: bool,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """It can be taken back from the others; what a frozen packet holds stays there.  What a
    reflection said before is kept nowhere: it is theirs.  Raises `Stale`."""
    reflection.expect(version)
    for name, value in answers.items():
        setattr(reflection, name, value)
    reflection.shared_at = (reflection.shared_at or at) if share else None
    record("change-reflection", reflection, by=by, at=at, shared=share)
    db.session.commit()


def discard(reflection: Reflection, *, by: Person, at: datetime) -> None:
    record("discard-reflection", reflection, by=by, at=at)
    db.session.delete(reflection)
    db.session.commit()
