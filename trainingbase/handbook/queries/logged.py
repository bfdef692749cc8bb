"""The log against its minimums, and teaching activities attended."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.logbook.models import Entry
from trainingbase.logbook.queries.completion import completion_of
from trainingbase.logbook.queries.counts import CONFIRMED, STANDS
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.training.models import Activity, attendances
from trainingbase.training.queries import COUNTED

Facts = dict[str, Any]


def log(resident: Resident, standards: dict[int, dict]) -> Facts:
    """By standard department, in the programme's order: what counts against each minimum, and
    every confirmed entry.  The sealed number of a case stays in the portal."""
    whole = completion_of(resident.id)
    lines: dict[int, list[Facts]] = defaultdict(list)
    for line in whole.lines:
        lines[line.standard_department_id].append(
            {
                "category": line.category,
                "item": line.item,
                "target": line.target,
                "done": line.done,
                "counted": line.counted,
            }
        )
    entries = _entries(resident)
    order = [*lines, *(key for key in entries if key not in lines)]
    return {
        "counted": whole.counted,
        "target": whole.target,
        "percent": whole.percent,
        "standards": [
            {
                "standard": standards[key],
                "percent": whole.of([key]).percent if key in lines else None,
                "lines": lines.get(key, []),
                "entries": entries.get(key, []),
            }
            for key in order
        ],
    }


def _entries(resident: Resident) -> dict[int, list[Facts]]:
    """Read as columns: there may be thousands."""
    found: dict[int, list[Facts]] = defaultdict(list)
    decider = aliased(Person)
    rows = db.session.execute(
        select(
            Placement.standard_department_id,
            Entry.done_on,
            Entry.category,
            Entry.item,
            Entry.level,
            Entry.note,
            Department.name,
            Department.name_en,
            decider.name,
            decider.name_en,
        )
        .join(Entry.placement)
        .join(Placement.department)
        .outerjoin(decider, decider.id == Entry.decided_by_id)
        .where(Entry.resident_id == resident.id, CONFIRMED, STANDS)
        .order_by(Entry.done_on, Entry.id)
    )
    for standard_id, done_on, category, item, level, note, zh, en, by, by_en in rows:
        found[standard_id].append(
            {
                "done_on": done_on,
                "category": category,
                "item": item,
                "level": level,
                "note": note,
                "department": {"zh": zh, "en": en},
                "confirmed_by": {"zh": by, "en": by_en} if by else None,
            }
        )
    return found


def activities(resident: Resident) -> list[Facts]:
    """Those that count."""
    speaker = aliased(Person)
    rows = db.session.execute(
        select(
            Activity.held_on,
            Activity.kind,
            Activity.topic,
            Activity.hours,
            Department.name,
            Department.name_en,
            speaker.name,
            speaker.name_en,
        )
        .join(attendances, attendances.c.activity_id == Activity.id)
        .outerjoin(Department, Department.id == Activity.department_id)
        .outerjoin(speaker, speaker.id == Activity.speaker_id)
        .where(
            attendances.c.resident_id == resident.id,
            COUNTED,
        )
        .order_by(Activity.held_on, Activity.id)
    )
    return [
        {
            "held_on": held_on,
            "kind": kind,
            "topic": topic,
            "hours": hours,
            "department": {"zh": zh, "en": en} if zh else None,
            "speaker": {"zh": by, "en": by_en} if by else None,
        }
        for held_on, kind, topic, hours, zh, en, by, by_en in rows
    ]
