"""The effect of a change of course: what is shown before it is done, and kept once it is.

An effect is plain data: ids, ISO days, amounts as text, and names as they were.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from trainingbase.assessments.queries.requests import open_about
from trainingbase.courses.models import Course
from trainingbase.courses.queries import graduating, paying, training
from trainingbase.courses.queries.obligations import obligations_of
from trainingbase.courses.queries.supposing import Supposed, supposed
from trainingbase.courses.rules.months import Earned, Stay, done_by_standard, owed
from trainingbase.courses.rules.states import LEAVING
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.suspension import open_suspension
from trainingbase.history.actions import readable
from trainingbase.rotations.queries.releasing import Loss, loss_of
from trainingbase.rotations.rules.rows import to_json


def effect_of(course: Course, resident: Resident, *, today: date) -> dict:
    """What the change would do as things stand."""
    would = supposed(course, resident)
    found: dict[str, Any] = {
        "fields": {
            name: [readable(getattr(resident, name)), readable(value)]
            for name, value in would.fields.items()
            if getattr(resident, name) != value
        },
        "state": _standing_fields(resident),
    }
    if course.kind == "certificate":
        return found
    loss = loss_of(resident.id, would.from_on, would.until_on) if would.releases else None
    found |= _plan(loss, would)
    found |= _requests(course, loss, resident, today)
    found |= _credits(course, resident)
    if course.kind not in LEAVING:
        found["missing"] = _missing(course, resident, would)
    if course.kind == "graduation":
        found["lacks"] = graduating.lacks_as_data(resident, course.starts_on)
    if course.kind == "return":
        resting = open_suspension(resident.id)
        found["suspension"] = (
            [resting.id, resting.starts_on.isoformat(), resting.ends_on.isoformat()]
            if resting
            else None
        )
    return found | _beyond(course, resident, would, today)


def digest(effect: dict) -> str:
    """Tells one effect from another: what was confirmed must be what was shown."""
    content = json.dumps(effect, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _standing_fields(resident: Resident) -> dict:
    """Shown to nobody; a record changed meanwhile makes another effect."""
    names = ("starts_on", "ends_on", "finished_on", "withdrawn_on", "programme_id", "cohort_id")
    return {name: readable(getattr(resident, name)) for name in names}


def _plan(loss: Loss | None, would: Supposed) -> dict:
    if loss is None:
        return {}
    placements = [
        {
            "id": one.id,
            "department": [one.department.name, one.department.name_en],
            "starts_on": one.starts_on.isoformat(),
            "ends_on": one.ends_on.isoformat(),
            "now_ends_on": would.from_on.isoformat() if one.starts_on < would.from_on else None,
            "supervisor": one.supervisor.person.name if one.supervisor else None,
        }
        for one in loss.placements
    ]
    supervisors = sorted({one["supervisor"] for one in placements if one["supervisor"]})
    return {
        "plan": [loss.plan.id, loss.plan.title] if loss.plan is not None else None,
        "removed": to_json(loss.removed),
        "added": to_json(loss.added),
        "placements": placements,
        "supervisors": supervisors,
    }


def _requests(course: Course, loss: Loss | None, resident: Resident, today: date) -> dict:
    """All that is open where somebody leaves; else what is asked about placements that go."""
    if loss is None:
        return {}
    gone = {one.id for one in loss.placements if one.starts_on >= course.starts_on}
    return {
        "requests": [
            {
                "id": one.id,
                "form": [one.instrument.name, one.instrument.name_en],
                "assessor": one.assessor.name,
                "due_on": one.due_on.isoformat(),
            }
            for one in open_about(resident.id, today=today)
            if course.kind in LEAVING or one.placement_id in gone
        ]
    }


def _credits(course: Course, resident: Resident) -> dict:
    if not course.credits:
        return {}
    known = training.standards()
    return {
        "credits": [
            {
                "standard": standard,
                "name": [known[standard].name, known[standard].name_en],
                "from": name,
                "done": done,
                "credited": credited,
            }
            for name, standard, done, credited in course.credits
        ],
        "credits_before": credits_as_data(resident),
        "credits_after": credits_after(course, resident),
    }


def credits_as_data(resident: Resident) -> list[list]:
    """All credits as they stand: [standard department, months, kind, until]."""
    rows = sorted(resident.credits, key=lambda one: one.id)
    return [
        [one.standard_department_id, training.plain(one.months), one.kind, readable(one.until_on)]
        for one in rows
    ]


def credits_after(course: Course, resident: Resident) -> list[list]:
    """As they would be.  Of a change of programme the confirmed months stand for everything done
    before that day; those of a transfer in come on top of what was accepted."""
    kept = credits_as_data(resident)
    if not course.credits:
        return kept
    here = course.kind == "change_programme"
    kind = "done" if here else "accepted"
    if here:
        kept = [row for row in kept if row[0] is None]
    until = course.starts_on.isoformat() if here else None
    months: dict[int, Decimal] = {}
    for _name, standard, _done, credited in course.credits:
        if Decimal(credited) > 0:
            months[standard] = months.get(standard, Decimal(0)) + Decimal(credited)
    for row in kept:
        if row[0] in months and row[2] == kind:
            row[1] = training.plain(Decimal(row[1]) + months.pop(row[0]))
    return kept + [[key, training.plain(value), kind, until] for key, value in months.items()]


def date_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _missing(course: Course, resident: Resident, would: Supposed) -> list[dict]:
    """Months that no credit and no placement would stand for: to be planned."""
    programme_id = would.programme.id if would.programme is not None else resident.programme_id
    wanted = training.wanted_by([programme_id]).get(programme_id, [])
    stays = training.stays_of([resident.id]).get(resident.id, [])
    if would.releases:
        stays = _stays_left(stays, would)
    earned = [
        Earned(standard, Decimal(months), kind == "done", date_of(until))
        for standard, months, kind, until in credits_after(course, resident)
    ]
    known = training.standards()
    return [
        {
            "names": training.names_of(one.standards, known),
            "wanted": training.plain(one.wanted),
            "months": training.plain(one.missing),
        }
        for one in owed(wanted, done_by_standard(earned, stays))
    ]


def _stays_left(stays: list[Stay], would: Supposed) -> list[Stay]:
    left = []
    for one in stays:
        goes = one.ends_on > would.from_on
        if not goes or (would.until_on is not None and one.starts_on >= would.until_on):
            left.append(one)
        elif one.starts_on < would.from_on:
            left.append(replace(one, ends_on=would.from_on))
    return left


def _beyond(course: Course, resident: Resident, would: Supposed, today: date) -> dict:
    """Pay, promises, the account."""
    found: dict[str, Any] = {"obligations": obligations_of(resident, course.kind, would.from_on)}
    end = would.until_on or resident.ends_on
    if (would.leaves or would.until_on) and end is not None and would.from_on < end:
        months = paying.months_between(would.from_on, end)
        if months:
            found["unpaid"] = [would.from_on.isoformat(), end.isoformat(), training.plain(months)]
    if course.kind == "extension" and resident.ends_on is not None and course.ends_on is not None:
        months = paying.months_between(resident.ends_on, course.ends_on)
        more = [resident.ends_on.isoformat(), course.ends_on.isoformat(), training.plain(months)]
        found["paid_longer"] = more
    if would.releases:
        found["corrections"] = paying.corrections(resident, would, today=today)
    if would.leaves:
        account = resident.person.account  # type: ignore[attr-defined]  # a backref
        found["account"] = account is not None and account.disabled_at is None
    return found


def effects_together(
    residents: Sequence[Resident], kind: str, starts_on: date, *, today: date
) -> list[dict]:
    """The effect on each of several residents, of one change on one day."""
    return [
        effect_of(Course(kind=kind, starts_on=starts_on), one, today=today) for one in residents
    ]


def digest_of_all(effects: Sequence[dict]) -> str:
    return digest({"all": list(effects)})
