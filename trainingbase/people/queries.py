"""Questions about people."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, case, or_, select

from trainingbase.db import db
from trainingbase.people.models import Grant, Person
from trainingbase.people.rules import as_sound
from trainingbase.roles import Role


def person_by_id(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def people_by_id(ids: Iterable[int]) -> dict[int, Person]:
    rows = db.session.scalars(select(Person).where(Person.id.in_(list(ids))))
    return {one.id: one for one in rows}


def called(search: str) -> ColumnElement[bool]:
    """Whose name contains what was typed: as it is written, in English, or as it sounds."""
    ways = [
        Person.name.contains(search, autoescape=True),
        Person.name_en.icontains(search, autoescape=True),
    ]
    if search.isascii() and (sound := as_sound(search)):
        ways.append(Person.sounds.contains(sound))
    return or_(*ways)


def nearness(search: str) -> ColumnElement[int]:
    """To order by: those so called before those whose name begins so before all others."""
    sound = f" {as_sound(search)}" if search.isascii() else ""
    return case(
        (Person.name == search, 0),
        (Person.name.startswith(search, autoescape=True), 1),
        (Person.sounds.contains(sound) if sound.strip() else Person.id < 0, 2),
        else_=3,
    )


def holders_of(*roles: Role) -> Sequence[Person]:
    """Everyone who holds one of the roles, each once."""
    return db.session.scalars(
        select(Person)
        .where(Person.id.in_(select(Grant.person_id).where(Grant.role.in_(roles))))
        .order_by(Person.id)
    ).all()
