"""The first of December: Alice and Bob begin in Medicine, where Mei and Lin teach."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import faculty_member
from trainingbase.db import db
from trainingbase.notices.models import Notice

NOVEMBER, DECEMBER, FEBRUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 2, 1)
AT = datetime(2026, 12, 1, 2, tzinfo=UTC)
LATER = datetime(2026, 12, 3, 2, tzinfo=UTC)


def set_day(monkeypatch, day):
    monkeypatch.setenv("TRAININGBASE_TODAY", day)


@pytest.fixture(autouse=True)
def first_of_december(monkeypatch):
    set_day(monkeypatch, "2026-12-01")


@pytest.fixture
def lin_member(county):
    return faculty_member("Lin", county.medicine, "1003")


@pytest.fixture
def coming(placed, alice_resident, county, mei_member):
    return placed(alice_resident, county.medicine, DECEMBER, FEBRUARY, mei_member)


@pytest.fixture
def also_coming(placed, bob_resident, county):
    """With nobody."""
    return placed(bob_resident, county.medicine, DECEMBER, FEBRUARY)


def told(person):
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [one.kind for one in rows]


def fresh(one):
    db.session.expire_all()
    return db.session.get(type(one), one.id)


def answers(placement, member=None, day="2026-12-01", *, version=0, **more):
    """What the page of one arrival sends."""
    return {
        "arrived_on": day,
        "supervisor": member.id if member else "",
        "beds": "4",
        "placed": placement.version,
        "version": version,
        "inducted_by": "0",
    } | more


def ticks(*rows, **more):
    """What the list sends: (placement, supervisor) of each, all ticked."""
    data = dict(more)
    for one, member in rows:
        data |= {
            f"t_{one.id}": "y",
            f"d_{one.id}": "2026-12-01",
            f"s_{one.id}": member.id if member else "",
            f"b_{one.id}": "3",
            f"v_{one.id}": one.version,
            f"a_{one.id}": 0,
        }
    return data | {"inducted_by": more.get("inducted_by", "0")}
