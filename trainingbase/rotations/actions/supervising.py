"""Naming another supervisor for placements in force.  The caller commits."""

from collections.abc import Mapping
from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.history.actions import note
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.rotations.actions.placing import News
from trainingbase.rotations.actions.telling import MINE, tell_supervisors
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries import published
from trainingbase.rotations.queries.names import names_of


def name_supervisors(
    changes: Mapping[Placement, int | None], *, by: Person, at: datetime, why: str | None = None
) -> int:
    """Give each placement its supervisor (id, or None); how many changed.  Whoever is concerned
    is told: the residents, those who get one, those who lose one.

    That the supervisor may, and that the rows are held, is the caller's to know.
    """
    changed = {one: new for one, new in changes.items() if one.supervisor_id != new}
    names = published.names_of_faculty(
        {one.supervisor_id for one in changed} | set(changed.values())
    )
    told: dict[int, list[News]] = {}
    for placement, new in changed.items():
        old, placement.supervisor_id = placement.supervisor_id, new
        placement.sequence += 1
        placement.version += 1
        placement.changed_at = at
        for member, what in ((old, "gone"), (new, "new")):
            if member is not None:
                told.setdefault(member, []).append(_news(what, placement))
        note(placement, {"supervisor": (names.get(old), names.get(new))}, by=by, at=at, why=why)
        record("name-supervisor", placement, by=by, at=at, before=old, after=new)
        _tell_resident(placement, names.get(new), at=at)
    if told:
        residents = names_of({one.resident_id for one in changed})
        tell_supervisors("", told, residents, at)
    return len(changed)


def _news(what: str, one: Placement) -> News:
    return News(what, one.resident_id, one.department_id, one.starts_on, one.ends_on)


def _tell_resident(placement: Placement, name: str | None, *, at: datetime) -> None:
    department = placement.department
    leave(
        "supervisor-named" if name else "supervisor-gone",
        to_ids=[placement.resident.person_id],
        at=at,
        path=MINE,
        supervisor=name,
        name=department.name,
        name_en=department.name_en,
        starts_on=placement.starts_on.isoformat(),
        ends_on=placement.ends_on.isoformat(),
    )
