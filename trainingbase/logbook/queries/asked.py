"""What is asked of residents: their programme's minimums, less what credit and leave take away,
and the stays it falls to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.db import columns
from trainingbase.enrolment.models import Credit, Leave, Resident
from trainingbase.logbook.models import Appeal
from trainingbase.logbook.rules.completion import Key
from trainingbase.logbook.rules.stays import (
    NO_EASING,
    UNEXCUSED,
    Easing,
    Part,
    Relief,
    Stay,
    easing_of,
    part_of,
)
from trainingbase.prepared import prepared
from trainingbase.programmes.models import Minimum, Requirement
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole

Minimums = Sequence[tuple[Key, int]]


@dataclass
class Asked:
    """Of one resident.  `department_of` knows cancelled stays too, `live` only those that stand."""

    minimums: Minimums
    parts: dict[int, Part]
    easing: Easing
    department_of: dict[int, int]
    live: set[int]


@dataclass
class _Curriculum:
    """Of a version of a programme: months by standard department, and which are elective."""

    months: dict[int, Decimal] = field(default_factory=dict)
    electives: set[int] = field(default_factory=set)
    minimums: list[tuple[Key, int]] = field(default_factory=list)


def asked_of(resident_ids: Sequence[int]) -> dict[int, Asked]:
    """In eight statements."""
    programme_of = {row[0]: row[1] for row in columns(*_programmes(resident_ids))}
    curricula = _curricula(set(programme_of.values()))
    credited, leave = _credited(resident_ids), _leave(resident_ids)
    departments, stays = _stays(resident_ids, leave)
    reliefs = _reliefs(resident_ids)
    leave_from = whole("completion_leave_days")
    found = {}
    for resident_id, programme_id in programme_of.items():
        curriculum, credit = curricula[programme_id], credited[resident_id]
        own = stays[resident_id]
        parts = {
            standard_id: part_of(
                own.get(standard_id, ()),
                months=months,
                credited=credit.get(standard_id, Decimal(0)),
                leave_from=leave_from,
            )
            for standard_id, months in curriculum.months.items()
            if standard_id not in curriculum.electives
            or standard_id in own
            or standard_id in credit
        }
        found[resident_id] = Asked(
            curriculum.minimums,
            parts,
            easing_of(reliefs[resident_id], curriculum.minimums, parts)
            if resident_id in reliefs
            else NO_EASING,
            departments[resident_id],
            {stay.id for several in own.values() for stay in several},
        )
    return found


@prepared
def _programmes(resident_ids: list):
    return select(Resident.id, Resident.programme_id).where(Resident.id.in_(resident_ids))


def _curricula(programme_ids: set[int]) -> Mapping[int, _Curriculum]:
    found: dict[int, _Curriculum] = defaultdict(_Curriculum)
    required = columns(*_requirements(programme_ids))
    for programme_id, standard_id, number, group_id in required:
        found[programme_id].months[standard_id] = number
        if group_id is not None:
            found[programme_id].electives.add(standard_id)
    minimums = columns(*_minimums(programme_ids))
    for programme_id, standard_id, category, item, count in minimums:
        found[programme_id].minimums.append(((standard_id, category, item), count))
    return found


@prepared
def _requirements(programme_ids: list):
    return (
        select(
            Requirement.programme_id,
            Requirement.standard_department_id,
            Requirement.months,
            Requirement.elective_group_id,
        )
        .where(Requirement.programme_id.in_(programme_ids))
        .order_by(Requirement.position)
    )


@prepared
def _minimums(programme_ids: list):
    return (
        select(
            Minimum.programme_id,
            Minimum.standard_department_id,
            Minimum.category,
            Minimum.item,
            Minimum.count,
        )
        .where(Minimum.programme_id.in_(programme_ids))
        .order_by(Minimum.standard_department_id, Minimum.id)
    )


def _credited(resident_ids: Sequence[int]) -> Mapping[int, dict[int, Decimal]]:
    """Months by standard department that were accepted from elsewhere, or done before the portal
    kept a log."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for resident_id, standard_id, number in columns(*_credits(resident_ids)):
        found[resident_id][standard_id] = number
    return found


