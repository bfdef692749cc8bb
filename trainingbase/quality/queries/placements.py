"""Placements done against plan, and places used."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.incentives.rules.months import HALF, months_within
from trainingbase.leaving.queries import OUTCOMES
from trainingbase.quality.queries.scope import Scope
from trainingbase.quality.rules import Done, Used
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.sites.queries.places import places_in


def ending_in(scope: Scope) -> list:
    """Conditions on placements whose last day lies in the period."""
    return [
        *scope.of_placements(),
        Placement.ends_on > scope.starts_on,
        Placement.ends_on <= scope.ends_on,
    ]


def done_against_plan(scope: Scope, *, today: date) -> dict[tuple[date, int], Done]:
    """By month of the last day and department.  A placement is done once it has ended and
    was passed and left."""
    rows = db.session.execute(
        select(Placement.ends_on, Placement.department_id, OUTCOMES.c.passed, func.count())
        .outerjoin(OUTCOMES, OUTCOMES.c.placement_id == Placement.id)
        .where(*ending_in(scope))
        .group_by(Placement.ends_on, Placement.department_id, OUTCOMES.c.passed)
    )
    found: dict[tuple[date, int], Done] = defaultdict(Done)
    for ends_on, department_id, passed, count in rows:
        month_on = (ends_on - timedelta(days=1)).replace(day=1)
        found[month_on, department_id] += Done(**{became(ends_on, passed, today): count})
    return dict(found)


def became(ends_on: date, passed: int | None, today: date) -> str:
    """The part of `Done` in which a placement counts."""
    if ends_on > today:
        return "ahead"
    if passed is None:
        return "unassessed"
    return "passed" if passed else "failed"


def places_used(scope: Scope) -> dict[int, dict[date, Used]]:
    """By department and month; half months count by their middle days, as for pay.  Departments
    without places and without residents in the period are left out."""
    months = scope.months
    used = _months_spent(scope)
    found: dict[int, dict[date, Used]] = {}
    for department_id, offered in _places_offered(scope).items():
        row = {
            month: Used(used[department_id, month], offered.get(month, Decimal(0)))
            for month in months
        }
        if any(one.used or one.places for one in row.values()):
            found[department_id] = row
    return found


def _months_spent(scope: Scope) -> dict[tuple[int, date], Decimal]:
    rows = db.session.execute(
        select(Placement.department_id, Placement.starts_on, Placement.ends_on, func.count())
        .where(
            *scope.of_placements(),
            Placement.starts_on < scope.ends_on,
            Placement.ends_on > scope.starts_on,
        )
        .group_by(Placement.department_id, Placement.starts_on, Placement.ends_on)
    ).all()
    spent: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for department_id, starts_on, ends_on, count in rows:
        for month in scope.months:
            if starts_on < scope.ends_on and (halves := months_within(starts_on, ends_on, month)):
                spent[department_id, month] += halves * count
    return spent


def _places_offered(scope: Scope) -> dict[int, dict[date, Decimal]]:
    """Places × open halves of the month, by the rule that plans are made with."""
    which = [Department.id == scope.department_id] if scope.department_id else []
    found = places_in(scope.months, *which)
    return {
        number: {month: HALF * sum(there.halves) for month, there in by_month.items()}
        for number, by_month in found.items()
    }
