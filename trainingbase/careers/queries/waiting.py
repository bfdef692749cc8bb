"""What waits for somebody on their first page, in one statement."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from trainingbase.careers.models import Employment, FollowUp, Waiver
from trainingbase.careers.queries.employment import STATES
from trainingbase.careers.queries.following import states
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.roles import Role


@dataclass(frozen=True)
class Waiting:
    """Places of work to decide, graduates to ask, and waivers that somebody else proposed."""

    claims: int
    follow_ups: int
    waivers: int


def waiting_for(viewer: Person, *, today: date) -> Waiting:
    """Of the leader only the waivers."""
    others = Waiver.granted.is_(None) & (Waiver.proposed_by_id != viewer.id)
    claims, tasks, waivers = db.session.execute(
        select(
            select(func.count(Employment.id)).where(STATES["waiting"]).scalar_subquery(),
            select(func.count(FollowUp.id)).where(states(today)["to_ask"]).scalar_subquery(),
            select(func.count(Waiver.id)).where(others).scalar_subquery(),
        )
    ).one()
    if not viewer.holds(Role.OFFICE):
        return Waiting(0, 0, waivers)
    return Waiting(claims, tasks, waivers)
