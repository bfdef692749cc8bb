"""The office's lists of submissions and requests: filtered, sorted, each row with its names."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.assessments.models import Instrument, Request, Submission
from trainingbase.assessments.queries.requests import STATES, in_state
from trainingbase.assessments.queries.submissions import visible_to
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department


@dataclass(frozen=True)
class Filter:
    """What is looked for; empty values look for nothing.  `sort` is a column's key, with a
    leading "-" the other way round."""

    search: str = ""
    code: str = ""
    department_id: int = 0
    institution_id: int = 0
    state: str = ""
    sort: str = ""
    since: date | None = None
    until: date | None = None
    assessor_id: int = 0

    def of(self, model) -> list[ColumnElement[bool]]:
        """The conditions that submissions and requests share."""
        found = []
        if self.search:
            found.append(Person.name.icontains(self.search, autoescape=True))
        if self.code:
            found.append(Instrument.code == self.code)
        if self.department_id:
            found.append(Placement.department_id == self.department_id)
        if self.institution_id:
            found.append(Department.institution_id == self.institution_id)
        return found


def submissions(viewer: Person, which: Filter, *, today: date) -> Select[tuple[Submission]]:
    """`state` is unread, passed or failed."""
    states = {
        "unread": Submission.acknowledged_at.is_(None),
        "passed": Submission.passed.is_(True),
        "failed": Submission.passed.is_(False),
    }
    rows = _with_names(visible_to(viewer, today), Submission).where(*which.of(Submission))
    if which.state in states:
        rows = rows.where(states[which.state])
    keys = {"observed": Submission.observed_on, "sent": Submission.submitted_at}
    return _sorted(rows, which.sort or "-sent", keys, Submission)


def requests_seen_by(viewer: Person, *see_all: Role) -> Select[tuple[Request]]:
    """Whoever holds one of `see_all` sees all, a secretary those of the department, a
    coordinator those of the institution."""
    rows = _with_names(select(Request), Request)
    if viewer.holds(*see_all):
        return rows
    return rows.where(
        or_(
            Placement.department_id.in_(viewer.department_ids),
            Department.institution_id.in_(viewer.institution_ids),
        )
    )


def assessors_asked(viewer: Person) -> dict[int, str]:
    """By id the name of everybody who was ever asked, for the filter; of the rows this person sees
    where they do not see all."""
    ids = select(Request.assessor_id)
    if not viewer.holds(Role.OFFICE, Role.AUDITOR):
        ids = (
            ids.join(Request.placement)
            .join(Placement.department)
            .where(
                or_(
                    Placement.department_id.in_(viewer.department_ids),
                    Department.institution_id.in_(viewer.institution_ids),
                )
            )
        )
    rows = select(Person.id, Person.name).where(Person.id.in_(ids)).order_by(Person.name)
    return dict(db.session.execute(rows).all())


def requests(viewer: Person, which: Filter, *, today: date) -> Select[tuple[Request]]:
    """`state` is open, late, expired, done, declined or cancelled."""
    rows = requests_seen_by(viewer, Role.OFFICE, Role.AUDITOR).where(*which.of(Request))
    if which.state in STATES:
        rows = rows.where(in_state(which.state, today))
    if which.since:
        rows = rows.where(Request.asked_on >= which.since)
    if which.until:
        rows = rows.where(Request.asked_on <= which.until)
    if which.assessor_id:
        rows = rows.where(Request.assessor_id == which.assessor_id)
    keys = {"asked": Request.asked_on, "due": Request.due_on}
    return _sorted(rows, which.sort or "-asked", keys, Request)


def _with_names(rows: Select, model) -> Select:
    """One statement for a row and everything a list shows of it."""
    placement = contains_eager(model.placement)
    return (
        rows.join(model.placement)
        .join(Placement.resident)
        .join(Resident.person)
        .join(Placement.department)
        .join(model.instrument)
        .options(
            placement.contains_eager(Placement.resident).contains_eager(Resident.person),
            placement.contains_eager(Placement.department).joinedload(Department.institution),
            contains_eager(model.instrument),
            joinedload(model.assessor),
        )
    )


def _sorted(rows: Select, sort: str, keys: dict, model) -> Select:
    known = {**keys, "name": Person.name, "department": Department.name}
    column = known.get(sort.removeprefix("-"))
    if column is None:
        return rows.order_by(model.id.desc())
    return rows.order_by(column.desc() if sort.startswith("-") else column, model.id.desc())
