"""Statements that are built once and filled many times."""

from datetime import date

from sqlalchemy import func, select

from tests.cast import put
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.prepared import prepared

built = []


@prepared
def _named(name: str):
    built.append(name)
    return select(Person.id).where(Person.name == name)


@prepared
def _among(person_ids: list[int], since: date):
    return select(func.count()).where(Person.id.in_(person_ids), Person.left_on >= since)


def test_it_is_built_once_and_filled_anew(app):
    with app.app_context():
        first, second = put(Person(name="一")), put(Person(name="二"))
        assert db.session.scalar(*_named("一")) == first.id
        assert db.session.scalar(*_named(name="二")) == second.id
        assert db.session.scalar(*_named("三")) is None
    assert len(built) == 1


def test_a_collection_goes_where_in_wants_one(app):
    with app.app_context():
        left = put(Person(name="一", left_on=date(2026, 5, 1)))
        stayed = put(Person(name="二"))
        both = {left.id, stayed.id}
        assert db.session.scalar(*_among(both, date(2026, 5, 1))) == 1
        assert db.session.scalar(*_among(both, date(2026, 5, 2))) == 0
        assert db.session.scalar(*_among((), date(2026, 5, 1))) == 0
