"""What taking a change of course back would put back, and what not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trainingbase.assessments.queries.requests import requests_by_id
from trainingbase.clock import LOCAL
from trainingbase.courses.models import Course
from trainingbase.courses.queries.effects import credits_as_data
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort
from trainingbase.history.actions import readable
from trainingbase.programmes.models import Programme
from trainingbase.rotations.actions.releasing import may_restore
from trainingbase.rotations.rules.rows import Row, from_json

DAYS = ("ends_on", "finished_on", "withdrawn_on", "starts_on")
ROWS: dict[str, type] = {"cohort": Cohort, "programme": Programme}


@dataclass(frozen=True)
class Timetable:
    """What a change took out of the timetable: rows of the plan, and placements with their
    former exclusive ends."""

    plan_id: int | None
    removed: list[Row]
    added: list[Row]
    ends: dict[int, date]

    @property
    def has_any(self) -> bool:
        return bool(self.removed or self.ends)


def timetable_of(effect: dict) -> Timetable:
    plan = effect.get("plan")
    placements = effect.get("placements", ())
    return Timetable(
        plan[0] if plan else None,
        from_json(effect.get("removed", ())),
        from_json(effect.get("added", ())),
        {one["id"]: date.fromisoformat(one["ends_on"]) for one in placements},
    )


def former_fields(course: Course) -> dict[str, Any]:
    """The fields the change set, as they were before it; not those that were changed again."""
    effect, found = course.effect or {}, {}
    for name, (before, after) in (effect.get("fields") or {}).items():
        if readable(getattr(course.resident, name)) != after:
            continue
        if name in ROWS:
            found[name] = db.session.get(ROWS[name], int(effect["state"][f"{name}_id"]))
        elif name in DAYS and before is not None:
            found[name] = date.fromisoformat(before)
        else:
            found[name] = before
    return found


def credits_moved_on(course: Course) -> bool:
    """Whether months were credited, or taken away, since."""
    after = (course.effect or {}).get("credits_after")
    if after is None:
        return False
    return sorted(map(str, credits_as_data(course.resident))) != sorted(map(str, after))


def fields_moved_on(course: Course) -> bool:
    """Whether a field was changed again since, by something that is no change of course."""
    fields = (course.effect or {}).get("fields") or {}
    return any(
        readable(getattr(course.resident, name)) != after
        for name, (_before, after) in fields.items()
    )


def lost_by_now(course: Course, *, at: datetime) -> list[str]:
    """Codes of what could not be put back as things stand: record, credits, plan, requests, pay."""
    effect, found = course.effect or {}, ["record"] if fields_moved_on(course) else []
    if credits_moved_on(course):
        found.append("credits")
    timetable = timetable_of(effect)
    if timetable.has_any and not may_restore(
        course.resident_id,
        plan_id=timetable.plan_id,
        removed=timetable.removed,
        added=timetable.added,
        ends=timetable.ends,
    ):
        found.append("plan")
    today = at.astimezone(LOCAL).date()
    asked = requests_by_id([one["id"] for one in effect.get("requests", ())])
    if any(one.expires_on <= today for one in asked):
        found.append("requests")
    if effect.get("corrections"):
        found.append("pay")
    return found
