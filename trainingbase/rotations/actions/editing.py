"""Changing a draft by hand.  A change that brings a breach is not saved."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import Stale, db
from trainingbase.people.models import Person
from trainingbase.planner.situation import Breach
from trainingbase.rotations.models import AlreadyPublished, Plan, PlanChange, PlannedPlacement
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.judging import judge, judge_rows, new_breaches
from trainingbase.rotations.rules.rows import Row, from_json, to_json


class NewBreaches(Exception):
    """The change would bring breaches that the plan does not have; nothing was saved."""

    def __init__(self, breaches: Sequence[Breach]):
        super().__init__(breaches)
        self.breaches = breaches


class HasBegun(Exception):
    """What people are already doing is not moved any more."""


class NothingToUndo(Exception):
    """No change by hand is left to take back."""


def change_rows(
    plan: Plan,
    *,
    removed: Sequence[Row],
    added: Sequence[Row],
    version: int | None,
    by: Person,
    at: datetime,
) -> PlanChange:
    """Take rows out of a draft and put others in.

    Raises `Stale` when the plan, or one of the rows, is not what the person saw; `HasBegun`;
    `NewBreaches`.
    """
    _must_be_draft(plan)
    today = at.astimezone(LOCAL).date()
    if any(row.starts_on <= today for row in removed):
        raise HasBegun
    plan.expect(version)
    before = judge(plan)
    if not set(removed) <= set(before.rows):
        raise Stale(plan)
    gone = set(removed)
    after = [row for row in before.rows if row not in gone] + list(added)
    breaches = new_breaches(before, judge_rows(before.facts, after))
    if breaches:
        db.session.rollback()
        raise NewBreaches(breaches)
    write_change(plan, removed, added)
    change = PlanChange(
        plan_id=plan.id, at=at, by_id=by.id, removed=to_json(removed), added=to_json(added)
    )
    db.session.add(change)
    record("change-plan", plan, by=by, at=at, removed=to_json(removed), added=to_json(added))
    db.session.commit()
    return change


def undo(plan: Plan, *, version: int | None, by: Person, at: datetime) -> PlanChange:
    """Take the last change back.  Raises `NothingToUndo`, `Stale`."""
    _must_be_draft(plan)
    plan.expect(version)
    change = plans.last_change(plan)
    if change is None:
        db.session.rollback()
        raise NothingToUndo
    write_change(plan, from_json(change.added), from_json(change.removed))
    change.undone_at = at
    record("undo-plan-change", plan, by=by, at=at, change=change.id)
    db.session.commit()
    return change


def _must_be_draft(plan: Plan) -> None:
    if not plan.may_be_edited:
        raise AlreadyPublished(plan.title)


def write_change(plan: Plan, removed: Sequence[Row], added: Sequence[Row]) -> None:
    """Take rows out of a plan and put others in.  Raises `Stale` when one is not there."""
    for row in removed:
        found = db.session.scalars(
            select(PlannedPlacement.id).where(
                PlannedPlacement.plan_id == plan.id,
                PlannedPlacement.resident_id == row.resident,
                PlannedPlacement.starts_on == row.starts_on,
            )
        ).one_or_none()
        if found is None:
            raise Stale(plan)
        db.session.execute(delete(PlannedPlacement).where(PlannedPlacement.id == found))
    db.session.add_all(
        PlannedPlacement(
            plan_id=plan.id,
            resident_id=row.resident,
            department_id=row.department,
            standard_department_id=row.standard,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in added
    )
    db.session.flush()
