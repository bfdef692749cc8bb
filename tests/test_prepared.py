"""Statements that are built once and filled many times."""

from datetime import date
from typing import Literal

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


@prepared
def _left(which: Literal["left", "stays"], name: str | None):
    built.append(which)
    rows = select(Person.name).order_by(Person.id)
    if name is not None:
        rows = rows.where(Person.name == name)
    return rows.where(Person.left_on.is_not(None) if which == "left" else Person.left_on.is_(None))


def test_what_may_be_missing_and_what_is_chosen_make_statements_of_their_own(app):
    built.clear()
    with app.app_context():
        put(Person(name="一", left_on=date(2026, 5, 1)))
        put(Person(name="二", left_on=date(2026, 5, 1)))
        put(Person(name="三"))
        for _again in range(2):
            assert list(db.session.scalars(*_left("left", None))) == ["一", "二"]
            assert list(db.session.scalars(*_left("left", ""))) == ["一", "二"]
            assert list(db.session.scalars(*_left("left", "二"))) == ["二"]
            assert list(db.session.scalars(*_left("stays", "三"))) == ["三"]
    assert built == ["left", "left", "stays"]
