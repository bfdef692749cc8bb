"""Lists of activities, and one of them; each as far as the viewer may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload, undefer

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.sites.models import Department
from trainingbase.training.models import (
    Activity,
    Attendance,
    Material,
    Score,
    activity_departments,
    activity_speakers,
    attendances,
)
from trainingbase.training.queries.counting import COUNTED, HELD
from trainingbase.training.queries.visible import speaks_at, visible_to

_OPEN = and_(
    Activity.approved_at.is_(None),
    Activity.cancelled_at.is_(None),
    Activity.submitted_at.is_(None),
)
STATES = {
    "planned": and_(_OPEN, Activity.returned_at.is_(None)),
    "waiting": and_(
        Activity.submitted_at.is_not(None),
        Activity.approved_at.is_(None),
        Activity.cancelled_at.is_(None),
    ),
    "returned": and_(_OPEN, Activity.returned_at.is_not(None)),
    "approved": HELD,
    "cancelled": Activity.cancelled_at.is_not(None),
}


@dataclass(frozen=True)
class Filter:
    """What is looked for; empty values look for nothing.  `month` is its first day, `first` and
    `last` are days, `sort` a column's key, with a leading "-" the other way round.  The state
    "due" is what was held before `today` and has not been handed in."""

    search: str = ""
    month: date | None = None
    department_id: int = 0
    kind: str = ""
    state: str = ""
    sort: str = ""
    first: date | None = None
    last: date | None = None
    today: date | None = None


def activities(viewer: Person, which: Filter) -> Select[tuple[Activity]]:
    """The latest that are over first, then what is ahead; each with department, speaker and how
    many attended."""
    rows = (
        visible_to(viewer)
        .outerjoin(Activity.speaker)
        .options(
            undefer(Activity.attended),
            contains_eager(Activity.speaker),
            joinedload(Activity.department).joinedload(Department.institution),
            selectinload(Activity.others),
            selectinload(Activity.joint),
        )
        .where(*conditions(which))
    )
    keys = {
        "held": Activity.held_on,
        "kind": Activity.kind,
        "speaker": Person.name,
        "topic": Activity.topic,
        "hours": Activity.hours,
        "attended": Activity.attended.expression,
        "score": func.coalesce(Activity.score, 0),
    }
    column = keys.get(which.sort.removeprefix("-"), Activity.held_on)
    down = which.sort.startswith("-") or not which.sort
    times = func.coalesce(Activity.starts_at, "")
    if not which.sort and which.today:
        ahead = Activity.held_on > which.today
        order = (
            case((ahead, 1), else_=0),
            case((~ahead, Activity.held_on)).desc(),
            Activity.held_on,
            times.desc(),
        )
    elif column is Activity.held_on:
        order = (column.desc(), times.desc()) if down else (column, times)
    else:
        order = (column.desc() if down else column,)
    return rows.order_by(*order, Activity.id.desc())


def conditions(which: Filter) -> list:
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
    if which.first:
        found.append(Activity.held_on >= which.first)
    if which.last:
        found.append(Activity.held_on <= which.last)
    if which.department_id:
        joint = exists().where(
            activity_departments.c.activity_id == Activity.id,
            activity_departments.c.department_id == which.department_id,
        )
        found.append(or_(Activity.department_id == which.department_id, joint))
    if which.kind:
        found.append(Activity.kind == which.kind)
    if which.state in STATES:
        found.append(STATES[which.state])
    elif which.state == "due" and which.today:
        found += [_OPEN, Activity.held_on < which.today]
    return found


def totals(viewer: Person, which: Filter) -> tuple[int, Decimal]:
    """How many of the list count, and their hours together."""
    counted = visible_to(viewer).outerjoin(Activity.speaker).where(*conditions(which), HELD)
    row = db.session.execute(
        counted.with_only_columns(func.count(), func.sum(Activity.hours)).order_by(None)
    ).one()
    return row[0], row[1] or Decimal(0)


def activity_for(viewer: Person, activity_id: int) -> Activity:
    """One, with what its page shows; who attended asks `attendance_of`."""
    return db.session.scalars(
        visible_to(viewer)
        .where(Activity.id == activity_id)
        .options(
            undefer(Activity.attended),
            joinedload(Activity.speaker),
            joinedload(Activity.department).joinedload(Department.institution),
            selectinload(Activity.others),
            selectinload(Activity.joint).joinedload(Department.institution),
            selectinload(Activity.materials).joinedload(Material.file),
        )
    ).one()


def attendance_of(activity: Activity) -> Sequence[Attendance]:
    """Who came, by name, and how each was recorded."""
    return db.session.scalars(
        select(Attendance)
        .join(Attendance.resident)
        .join(Resident.person)
        .where(attendances.c.activity_id == activity.id)
        .options(
            contains_eager(Attendance.resident).contains_eager(Resident.person),
            contains_eager(Attendance.resident).joinedload(Resident.cohort),
            joinedload(Attendance.by),
        )
        .order_by(Person.name, Resident.id)
    ).all()


def numbers_of(activity_id: int) -> tuple[int, int]:
    """How many have signed in, and how many of them out."""
    row = db.session.execute(
        select(func.count(), func.count(attendances.c.signed_out_at)).where(
            attendances.c.activity_id == activity_id
        )
    ).one()
    return row[0], row[1]


def months(viewer: Person) -> list[date]:
    """In which there is an activity, the newest first."""
    days = db.session.scalars(visible_to(viewer).with_only_columns(Activity.held_on).distinct())
    return sorted({day.replace(day=1) for day in days}, reverse=True)


def hours_counted(resident_id: int) -> tuple[int, Decimal]:
    """Activities and hours that count for this resident."""
    row = db.session.execute(
        select(func.count(), func.sum(Activity.hours))
        .select_from(attendances)
        .join(Activity, Activity.id == attendances.c.activity_id)
        .where(attendances.c.resident_id == resident_id, COUNTED)
    ).one()
    return row[0], row[1] or Decimal(0)


def listed(viewer: Person, which: Filter) -> Sequence[Activity]:
    """The whole list, for what is not paged."""
    return db.session.scalars(activities(viewer, which)).all()


def activities_by_id(ids: Sequence[int]) -> dict[int, Activity]:
    """Of the office, which sees all."""
    rows = db.session.scalars(select(Activity).where(Activity.id.in_(ids)))
    return {one.id: one for one in rows}


def activity_to_sign(activity_id: int) -> Activity:
    """For who holds its code; whether they may sign is the caller's to find out."""
    return db.session.scalars(
        select(Activity)
        .where(Activity.id == activity_id, Activity.cancelled_at.is_(None))
        .options(
            joinedload(Activity.speaker),
            joinedload(Activity.department).joinedload(Department.institution),
        )
    ).one()


