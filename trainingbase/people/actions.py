"""People join, and are given roles."""

from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role


def welcome(name: str, *, at: datetime, by: Person | None = None, language: str = "zh") -> Person:
    person = Person(name=name, language=language)
    db.session.add(person)
    record("welcome-person", person, by=by, at=at)
    db.session.commit()
    return person


def grant(
    person: Person,
    role: Role,
    *,
    by: Person | None,
    at: datetime,
    department_id: int | None = None,
    institution_id: int | None = None,
) -> None:
    """Give a role, once: a second time changes nothing."""
    wanted = (role, department_id, institution_id)
    if wanted in {(g.role, g.department_id, g.institution_id) for g in person.grants}:
        return
    person.grants.append(
        Grant(
            role=role,
            department_id=department_id,
            institution_id=institution_id,
            granted_at=at,
            granted_by_id=by.id if by else None,
        )
    )
    record("grant-role", person, by=by, at=at, role=role)
    db.session.commit()


def revoke(grant: Grant, *, by: Person, at: datetime) -> None:
    record("revoke-role", grant.person, by=by, at=at, role=grant.role)
    db.session.delete(grant)
    db.session.commit()
