"""A committee of three, a called meeting, and forms about Alice."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import PASSWORD, faculty_member, person
from trainingbase.db import db
from trainingbase.judging.actions import committee, reading
from trainingbase.judging.models import Case, Meeting
from trainingbase.roles import Role
from trainingbase.signatures.rules import Proof

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HELD_ON = date(2026, 12, 1)


def proof() -> Proof:
    return Proof(PASSWORD, "", AT)


@pytest.fixture
def sitting(county, office, mei, chen, leader):
    """Li leads, Mei and Chen sit."""
    for someone, duty in ((leader, "chair"), (mei, "member"), (chen, "member")):
        committee.name_member(
            someone, duty=duty, starts_on=date(2026, 9, 1), ends_on=None, by=office, at=AT
        )
    return {"chair": leader, "members": [mei, chen]}


@pytest.fixture
def meeting(sitting, office, alice_resident, bob_resident) -> Meeting:
    """Alice and Bob are on the agenda."""
    made = committee.call_meeting(held_on=HELD_ON, place="301", by=office, at=AT)
    for resident in (alice_resident, bob_resident):
        committee.add_case(made, resident, why="asked for", by=office, at=AT)
    return made


@pytest.fixture
def frozen(meeting, office) -> Meeting:
    reading.freeze(meeting, today=TODAY, by=office, at=AT)
    return meeting


@pytest.fixture
def alices_case(frozen, alice_resident) -> Case:
    return db.session.scalars(db.select(Case).where(Case.resident_id == alice_resident.id)).one()


@pytest.fixture
def outsiders(county):
    """Two who may sit and have not."""
    return [faculty_member("Gao", county.surgery, "1003").person, person("Xu", Role.LEADER)]
