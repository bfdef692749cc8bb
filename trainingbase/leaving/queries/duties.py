"""What somebody has to do with one placement: the one place that says so."""

from datetime import date

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.leaving.models import MAY_SIGN
from trainingbase.leaving.queries.groups import reviewed_by
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement

RESIDENT, SUPERVISOR, SECRETARY = "resident", "supervisor", "secretary"
OFFICE, MEMBER, SIGNER = "office", "member", "signer"

ENTER_MARKS = {SUPERVISOR, SECRETARY, OFFICE, MEMBER, SIGNER}
PREPARE = {SECRETARY, OFFICE}


def duties_of(viewer: Person, placement: Placement, *, today: date) -> set[str]:
    """Nobody has a duty for a placement of their own but that of the resident."""
    if placement.resident.person_id == viewer.id:
        return {RESIDENT}
    found = set()
    if viewer.holds(Role.OFFICE):
        found.add(OFFICE)
    if placement.supervisor is not None and placement.supervisor.person_id == viewer.id:
        found.add(SUPERVISOR)
    if (
        placement.department_id in viewer.department_ids
        or placement.department.institution_id in viewer.institution_ids
    ):
        found.add(SECRETARY)
    for duty, which in ((MEMBER, None), (SIGNER, MAY_SIGN)):
        mine = select(Placement.id).where(
            Placement.id == placement.id, reviewed_by(viewer, today, duties=which)
        )
        if db.session.scalar(mine) is not None:
            found.add(duty)
    return found
