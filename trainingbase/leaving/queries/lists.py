"""Who leaves, who sees it, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.leaving.models import CURRENT, MAY_SIGN, Leaving, Left, Retake
from trainingbase.leaving.queries.groups import reviewed_by
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries import placements as rotations
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole

STATES = ("open", "ready", "sent_back", "passed", "failed", "retake", "done")
"""Nothing prepared yet; at the teaching group; back at the secretary; at the resident; failed and
nothing arranged; re-examination arranged; left."""


@dataclass(frozen=True)
class Filter:
    """Empty values look for nothing.  `month` is the first day of the month of the last day;
    `state` one of `STATES`, "late", "office" (asks for its decision) or "mine"."""

    search: str = ""
    month: date | None = None
    state: str = ""
    department_id: int = 0
    sort: str = ""


@dataclass(frozen=True)
class Row:
    """A placement in the list, with what was decided; `days_late` counts from the day on which
    it was due, up to today or to the day on which it was done."""

    placement: Placement
    leaving: Leaving | None
    left: Left | None
    state: str
    due_on: date
    days_late: int


def seen_by(viewer: Person, today: date) -> ColumnElement[bool]:
    """Whoever may see the placement, and the group that reviews it."""
    return or_(rotations.seen_by(viewer, today), reviewed_by(viewer, today))


def placement_for(viewer: Person, placement_id: int, *, today: date) -> Placement:
    """With its names.  Raises `NoResultFound` for a foreign, cancelled or missing one."""
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.id == placement_id,
            Placement.cancelled_at.is_(None),
            seen_by(viewer, today),
        )
        .options(
            *rotations.WITH_NAMES, joinedload(Placement.resident).joinedload(Resident.programme)
        )
    ).one()


STATE: ColumnElement[str] = case(
    (Left.id.is_not(None), literal("done")),
    (Leaving.id.is_(None), literal("open")),
    (and_(Leaving.state == "failed", Retake.id.is_not(None)), literal("retake")),
    else_=Leaving.state,
)
SORTS = {
    "name": Person.name,
    "ends": Placement.ends_on,
    "department": Placement.department_id,
    "state": STATE,
    "cohort": Cohort.year,
}


def _joined() -> Select:
    supervisor = aliased(Person)
    return (
        select(Placement, Leaving, Left, STATE)
        .join(Placement.resident)
        .join(Resident.person)
        .join(Resident.cohort)
        .join(Placement.department)
        .outerjoin(Placement.supervisor)
        .outerjoin(supervisor, supervisor.id == FacultyMember.person_id)
        .outerjoin(Leaving, and_(Leaving.placement_id == Placement.id, CURRENT))
        .outerjoin(Retake, Retake.leaving_id == Leaving.id)
        .outerjoin(Left, and_(Left.placement_id == Placement.id, Left.withdrawn_at.is_(None)))
        .where(Placement.cancelled_at.is_(None))
        .options(
            contains_eager(Placement.resident).contains_eager(Resident.person),
            contains_eager(Placement.resident).contains_eager(Resident.cohort),
            contains_eager(Placement.department).joinedload(Department.institution),
            contains_eager(Placement.supervisor).contains_eager(
                FacultyMember.person.of_type(supervisor)
            ),
            contains_eager(Leaving.retake),
        )
    )


def listed(viewer: Person, which: Filter, *, today: date) -> Select:
    """Placements this person may see; those who leave first, first."""
    rows = _joined().where(seen_by(viewer, today))
    if which.search:
        rows = rows.where(called(which.search))
    if which.month:
        rows = rows.where(
            Placement.ends_on > which.month, Placement.ends_on <= months_later(which.month, 1)
        )
    if which.department_id:
        rows = rows.where(Placement.department_id == which.department_id)
    if which.state in STATES:
        rows = rows.where(which.state == STATE)
    elif which.state == "late":
        rows = rows.where(is_late(today))
    elif which.state == "office":
        rows = rows.where(asks_office())
    elif which.state == "mine":
        rows = rows.where(waits_for(viewer, today))
    column = SORTS.get(which.sort.removeprefix("-"), Placement.ends_on)
    order = column.desc() if which.sort.startswith("-") else column
    return rows.order_by(order, Placement.ends_on, Person.name, Placement.id)


def is_late(today: date) -> ColumnElement[bool]:
    """The day on which it was due is over, and nobody has left.  What ended before the portal
    kept leaving is not late: the base says since when it does (`thresholds`)."""
    grace = timedelta(days=whole("leaving_due_days"))
    known = timedelta(days=whole("leaving_late_shown_days"))
    return and_(
        Placement.ends_on <= today - grace, Placement.ends_on > today - known, Left.id.is_(None)
    )


def waits_for(viewer: Person, today: date) -> ColumnElement[bool]:
    """A leader: what is ready.  A resident: what is passed or failed and not signed by them."""
    mine = Resident.person_id == viewer.id
    return or_(
        and_(Leaving.state == "ready", reviewed_by(viewer, today, duties=MAY_SIGN)),
        and_(Leaving.state.in_(("passed", "failed")), Leaving.seen_at.is_(None), mine),
    )


def rows_of(rows: Sequence, *, today: date) -> list[Row]:
    grace = timedelta(days=whole("leaving_due_days"))
    return [_row(*one, today=today, grace=grace) for one in rows]


def _row(placement, leaving, left, state, *, today: date, grace: timedelta) -> Row:
    due_on = placement.ends_on + grace
    ended = left.left_on if left else today
    return Row(placement, leaving, left, state, due_on, max(0, (ended - due_on).days + 1))


def page(rows: Select, number: int, size: int) -> tuple[list, int]:
    """Rows of one page, and how many there are in all, in two statements."""
    total = db.session.scalar(
        select(func.count()).select_from(
            rows.with_only_columns(Placement.id).order_by(None).subquery()
        )
    )
    found = db.session.execute(rows.limit(size).offset((number - 1) * size)).unique().all()
    return list(found), total or 0


def all_rows(rows: Select) -> Sequence:
    return db.session.execute(rows).unique().all()


def counts(viewer: Person, *, today: date) -> tuple[int, int, int]:
    """What waits for this person, what is late among what they see (for who works on it), and
    for the office what it must decide; in one statement."""
    inner = (
        _joined()
        .where(seen_by(viewer, today))
        .with_only_columns(
            func.count(case((waits_for(viewer, today), 1))),
            func.count(case((is_late(today), 1))),
            func.count(case((asks_office(), 1))),
        )
        .order_by(None)
    )
    waiting, late, office = db.session.execute(inner).one()
    works = viewer.holds(Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE)
    return waiting, late if works else 0, office if viewer.holds(Role.OFFICE) else 0


def asks_office() -> ColumnElement[bool]:
    """Failed, and neither a re-examination nor a consequence; or an objection unanswered."""
    return or_(
        and_(Leaving.state == "failed", Leaving.consequence.is_(None), Retake.id.is_(None)),
        and_(Leaving.objects.is_(True), Leaving.answered_at.is_(None)),
    )


def departments_of(viewer: Person, *, today: date) -> Sequence[Department]:
    """Those of the placements they may see."""
    seen = select(Placement.department_id).where(
        Placement.cancelled_at.is_(None), seen_by(viewer, today)
    )
    return db.session.scalars(
        select(Department)
        .where(Department.id.in_(seen))
        .options(joinedload(Department.institution))
        .order_by(Department.institution_id, Department.id)
    ).all()
