"""How often what was done: aggregates, never the entries themselves."""

from collections.abc import Sequence

from sqlalchemy import func, select

from trainingbase.db import columns
from trainingbase.logbook.models import Entry
from trainingbase.prepared import prepared
from trainingbase.rotations.models import Placement
from trainingbase.training.models import Activity, attendances
from trainingbase.training.queries import COUNTED

Counts = Sequence[tuple[int, int, str, str, int, int]]
"""Resident, placement, category, item, how many count, how many wait."""

STANDS = Entry.withdrawn_at.is_(None) & Entry.replaced_at.is_(None)
CONFIRMED = Entry.confirmed.is_(True)
WAITING = Entry.confirmed.is_(None) & Entry.corrects_id.is_(None)
"""A correction waits in the place of what it corrects, which counts until then."""


def logged_by(resident_ids: Sequence[int]) -> Counts:
    """Entries that were confirmed, or wait."""
    return columns(*_logged(resident_ids))


@prepared
def _logged(resident_ids: list):
    return (
        select(
            Entry.resident_id,
            Entry.placement_id,
            Entry.category,
            Entry.item,
            func.coalesce(func.sum(Entry.count).filter(CONFIRMED), 0),
            func.coalesce(func.sum(Entry.count).filter(WAITING), 0),
        )
        .where(Entry.resident_id.in_(resident_ids), STANDS)
        .group_by(Entry.resident_id, Entry.placement_id, Entry.category, Entry.item)
    )


def attended_by(resident_ids: Sequence[int]) -> Counts:
    """Approved activities attended during a placement."""
    rows = columns(*_attended(resident_ids))
    return [(resident, stay, "activity", kind, number, 0) for resident, stay, kind, number in rows]


@prepared
def _attended(resident_ids: list):
    return (
        select(
            attendances.c.resident_id,
            Placement.id,
            Activity.kind,
            func.count(Activity.id.distinct()),
        )
        .join(Activity, Activity.id == attendances.c.activity_id)
        .join(
            Placement,
            (Placement.resident_id == attendances.c.resident_id)
            & Placement.cancelled_at.is_(None)
            & (Placement.starts_on <= Activity.held_on)
            & (Placement.ends_on > Activity.held_on),
        )
        .where(
            attendances.c.resident_id.in_(resident_ids),
            COUNTED,
        )
        .group_by(attendances.c.resident_id, Placement.id, Activity.kind)
    )
