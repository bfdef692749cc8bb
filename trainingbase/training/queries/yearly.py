"""What a plan of a year would make, from how often each kind is due and what stands already."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.sites.models import Department
from trainingbase.training.models import (
    Activity,
    Kind,
    Material,
    Planned,
    Slot,
    YearPlan,
    activity_departments,
    attendances,
)
from trainingbase.training.queries.calendars import working_days
from trainingbase.training.queries.choices import faculty_by_department
from trainingbase.training.queries.kept import kinds_with_rules, place_of, rules_of
from trainingbase.training.queries.speakers import spoken_between
from trainingbase.training.rules.keeping import rule_for
from trainingbase.training.rules.periods import Period, days_of, periods_touching
from trainingbase.training.rules.planning import Need, Outcome, arranged

MARGIN = timedelta(days=31)
WORKDAYS = 5


@dataclass(frozen=True)
class Line:
    """One kind at one department over the whole span."""

    department: Department
    kind: Kind
    times: int
    period: str
    due: int
    stands: int


@dataclass(frozen=True)
class Preview:
    lines: Sequence[Line]
    outcome: Outcome
    made: Counter
    """How many would be made, by department and kind."""


def preview(
    departments: Sequence[Department],
    span: Period,
    *,
    kind_id: int,
    starts_at: str,
    today: date,
) -> Preview:
    """Nothing before `today` is planned; eight statements however many departments there are."""
    ids = [one.id for one in departments]
    kinds = [one for one in kinds_with_rules() if not kind_id or one.id == kind_id]
    stands = _standing(span)
    slots = {(one.department_id, one.kind_id): one for one in _slots(ids)}
    lines, needs = [], []
    for department in departments:
        for kind in kinds:
            rule = rule_for(place_of(department), rules_of(kind))
            if rule is None:
                continue
            taken = stands[department.id, kind.name]
            periods = periods_touching(rule.period, *span)
            here = sum(span[0] <= day < span[1] for day in taken.elements())
            lines.append(
                Line(department, kind, rule.times, rule.period, rule.times * len(periods), here)
            )
            slot = slots.get((department.id, kind.id)) or _usual(department, kind, starts_at)
            needs += _needs(department, kind, slot, rule.times, periods, taken)
    spoken = spoken_between(*span)
    outcome = arranged(
        needs,
        span=(max(span[0], today), span[1]),
        faculty=faculty_by_department(ids, today),
        load=Counter(person_id for person_id, _day in spoken),
        busy=spoken,
        is_working=working_days(departments, *span),
    )
    made = Counter((one.department_id, one.kind) for one in outcome.proposed)
    return Preview(lines, outcome, made)


def _needs(department, kind, slot, times, periods, taken):
    for period in periods:
        held = sum(taken[day] for day in days_of(period))
        if held < times:
            yield Need(
                department_id=department.id,
                kind=kind.name,
                period=period,
                missing=times - held,
                weekday=slot.weekday,
                starts_at=slot.starts_at,
                minutes=kind.minutes,
                room=slot.room,
                taken=frozenset(day for day, number in taken.items() if number),
                later=kind.position % 2 == 1,
            )


def _usual(department: Department, kind: Kind, starts_at: str) -> Slot:
    """A weekday of its own for each kind, another in each department, until one is chosen."""
    return Slot(weekday=(department.id + 2 * kind.position) % WORKDAYS, starts_at=starts_at)


def _slots(ids: Sequence[int]) -> Sequence[Slot]:
    return db.session.scalars(select(Slot).where(Slot.department_id.in_(ids))).all()


def slots_of(department_id: int) -> dict[int, Slot]:
    """By kind."""
    return {one.kind_id: one for one in _slots([department_id])}


def _standing(span: Period) -> dict[tuple[int, str], Counter]:
    """What is planned or was held, by department, kind and day."""
    conditions = (
        Activity.cancelled_at.is_(None),
        Activity.held_on >= span[0] - MARGIN,
        Activity.held_on < span[1] + MARGIN,
    )
    own = select(Activity.department_id, Activity.kind, Activity.held_on).where(
        *conditions, Activity.department_id.is_not(None)
    )
    joint = (
        select(activity_departments.c.department_id, Activity.kind, Activity.held_on)
        .join(Activity, Activity.id == activity_departments.c.activity_id)
        .where(*conditions)
    )
    found: dict[tuple[int, str], Counter] = defaultdict(Counter)
    for department_id, kind, day in db.session.execute(own.union_all(joint)):
        found[department_id, kind][day] += 1
    return found


def untouched(plan: YearPlan, *, today: date) -> Select[tuple[int]]:
    """Ids of what this plan made, that lies ahead and that nobody has done anything with."""
    touched = select(attendances.c.activity_id).union_all(select(Material.activity_id))
    return (
        select(Activity.id)
        .join(Planned, Planned.activity_id == Activity.id)
        .where(
            Planned.plan_id == plan.id,
            Activity.version == 1,
            Activity.held_on > today,
            Activity.submitted_at.is_(None),
            Activity.approved_at.is_(None),
            Activity.cancelled_at.is_(None),
            Activity.reminded_at.is_(None),
            Activity.id.not_in(touched),
        )
    )


def plans(viewer: Person) -> Select[tuple[YearPlan]]:
    """The office sees all, who made one their own; newest first."""
    rows = select(YearPlan).options(joinedload(YearPlan.made_by)).order_by(YearPlan.id.desc())
    return rows if viewer.holds(Role.OFFICE) else rows.where(YearPlan.made_by_id == viewer.id)


def plan_for(viewer: Person, plan_id: int) -> YearPlan:
    return db.session.scalars(plans(viewer).where(YearPlan.id == plan_id)).one()


def left_of(plan_ids: Sequence[int], *, today: date) -> dict[int, int]:
    """How many each plan's undoing would remove."""
    found = {}
    for plan in db.session.scalars(select(YearPlan).where(YearPlan.id.in_(plan_ids))):
        rows = untouched(plan, today=today)
        found[plan.id] = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    return found
