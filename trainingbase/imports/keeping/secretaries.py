"""Department secretaries: named in the table of departments, granted once they are on the
faculty roster."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.imports.keeping.roster import same
from trainingbase.imports.keeping.wanted import Wanted
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role
from trainingbase.sites.models import Department


def grant(
    departments: Mapping[Department, Wanted | None], *, by: Person | None, at: datetime
) -> None:
    """Give each department's secretary the role; take it from whom the base knew by name as the
    secretary before.  A name that means nobody, or several, is left for later."""
    if not departments:
        return
    db.session.flush()
    members: dict[str, list[FacultyMember]] = {}
    for member in db.session.scalars(
        select(FacultyMember)
        .join(FacultyMember.person)
        .options(contains_eager(FacultyMember.person), selectinload(FacultyMember.posts))
    ):
        members.setdefault(same(member.person.name), []).append(member)
    for department, wanted in departments.items():
        person = _meant(department, members.get(same(department.secretary_name), []))
        old = (wanted.changes.get("secretary_name") or [None])[0] if wanted else None
        for former in members.get(same(old), []) if old else []:
            _take_back(former.person, department)
        if person is None or department.id in person.department_ids:
            continue
        person.grants.append(
            Grant(
                role=Role.SECRETARY,
                department_id=department.id,
                granted_at=at,
                granted_by_id=by.id if by else None,
            )
        )
        if wanted is not None:
            wanted.change("secretary", None, person.name)


def _meant(department: Department, named: list[FacultyMember]) -> Person | None:
    """Whoever teaches there; else the only one of that name."""
    here = [one for one in named if any(p.department_id == department.id for p in one.posts)]
    found = here or named
    return found[0].person if len(found) == 1 else None


def _take_back(person: Person, department: Department) -> None:
    for held in list(person.grants):
        if held.role == Role.SECRETARY and held.department_id == department.id:
            person.grants.remove(held)
