"""What should be known before somebody arrives: from where they come, leave, health, log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.entering.models import Induction
from trainingbase.entering.rules import Bounds
from trainingbase.logbook.models import Entry
from trainingbase.logbook.queries.entries import STATES as LOG_STATES
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import values

HEALTH = frozenset({"sick", "maternity", "radiation", "family_planning"})
"""Kinds of leave that say something of a resident's health."""
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Matter:
    """Leave (`kind` leave or asked), health, or log; `code` is the kind of leave."""

    kind: str
    code: str = ""
    first: date | None = None
    end: date | None = None
    waiting: int = 0
    returned: int = 0


def before(placements: Sequence[Placement]) -> dict[int, Placement]:
    """Where each resident was until then, by placement."""
    if not placements:
        return {}
    first = min(one.starts_on for one in placements)
    stays: dict[int, list[Placement]] = {}
    for one in db.session.scalars(
        select(Placement)
        .where(
            Placement.resident_id.in_({one.resident_id for one in placements}),
            Placement.cancelled_at.is_(None),
            Placement.ends_on > first - 2 * LATELY,
            Placement.ends_on <= max(one.starts_on for one in placements),
        )
        .options(joinedload(Placement.department).joinedload(Department.institution))
        .order_by(Placement.ends_on)
    ):
        stays.setdefault(one.resident_id, []).append(one)
    found = {}
    for one in placements:
        earlier = [stay for stay in stays.get(one.resident_id, ()) if stay.ends_on <= one.starts_on]
        if earlier:
            found[one.id] = earlier[-1]
    return found


def log_of(placement_ids: list[int]) -> dict[int, Matter]:
    """What of the log of these placements waits or came back."""
    rows = db.session.execute(
        select(
            Entry.placement_id,
            func.count().filter(LOG_STATES["waiting"]),
            func.count().filter(LOG_STATES["returned"]),
        )
        .where(Entry.placement_id.in_(placement_ids))
        .group_by(Entry.placement_id)
    )
    return {
        key: Matter("log", waiting=waiting, returned=returned)
        for key, waiting, returned in rows
        if waiting or returned
    }


def matters(one: Placement, leaves: Sequence[Leave], log: Matter | None) -> tuple[Matter, ...]:
    """Leave that touches the placement, of the health kinds also shortly before, and the log."""
    found = [
        _leave(leave)
        for leave in leaves
        if leave.starts_on < one.ends_on
        and leave.until_on > (one.starts_on - LATELY if leave.kind in HEALTH else one.starts_on)
    ]
    return (*found, *([log] if log is not None else ()))


def _leave(leave: Leave) -> Matter:
    kind = "asked" if leave.granted is None else "health" if leave.kind in HEALTH else "leave"
    return Matter(kind, leave.kind, leave.starts_on, leave.until_on)


def bounds() -> dict[int, Bounds]:
    """By department, those of general practice; under 0 everybody else's."""
    numbers = values()
    most = int(numbers["beds_most"])
    practice = Bounds(int(numbers["beds_least_gp"]), most)
    ids = db.session.scalars(
        select(Induction.department_id).where(Induction.is_general_practice.is_(True))
    )
    return {0: Bounds(int(numbers["beds_least"]), most)} | dict.fromkeys(ids, practice)
