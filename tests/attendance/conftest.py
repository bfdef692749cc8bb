"""Medicine in November 2026: Alice with Mei, Bob with nobody; Zhao is secretary there."""

from datetime import date, datetime, time

import pytest

from tests.cast import add, person
from trainingbase.attendance.models import ChoiceRow
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.notices.models import Notice
from trainingbase.roles import Role

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
NOW = datetime(2026, 11, 20, 9, tzinfo=LOCAL)
LATER = datetime(2026, 12, 2, 9, tzinfo=LOCAL)


def nov(day: int) -> date:
    return date(2026, 11, day)


def at(day: date, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, second), LOCAL)


def told(someone) -> list[str]:
    rows = db.session.query(Notice).filter_by(person_id=someone.id).order_by(Notice.id)
    return [one.kind for one in rows]


def choose(**values) -> ChoiceRow:
    """Alter the choice the base starts with."""
    row = db.session.query(ChoiceRow).order_by(ChoiceRow.from_on).first()
    for name, value in values.items():
        setattr(row, name, value)
    db.session.commit()
    return row


@pytest.fixture
def here(placed, county, alice_resident, mei_member, secretary):
    """Alice in Medicine with Mei, October to December."""
    return placed(alice_resident, county.medicine, OCTOBER, date(2027, 1, 1), mei_member)


@pytest.fixture
def bob_here(placed, county, bob_resident, here):
    return placed(bob_resident, county.medicine, NOVEMBER, DECEMBER)


@pytest.fixture
def other_secretary(county):
    return person("Feng", Role.SECRETARY, department_id=county.surgery.id)


@pytest.fixture
def by_code(county):
    return choose(mode="code")


@pytest.fixture
def away(office):
    """`away(alice_resident, "sick", nov(9), nov(11))`: granted leave; the end is exclusive."""

    def made(resident, kind: str, starts_on: date, ends_on: date) -> Leave:
        leave = Leave(resident_id=resident.id, kind=kind, starts_on=starts_on, ends_on=ends_on)
        leave.decide(True, by=office, at=NOW)
        return add(leave)

    return made
