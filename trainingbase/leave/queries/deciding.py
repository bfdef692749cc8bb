"""Whether somebody may do something to one leave."""

from datetime import datetime

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.leave.models import Step
from trainingbase.leave.queries.leaves import chain, open_to, returns_for
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.sites.models import Department


def present_step(leave: Leave) -> Step | None:
    if leave.granted is not None:
        return None
    return next((one for one in chain(leave) if one.opened_at and not one.decided_at), None)


def is_asked(viewer: Person, leave: Leave, *, at: datetime) -> bool:
    return _holds(leave, open_to(viewer, at=at))


def may_decide(viewer: Person, leave: Leave, *, at: datetime) -> bool:
    """Who is asked; and the office at any time, for whoever is away; never for oneself."""
    if leave.granted is not None or leave.resident.person_id == viewer.id:
        return False
    return viewer.holds(Role.OFFICE) or is_asked(viewer, leave, at=at)


def may_confirm(viewer: Person, leave: Leave) -> bool:
    """The office, or a secretary to whom the return was reported."""
    if leave.granted is not True or leave.returned_on is not None:
        return False
    if leave.resident.person_id == viewer.id:
        return False
    return viewer.holds(Role.OFFICE) or _holds(leave, returns_for(viewer))


def may_read_papers(viewer: Person, leave: Leave) -> bool:
    """The resident, the office, and who is or was asked to approve."""
    if viewer.holds(Role.OFFICE) or leave.resident.person_id == viewer.id:
        return True
    return any(_is_of(viewer, one) for one in chain(leave))


def _is_of(viewer: Person, step: Step) -> bool:
    if viewer.id in (step.person_id, step.decided_by_id):
        return True
    if step.step != "secretary" or step.department_id is None:
        return False
    if step.department_id in viewer.department_ids:
        return True
    department = db.session.get(Department, step.department_id)
    return department is not None and department.institution_id in viewer.institution_ids


def _holds(leave: Leave, condition) -> bool:
    found = select(Leave.id).where(Leave.id == leave.id, condition)
    return db.session.scalar(found) is not None


def asks(step: Step, person: Person) -> bool:
    """Whether the step is this person's own, or the office's and theirs by that."""
    if step.is_the_offices:
        return person.holds(Role.OFFICE)
    if step.step == "secretary":
        if step.department is None:
            return False
        return (
            step.department_id in person.department_ids
            or step.department.institution_id in person.institution_ids
        )
    return step.person_id == person.id
