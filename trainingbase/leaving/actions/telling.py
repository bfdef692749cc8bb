"""Telling people about a leaving.  The caller commits."""

from collections.abc import Iterable
from datetime import date, datetime

from trainingbase.leave.queries.standing import secretaries_of
from trainingbase.leaving.queries.groups import group_of, signers_of
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement


def path_of(placement: Placement) -> str:
    return f"/leaving/{placement.id}"


def tell(kind: str, placement: Placement, to_ids: Iterable[int], *, at: datetime, **facts) -> None:
    leave(
        kind,
        to_ids=to_ids,
        at=at,
        path=path_of(placement),
        resident=placement.resident.name,
        name=placement.department.name,
        name_en=placement.department.name_en,
        **facts,
    )


def office() -> list[int]:
    return [one.id for one in holders_of(Role.OFFICE)]


def secretaries(placement: Placement, today: date) -> list[int]:
    """Who prepares; the office where a department has nobody."""
    return [one.id for one in secretaries_of(placement.department, today=today)] or office()


def signers(placement: Placement, today: date) -> list[int]:
    """Leader and deputies; the office where nobody is named, since it names them."""
    found: list[Person] = signers_of(group_of(placement), today)
    return [one.id for one in found if one.id != placement.resident.person_id] or office()
