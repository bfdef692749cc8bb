"""Lists of leave, and who sees which."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, false, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Leave, Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.leave.models import LeavePaper, Step
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole

SEE_ALL = (Role.OFFICE, Role.AUDITOR)

STATES: dict[str, ColumnElement[bool]] = {
    "waiting": Leave.granted.is_(None),
    "granted": Leave.granted.is_(True),
    "refused": Leave.granted.is_(False) & Leave.closed_as.is_(None),
    "withdrawn": Leave.closed_as == "withdrawn",
    "revoked": Leave.closed_as == "revoked",
    "back": Leave.granted.is_(True) & Leave.reported_on.is_not(None) & Leave.returned_on.is_(None),
}


def _departments(viewer: Person) -> ColumnElement[bool] | None:
    """Placements in the departments this person looks after."""
    ways = []
    if viewer.department_ids:
        ways.append(Placement.department_id.in_(viewer.department_ids))
    if viewer.institution_ids:
        ways.append(Placement.department_id.in_(_inside(viewer)))
    return or_(*ways) if ways else None


def _inside(viewer: Person):
    return select(Department.id).where(Department.institution_id.in_(viewer.institution_ids))


def _placed(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """The resident has such a placement on a day of the leave."""
    return exists().where(
        Placement.resident_id == Leave.resident_id,
        Placement.cancelled_at.is_(None),
        Placement.starts_on < Leave.ends_on,
        Placement.ends_on > Leave.starts_on,
        which,
    )


def seen_by(viewer: Person) -> ColumnElement[bool]:
    """Office and auditor: all.  A resident: their own.  A supervisor: of residents placed with
    them on days of the leave; a tutor: of their tutees; a secretary or coordinator: of residents
    placed in their departments on such days; and whoever was asked, what they were asked for."""
    if viewer.holds(*SEE_ALL):
        return true()
    ways = [exists().where(Step.leave_id == Leave.id, Step.person_id == viewer.id)]
    residents = Resident.tutor_id == viewer.id if viewer.holds(Role.FACULTY) else false()
    if viewer.holds(Role.RESIDENT):
        residents = residents | (Resident.person_id == viewer.id)
    ways.append(Leave.resident_id.in_(select(Resident.id).where(residents)))
    if viewer.holds(Role.FACULTY):
        mine = select(FacultyMember.id).where(FacultyMember.person_id == viewer.id)
        ways.append(_placed(Placement.supervisor_id.in_(mine)))
    departments = _departments(viewer)
    if departments is not None:
        ways.append(_placed(departments))
    return or_(*ways)


def _of_secretary(viewer: Person) -> ColumnElement[bool]:
    ways = []
    if viewer.department_ids:
        ways.append(Step.department_id.in_(viewer.department_ids))
    if viewer.institution_ids:
        ways.append(Step.department_id.in_(_inside(viewer)))
    return (Step.step == "secretary") & or_(*ways) if ways else false()


OPEN = Step.opened_at.is_not(None) & Step.decided_at.is_(None)


def open_to(viewer: Person, *, at: datetime) -> ColumnElement[bool]:
    """Leave whose present step asks this person.  The office is asked for its own steps, for
    those passed on to it or unanswered too long, and for leave that has no chain."""
    not_own = Leave.resident_id.not_in(select(Resident.id).where(Resident.person_id == viewer.id))
    theirs = Step.passed_because.is_(None) & (
        (Step.step.in_(("supervisor", "tutor")) & (Step.person_id == viewer.id))
        | _of_secretary(viewer)
    )
    if viewer.holds(Role.OFFICE):
        silent = at - timedelta(days=whole("leave_silent_days"))
        gone = select(Person.id).where(Person.left_on <= at.date())
        theirs = (
            theirs
            | (Step.step == "office")
            | Step.passed_because.is_not(None)
            | (Step.opened_at < silent)
            | Step.person_id.in_(gone)
        )
    asked = exists().where(Step.leave_id == Leave.id, OPEN, theirs)
    if viewer.holds(Role.OFFICE):
        asked = asked | ~exists().where(Step.leave_id == Leave.id, OPEN)
    return Leave.granted.is_(None) & asked & not_own


def returns_for(viewer: Person) -> ColumnElement[bool]:
    """Leave of which this person is asked to confirm the return."""
    departments = _departments(viewer)
    if viewer.holds(Role.OFFICE):
        return STATES["back"]
    return STATES["back"] & _placed(departments) if departments is not None else false()


def with_names(rows: Select[tuple[Leave]]) -> Select[tuple[Leave]]:
    return (
        rows.join(Leave.resident)
        .join(Resident.person)
        .options(
            contains_eager(Leave.resident).contains_eager(Resident.person),
            contains_eager(Leave.resident).joinedload(Resident.cohort),
        )
    )


def waiting_for(viewer: Person, *, at: datetime) -> Select[tuple[Leave]]:
    """What this person is asked to decide or to confirm, the next to begin first."""
    rows = with_names(select(Leave)).where(or_(open_to(viewer, at=at), returns_for(viewer)))
    return rows.order_by(Leave.starts_on, Leave.id)


SORTS = {
    "name": Person.name,
    "starts": Leave.starts_on,
    "ends": Leave.ends_on,
    "kind": Leave.kind,
    "cohort": Cohort.name,
}


def listed(
    viewer: Person,
    *,
    search: str = "",
    state: str = "",
    kind: str = "",
    first: date | None = None,
    last: date | None = None,
    at: datetime,
    sort: str = "-starts",
) -> Select[tuple[Leave]]:
    """What this person may see.  `state` is a key of `STATES`, "mine" (asks this person) or
    empty; with `first` and `last` what has a day among these."""
    rows = with_names(select(Leave)).join(Resident.cohort).where(seen_by(viewer))
    if search:
        rows = rows.where(called(search))
    if state in STATES:
        rows = rows.where(STATES[state])
    elif state == "mine":
        rows = rows.where(or_(open_to(viewer, at=at), returns_for(viewer)))
    if kind:
        rows = rows.where(Leave.kind == kind)
    if first:
        rows = rows.where(Leave.ends_on > first)
    if last:
        rows = rows.where(Leave.starts_on <= last)
    column = SORTS.get(sort.lstrip("-"), Leave.starts_on)
    return rows.order_by(column.desc() if sort.startswith("-") else column, Leave.id)


def all_of(rows: Select) -> Sequence:
    return db.session.scalars(rows).all()


def of_resident(resident: Resident) -> Select[tuple[Leave]]:
    rows = with_names(select(Leave)).where(Leave.resident_id == resident.id)
    return rows.order_by(Leave.starts_on.desc(), Leave.id.desc())


def leave_for(viewer: Person, leave_id: int) -> Leave:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        with_names(select(Leave)).where(Leave.id == leave_id, seen_by(viewer))
    ).one()


def by_key(request_key: str | None) -> Leave | None:
    if not request_key:
        return None
    return db.session.scalars(select(Leave).where(Leave.request_key == request_key)).one_or_none()


def steps_of(leave_ids: Sequence[int]) -> dict[int, list[Step]]:
    """The chains of several leaves, each in order, in one statement."""
    found: dict[int, list[Step]] = {key: [] for key in leave_ids}
    for one in db.session.scalars(
        select(Step)
        .where(Step.leave_id.in_(list(leave_ids)))
        .options(joinedload(Step.person), joinedload(Step.decided_by), joinedload(Step.department))
        .order_by(Step.leave_id, Step.position)
    ):
        found[one.leave_id].append(one)
    return found


def chain(leave: Leave) -> list[Step]:
    return steps_of([leave.id])[leave.id]


def papers_of(leave: Leave) -> Sequence[LeavePaper]:
    return db.session.scalars(
        select(LeavePaper)
        .where(LeavePaper.leave_id == leave.id)
        .options(joinedload(LeavePaper.file))
        .order_by(LeavePaper.id)
    ).all()


def paper_of(leave: Leave, paper_id: int) -> LeavePaper:
    return db.session.scalars(
        select(LeavePaper)
        .where(LeavePaper.leave_id == leave.id, LeavePaper.id == paper_id)
        .options(joinedload(LeavePaper.file))
    ).one()
