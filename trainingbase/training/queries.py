"""Questions about teaching activities; those with a viewer return what that person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload, undefer

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.sites.models import Department
from trainingbase.training.models import Activity

SEE_ALL = (Role.OFFICE, Role.AUDITOR)
STATES = {
    "approved": and_(Activity.approved_at.is_not(None), Activity.cancelled_at.is_(None)),
    "waiting": and_(Activity.approved_at.is_(None), Activity.cancelled_at.is_(None)),
    "cancelled": Activity.cancelled_at.is_not(None),
}


@dataclass(frozen=True)
class Filter:
    """What is looked for; empty values look for nothing.  `month` is its first day, `sort` a
    column's key, with a leading "-" the other way round."""

    search: str = ""
    month: date | None = None
    department_id: int = 0
    kind: str = ""
    state: str = ""
    sort: str = ""


def visible_to(viewer: Person) -> Select[tuple[Activity]]:
    """The office and the auditor see all, a secretary those of the department, a coordinator
    those of the institution, a speaker their own, a resident what they attended."""
    rows = select(Activity)
    if viewer.holds(*SEE_ALL):
        return rows
    inside = select(Department.id).where(Department.institution_id.in_(viewer.institution_ids))
    return rows.where(
        or_(
            Activity.speaker_id == viewer.id,
            Activity.residents.any(Resident.person_id == viewer.id),
            Activity.department_id.in_(viewer.department_ids),
            Activity.department_id.in_(inside),
        )
    )


def activities(viewer: Person, which: Filter) -> Select[tuple[Activity]]:
    """The newest first, each with department, speaker and how many attended."""
    rows = (
        visible_to(viewer)
        .outerjoin(Activity.speaker)
        .options(
            undefer(Activity.attended),
            contains_eager(Activity.speaker),
            joinedload(Activity.department).joinedload(Department.institution),
        )
        .where(*_conditions(which))
    )
    keys = {"held": Activity.held_on, "kind": Activity.kind, "speaker": Person.name}
    column = keys.get(which.sort.removeprefix("-"), Activity.held_on)
    down = which.sort.startswith("-") or not which.sort
    return rows.order_by(column.desc() if down else column, Activity.id.desc())


def _conditions(which: Filter) -> list:
    found = []
    if which.search:
        found.append(
            or_(
                Activity.topic.icontains(which.search, autoescape=True),
                Person.name.icontains(which.search, autoescape=True),
            )
        )
    if which.month:
        found += [
            Activity.held_on >= which.month,
            Activity.held_on < months_later(which.month, 1),
        ]
    if which.department_id:
        found.append(Activity.department_id == which.department_id)
    if which.kind:
        found.append(Activity.kind == which.kind)
    if which.state in STATES:
        found.append(STATES[which.state])
    return found


def totals(viewer: Person, which: Filter) -> tuple[int, Decimal]:
    """How many of the list count, and their hours together."""
    counted = (
        visible_to(viewer)
        .outerjoin(Activity.speaker)
        .where(*_conditions(which), STATES["approved"])
    )
    row = db.session.execute(
        counted.with_only_columns(func.count(), func.sum(Activity.hours)).order_by(None)
    ).one()
    return row[0], row[1] or Decimal(0)


def activity_for(viewer: Person, activity_id: int) -> Activity:
    """One, with everybody who attended."""
    return db.session.scalars(
        visible_to(viewer)
        .where(Activity.id == activity_id)
        .options(
            undefer(Activity.attended),
            joinedload(Activity.speaker),
            joinedload(Activity.department).joinedload(Department.institution),
            selectinload(Activity.residents).joinedload(Resident.person),
            selectinload(Activity.residents).joinedload(Resident.cohort),
        )
    ).one()


def months(viewer: Person) -> list[date]:
    """In which there was an activity, the newest first."""
    days = db.session.scalars(visible_to(viewer).with_only_columns(Activity.held_on).distinct())
    return sorted({day.replace(day=1) for day in days}, reverse=True)


def kinds() -> Sequence[str]:
    return db.session.scalars(select(Activity.kind).distinct().order_by(Activity.kind)).all()
