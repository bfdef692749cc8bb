"""Whose placements somebody assigns or reads."""

from sqlalchemy import ColumnElement, false, or_, select, true

from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department

SEE_ALL = (Role.OFFICE, Role.AUDITOR, Role.LEADER)


def department_in_scope(viewer: Person) -> ColumnElement[bool]:
    """The office and who reads all: every one; a secretary: the own; a coordinator: of the site."""
    if viewer.holds(*SEE_ALL):
        return true()
    ways = []
    if viewer.department_ids:
        ways.append(Department.id.in_(viewer.department_ids))
    if viewer.institution_ids:
        ways.append(Department.institution_id.in_(viewer.institution_ids))
    return or_(*ways) if ways else false()


def placement_in_scope(viewer: Person) -> ColumnElement[bool]:
    if viewer.holds(*SEE_ALL):
        return true()
    inside = select(Department.id).where(department_in_scope(viewer))
    return Placement.department_id.in_(inside)