@prepared
def _credits(resident_ids: list):
    return (
        select(Credit.resident_id, Credit.standard_department_id, func.sum(Credit.months))
        .where(Credit.resident_id.in_(resident_ids), Credit.standard_department_id.is_not(None))
        .group_by(Credit.resident_id, Credit.standard_department_id)
    )


def _reliefs(resident_ids: Sequence[int]) -> Mapping[int, list[Relief]]:
    """Decisions in favour of residents, in the order they were asked for."""
    found: dict[int, list[Relief]] = defaultdict(list)
    rows = columns(*_granted(resident_ids))
    for resident_id, placement_id, standard_id, category, item, eased, elsewhere_id in rows:
        key = (standard_id, category, item)
        found[resident_id].append(Relief(placement_id, key, eased, elsewhere_id))
    return found


@prepared
def _granted(resident_ids: list):
    return (
        select(
            Appeal.resident_id,
            Appeal.placement_id,
            Placement.standard_department_id,
            Appeal.category,
            Appeal.item,
            Appeal.eased,
            Appeal.elsewhere_id,
        )
        .join(Placement, Placement.id == Appeal.placement_id)
        .where(Appeal.resident_id.in_(resident_ids), Appeal.granted.is_(True))
        .order_by(Appeal.id)
    )


Times = Mapping[int, list[tuple[date, date]]]


def _leave(resident_ids: Sequence[int]) -> Times:
    """Granted leave, as it was taken, by resident; ends exclusive."""
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = columns(*_leave_taken(resident_ids))
    for resident_id, starts_on, ends_on, returned_on in rows:
        until_on = min(ends_on, returned_on or ends_on)
        if starts_on < until_on:
            found[resident_id].append((starts_on, until_on))
    return found


@prepared
def _leave_taken(resident_ids: list):
    return select(Leave.resident_id, Leave.starts_on, Leave.ends_on, Leave.returned_on).where(
        Leave.resident_id.in_(resident_ids),
        Leave.granted.is_(True),
        Leave.kind.not_in(UNEXCUSED),
    )


Departments = Mapping[int, dict[int, int]]
Stays = Mapping[int, dict[int, list[Stay]]]


def _stays(resident_ids: Sequence[int], leave: Times) -> tuple[Departments, Stays]:
    """The standard department of every placement by resident; and of those that stand the stays
    by standard department, in order of time."""
    departments: dict[int, dict[int, int]] = defaultdict(dict)
    stays: dict[int, dict[int, list[Stay]]] = defaultdict(dict)
    rows = columns(*_placements(resident_ids))
    for resident_id, placement_id, standard_id, starts_on, ends_on, cancelled_at in rows:
        departments[resident_id][placement_id] = standard_id
        if cancelled_at is None:
            taken = leave.get(resident_id)
            away = _shared(starts_on, ends_on, taken) if taken else 0
            stay = Stay(placement_id, (ends_on - starts_on).days, away)
            stays[resident_id].setdefault(standard_id, []).append(stay)
    return departments, stays


@prepared
def _placements(resident_ids: list):
    return (
        select(
            Placement.resident_id,
            Placement.id,
            Placement.standard_department_id,
            Placement.starts_on,
            Placement.ends_on,
            Placement.cancelled_at,
        )
        .where(Placement.resident_id.in_(resident_ids))
        .order_by(Placement.starts_on, Placement.id)
    )


def _shared(starts_on: date, ends_on: date, times: Sequence[tuple[date, date]]) -> int:
    """Days of [starts_on, ends_on) that lie in the times."""
    days = 0
    for first, end in times:
        if first < ends_on and end > starts_on:
            days += (min(ends_on, end) - max(starts_on, first)).days
    return days