def hours_spoken(person_id: int) -> tuple[int, Decimal]:
    """Activities and hours that count for who spoke, first or beside others."""
    row = db.session.execute(
        select(func.count(), func.sum(Activity.hours)).where(speaks_at(person_id), HELD)
    ).one()
    return row[0], row[1] or Decimal(0)


def hours_spoken_by(
    person_ids: Iterable[int], *, since: date | None, until: date
) -> dict[int, list[tuple[int, Decimal]]]:
    """By person, what `hours_spoken` counts, held in [`since`, `until`): (activity, hours)."""
    wanted = list(person_ids)
    within = [Activity.held_on < until, *([Activity.held_on >= since] if since else [])]
    first = select(Activity.speaker_id, Activity.id, Activity.hours).where(
        Activity.speaker_id.in_(wanted), HELD, *within
    )
    beside = (
        select(activity_speakers.c.person_id, Activity.id, Activity.hours)
        .join(Activity, Activity.id == activity_speakers.c.activity_id)
        .where(activity_speakers.c.person_id.in_(wanted), HELD, *within)
    )
    found: dict[int, list[tuple[int, Decimal]]] = {one: [] for one in wanted}
    for person_id, activity_id, hours in db.session.execute(first.union(beside)):
        found[person_id].append((activity_id, hours or Decimal(0)))
    return found


def score_of(activity: Activity, score_id: int) -> Score | None:
    return db.session.scalar(
        select(Score)
        .where(Score.id == score_id, Score.activity_id == activity.id)
        .options(joinedload(Score.scorer))
    )
