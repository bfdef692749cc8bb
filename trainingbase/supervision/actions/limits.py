"""How many residents a faculty member may have at once."""

from datetime import date, datetime

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.queries import hold_members
from trainingbase.faculty.rules import Stay, at_once
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.rotations.queries.published import load_from


class TooMany(Exception):
    """They have `load` residents at once already, or will have."""

    def __init__(self, load: int):
        super().__init__(load)
        self.load = load


def change_limit(
    member: FacultyMember,
    most: int,
    *,
    version: int | None,
    by: Person,
    at: datetime,
    why: str | None = None,
) -> None:
    """Raises `Stale`, and `TooMany` when the limit would lie below what is assigned."""
    hold_members([member.id])
    member.expect(version)
    load = most_from(member.id, at.astimezone(LOCAL).date())
    if most < load:
        db.session.rollback()
        raise TooMany(load)
    change("change-limit", member, {"most_residents": most}, by=by, at=at, why=why)
    db.session.commit()


def most_from(member_id: int, today: date) -> int:
    """The most residents they have at once from that day on."""
    spans = load_from(today).get(member_id, [])
    return at_once(spans, Stay(None, 0, today, date.max))
