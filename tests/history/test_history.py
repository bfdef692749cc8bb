from datetime import date
from decimal import Decimal

from trainingbase.db import db
from trainingbase.enrolment.queries import resident_of
from trainingbase.history.actions import change, note, readable
from trainingbase.history.models import Change
from trainingbase.history.queries import changes_of

from ..cast import LONG_AGO


def kept(row):
    return [
        (c.field, c.old, c.new, c.why, c.by.name) for c in db.session.scalars(changes_of(row)).all()
    ]


def test_each_changed_field_is_kept_with_who_and_why(app, alice, mei, office):
    alice = resident_of(alice)
    answers = {"home_institution": "Willow", "tutor": mei, "major": alice.major}
    changed = change("edit", alice, answers, by=office, at=LONG_AGO, why="typing error")
    db.session.commit()
    assert changed == ["home_institution", "tutor"]
    assert (alice.home_institution, alice.tutor.name) == ("Willow", "Mei")
    assert kept(alice) == [
        ("tutor", None, "Mei", "typing error", "Wu"),
        ("home_institution", None, "Willow", "typing error", "Wu"),
    ]


def test_nothing_changed_leaves_nothing(app, alice, office):
    alice = resident_of(alice)
    assert change("edit", alice, {"sex": alice.sex}, by=office, at=LONG_AGO) == []
    db.session.commit()
    assert db.session.query(Change).count() == 0


def test_records_are_told_apart(app, alice, bob, office):
    note(alice, {"photo": (None, "photo.jpg")}, by=office, at=LONG_AGO)
    db.session.commit()
    assert kept(bob) == []
    assert len(kept(alice)) == 1


def test_values_are_kept_as_people_read_them(app, alice):
    assert readable(date(2026, 9, 1)) == "2026-09-01"
    assert readable(Decimal("1.50")) == "1.5"
    assert readable(Decimal("300")) == "300"
    assert readable(True) == "1"
    assert readable("") is None
    assert readable(["b", "a"]) == "a、b"
    assert readable(alice) == "Alice"
