"""Questions about people."""

from collections.abc import Sequence

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role


def person_by_id(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def holders_of(*roles: Role) -> Sequence[Person]:
    """Everyone who holds one of the roles, each once."""
    return db.session.scalars(
        select(Person)
        .where(Person.id.in_(select(Grant.person_id).where(Grant.role.in_(roles))))
        .order_by(Person.id)
    ).all()
