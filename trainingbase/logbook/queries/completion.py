"""How complete the training of residents is: one answer for every page, export and rule."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.enrolment.models import Credit, Resident
from trainingbase.logbook.models import Entry
from trainingbase.logbook.rules.completion import Completion, Key, lines
from trainingbase.programmes.models import Minimum, Requirement
from trainingbase.rotations.models import Placement
from trainingbase.training.models import Activity, attendances
from trainingbase.training.queries import COUNTED

CONFIRMED = Entry.confirmed.is_(True) & Entry.withdrawn_at.is_(None) & Entry.replaced_at.is_(None)
WAITING = Entry.confirmed.is_(None) & Entry.withdrawn_at.is_(None) & Entry.corrects_id.is_(None)


def completion_of(resident_id: int) -> Completion:
    return completions([resident_id])[resident_id]


def completions(resident_ids: Iterable[int]) -> dict[int, Completion]:
    """By resident, in seven statements however many they are.

    Asked is every minimum of the standard departments a resident's programme requires, of
    elective ones only where they are or will be placed.
    """
    wanted = list(resident_ids)
    programme_of = dict(
        db.session.execute(
            select(Resident.id, Resident.programme_id).where(Resident.id.in_(wanted))
        ).all()
    )
    months, electives = _months(set(programme_of.values()))
    minimums = _minimums(set(programme_of.values()))
    placed, credited = _placed(wanted), _credited(wanted)
    done, waiting = _counts(wanted)
    found = {}
    for resident_id, programme_id in programme_of.items():
        asked = {
            standard_id: number
            for standard_id, number in months[programme_id].items()
            if standard_id not in electives[programme_id]
            or (resident_id, standard_id) in placed
            or standard_id in credited[resident_id]
        }
        found[resident_id] = Completion(
            lines(
                minimums[programme_id],
                months=asked,
                credited=credited[resident_id],
                done=done[resident_id],
                waiting=waiting[resident_id],
            )
        )
    return found


def _months(
    programme_ids: set[int],
) -> tuple[Mapping[int, dict[int, Decimal]], Mapping[int, set[int]]]:
    """Of each programme: months by standard department, and which of those are elective."""
    months: dict[int, dict[int, Decimal]] = defaultdict(dict)
    electives: dict[int, set[int]] = defaultdict(set)
    rows = db.session.execute(
        select(
            Requirement.programme_id,
            Requirement.standard_department_id,
            Requirement.months,
            Requirement.elective_group_id,
        )
        .where(Requirement.programme_id.in_(programme_ids))
        .order_by(Requirement.position)
    )
    for programme_id, standard_id, number, group_id in rows:
        months[programme_id][standard_id] = number
        if group_id is not None:
            electives[programme_id].add(standard_id)
    return months, electives


def _minimums(programme_ids: set[int]) -> Mapping[int, Sequence[tuple[Key, int]]]:
    """Of each version of a programme."""
    found: dict[int, list[tuple[Key, int]]] = defaultdict(list)
    rows = db.session.execute(
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
    for programme_id, standard_id, category, item, count in rows:
        found[programme_id].append(((standard_id, category, item), count))
    return found


def _placed(resident_ids: list[int]) -> set[tuple[int, int]]:
    rows = db.session.execute(
        select(Placement.resident_id, Placement.standard_department_id)
        .where(Placement.resident_id.in_(resident_ids), Placement.cancelled_at.is_(None))
        .distinct()
    )
    return {(resident_id, standard_id) for resident_id, standard_id in rows}


def _credited(resident_ids: list[int]) -> Mapping[int, dict[int, Decimal]]:
    """Months by standard department that were accepted from elsewhere, or done before the portal
    kept a log."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = db.session.execute(
        select(Credit.resident_id, Credit.standard_department_id, func.sum(Credit.months))
        .where(Credit.resident_id.in_(resident_ids), Credit.standard_department_id.is_not(None))
        .group_by(Credit.resident_id, Credit.standard_department_id)
    )
    for resident_id, standard_id, number in rows:
        found[resident_id][standard_id] = number
    return found


Counts = Mapping[int, dict[Key, int]]


def _counts(resident_ids: list[int]) -> tuple[Counts, Counts]:
    """What was confirmed or attended, and what waits, by resident and item."""
    done: dict[int, dict[Key, int]] = defaultdict(dict)
    waiting: dict[int, dict[Key, int]] = defaultdict(dict)
    entries = db.session.execute(
        select(
            Entry.resident_id,
            Placement.standard_department_id,
            Entry.category,
            Entry.item,
            func.count().filter(CONFIRMED),
            func.count().filter(WAITING),
        )
        .join(Entry.placement)
        .where(Entry.resident_id.in_(resident_ids))
        .group_by(Entry.resident_id, Placement.standard_department_id, Entry.category, Entry.item)
    )
    for resident_id, standard_id, category, item, confirmed, open_ in entries:
        done[resident_id][standard_id, category, item] = confirmed
        waiting[resident_id][standard_id, category, item] = open_
    attended = db.session.execute(
        select(
            attendances.c.resident_id,
            Placement.standard_department_id,
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
        .group_by(attendances.c.resident_id, Placement.standard_department_id, Activity.kind)
    )
    for resident_id, standard_id, kind, number in attended:
        counted = done[resident_id]
        counted[standard_id, "activity", kind] = (
            counted.get((standard_id, "activity", kind), 0) + number
        )
    return done, waiting
