"""Changing the plan in force itself, where two residents exchange placements.

The plan's rows and the placements change together, as they do in publishing; the change stands
among the plan's changes by hand.
"""

from collections.abc import Sequence
from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import Stale, db, hold
from trainingbase.people.models import Person
from trainingbase.rotations.actions.editing import HasBegun, NewBreaches, write_change
from trainingbase.rotations.actions.placing import Placed, place
from trainingbase.rotations.actions.telling import tell
from trainingbase.rotations.models import NotPublished, Placement, Plan, PlanChange
from trainingbase.rotations.queries.judging import judge, judge_rows
from trainingbase.rotations.queries.worsening import worse
from trainingbase.rotations.rules.rows import Row, to_json


def amend_plan(
    plan: Plan, *, removed: Sequence[Row], added: Sequence[Row], by: Person, at: datetime
) -> Placed:
    """Take rows out of the plan in force and put others in; the caller commits.

    Raises `NotPublished`, `HasBegun`, `NewBreaches`, and `Stale` when a row is not there any more.
    """
    today = at.astimezone(LOCAL).date()
    hold(plan, "version", "in_force")
    if not plan.in_force:
        raise NotPublished(plan.title)
    if any(row.starts_on <= today for row in (*removed, *added)):
        raise HasBegun
    before = judge(plan)
    gone = set(removed)
    if not gone <= set(before.rows):
        raise Stale(plan)
    rows = [row for row in before.rows if row not in gone] + list(added)
    after = judge_rows(before.facts, rows)
    breaches = worse(before, after, after.problem)
    if breaches:
        raise NewBreaches(breaches)
    write_change(plan, removed, added)
    plan.version += 1
    change = {"removed": to_json(removed), "added": to_json(added)}
    db.session.add(PlanChange(plan_id=plan.id, at=at, by_id=by.id, **change))
    residents = {row.resident for row in (*removed, *added)}
    placed = place(
        plan,
        [row for row in rows if row.resident in residents],
        Placement.resident_id.in_(residents),
        today=today,
        at=at,
    )
    record("amend-plan", plan, by=by, at=at, **change)
    tell(plan, placed, at=at)
    return placed
