"""Teaching activities and who attended them."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.imports.keeping.days import begins, exact
from trainingbase.imports.keeping.roster import Places, Residents, same
from trainingbase.imports.keeping.wanted import Wanted, Workbook
from trainingbase.people.models import Person
from trainingbase.training.models import Activity

NEEDS: Sequence[str] = ("sites", "residents", "faculty", "plan")
CANCELLED = re.compile("取消|作废|未开展|驳回|退回|cancel|rejected", re.IGNORECASE)
PLANNED = re.compile("计划|草稿|draft|planned", re.IGNORECASE)
WAITING = re.compile("待|未|审核中|计划|草稿|延期|pending|draft|planned", re.IGNORECASE)


def keep(workbook: Workbook, *, by: Person | None, at: datetime) -> None:
    places, residents = Places(), Residents()
    speakers: dict[str, list[Person]] = {}
    for person in db.session.scalars(
        select(Person).join(FacultyMember, FacultyMember.person_id == Person.id)
    ):
        speakers.setdefault(same(person.name), []).append(person)
    rows = list(workbook.of("activity"))
    known = _known(rows)
    for wanted in rows:
        values = _values(places, speakers, wanted)
        attended = _attended(residents, wanted) if values else None
        if attended is None:
            continue
        key = _key(values)
        if known.get(key):
            _change(known[key].pop(0), values, attended, wanted, at=at)
        else:
            _new(values, attended, wanted, at=at)


def _key(values: dict[str, Any]) -> tuple:
    return (
        values["held_on"],
        values["starts_at"],
        values["kind"],
        values["topic"],
        values["department_id"],
    )


def _known(rows: list[Wanted]) -> dict[tuple, list[Activity]]:
    """What stands on the days of the workbook; several of one key in the order they came."""
    days = [begins(wanted.record["date"]) for wanted in rows]
    found: dict[tuple, list[Activity]] = {}
    if not days:
        return found
    for one in db.session.scalars(
        select(Activity)
        .where(Activity.held_on.between(min(days), max(days)))
        .options(selectinload(Activity.residents))
        .order_by(Activity.id)
    ):
        key = (one.held_on, one.starts_at, one.kind, one.topic, one.department_id)
        found.setdefault(key, []).append(one)
    return found


def _values(
    places: Places, speakers: dict[str, list[Person]], wanted: Wanted
) -> dict[str, Any] | None:
    """None where the row had to be refused."""
    record, department, speaker = wanted.record, None, None
    if record["department"]:
        department, _standard = places.at(record["department"])
        if department is None:
            wanted.refuse("department", "department_not_here", name=record["department"])
            return None
    if record["speaker"]:
        found = speakers.get(same(record["speaker"]), [])
        if len(found) != 1:
            wanted.refuse(
                "speaker",
                "speaker_ambiguous" if found else "speaker_unknown",
                name=record["speaker"],
            )
            return None
        speaker = found[0]
    hours = exact(record["hours"])
    if hours is not None and hours <= 0:
        wanted.refuse("hours", "value_unknown")
        return None
    return {
        "held_on": begins(record["date"]),
        "starts_at": clock(record["start"]),
        "hours": hours,
        "kind": record["kind"],
        "topic": record["topic"],
        "department_id": department.id if department else None,
        "speaker_id": speaker.id if speaker else None,
        "score": exact(record["score"]),
    }


def clock(text: str | None) -> str | None:
    """9:00 → 09:00, so that times sort."""
    return text.rjust(5, "0") if text else None


def _attended(residents: Residents, wanted: Wanted) -> list[Resident] | None:
    found = {}
    for name in wanted.record["attendees"]:
        meant = residents.named(name)
        if len(meant) > 1:
            meant = [one for one in meant if one.finished_on is None]
        if len(meant) != 1:
            category = "person_ambiguous" if meant else "person_unknown"
            wanted.refuse("attendees", category, name=name)
            return None
        found[meant[0].id] = meant[0]
    return [found[number] for number in sorted(found)]


def _state(status: str | None) -> tuple[bool, bool]:
    """Whether it is approved, and whether it was cancelled."""
    if status and CANCELLED.search(status):
        return False, True
    return not (status and WAITING.search(status)), False


def _is_planned(status: str | None) -> bool:
    """What lies ahead has not been handed in to be approved."""
    return bool(status and PLANNED.search(status))


def _new(values: dict, attended: list[Resident], wanted: Wanted, *, at: datetime) -> None:
    approved, cancelled = _state(wanted.record["status"])
    wanted.made()
    db.session.add(
        Activity(
            **values,
            residents=attended,
            submitted_at=None if cancelled or _is_planned(wanted.record["status"]) else at,
            approved_at=at if approved else None,
            cancelled_at=at if cancelled else None,
        )
    )


def _change(
    activity: Activity,
    values: dict[str, Any],
    attended: list[Resident],
    wanted: Wanted,
    *,
    at: datetime,
) -> None:
    names = {"hours": "hours", "speaker": "speaker_id", "score": "score"}
    among = {ours for key, ours in names.items() if wanted.says(key)}
    wanted.put(activity, values, among=among)
    if "speaker_id" in wanted.changes:
        wanted.changes.pop("speaker_id")
        wanted.change("speaker", None, wanted.record["speaker"])
    if wanted.says("attendees") and {one.id for one in activity.residents} != {
        one.id for one in attended
    }:
        wanted.change("attendees", len(activity.residents), len(attended))
        activity.residents = attended
    # what was approved or cancelled here since the workbook was written stays so
    approved, cancelled = _state(wanted.record["status"])
    if cancelled and activity.cancelled_at is None:
        wanted.change("cancelled", False, True)
        activity.cancelled_at = at
    elif approved and activity.approved_at is None and activity.cancelled_at is None:
        wanted.change("approved", False, True)
        activity.submitted_at = activity.submitted_at or at
        activity.approved_at = at
