"""A fictional base: as large as asked, the same for the same seed, and never over a base in use."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from tests.cast import person
from trainingbase.attendance.models import Mark
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.logbook.models import Entry
from trainingbase.logbook.queries.completion import completions
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.seed import making
from trainingbase.start import start_with

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 4, tzinfo=UTC)
SMALL = making.Size(residents=3, years=1, entries=8)


def make(size=SMALL, beside=False):
    start_with()
    return making.make(size, today=TODAY, at=AT, beside=beside, say=lambda _said: None)


def number(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_as_many_as_asked_and_all_within_their_stays(app):
    made = make()
    assert (made["residents"], number(Resident)) == (3, 3)
    assert made["placements"] == number(Placement) == 36
    assert made["entries"] == number(Entry)
    assert abs(made["entries"] - 3 * 12 * 8) < 40
    assert made["marks"] == number(Mark)
    rows = db.session.execute(
        select(Entry.done_on, Placement.starts_on, Placement.ends_on).join(
            Placement, Placement.id == Entry.placement_id
        )
    )
    assert all(first <= day < end and day <= TODAY for day, first, end in rows)
    [one] = db.session.scalars(select(Resident).limit(1))
    assert "fictional" in one.note
    assert one.programme.is_sample
    assert 0 < completions([one.id])[one.id].percent <= 100


def test_the_same_seed_makes_the_same_base_once(app):
    make()
    names = list(db.session.scalars(select(Person.name).order_by(Person.id)))
    with pytest.raises(making.MadeBefore):
        make(beside=True)
    make(making.Size(residents=3, years=1, entries=8, seed=2), beside=True)
    assert number(Resident) == 6
    other = list(db.session.scalars(select(Person.name).order_by(Person.id)))[len(names) :]
    assert other != names


def test_a_base_with_people_is_left_alone(app):
    person("Wu", Role.OFFICE)
    with pytest.raises(making.NotEmpty):
        make()
    assert number(Resident) == 0
    make(beside=True)
    assert number(Resident) == 3
