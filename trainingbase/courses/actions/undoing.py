"""Taking a change of course back by a counter-entry; what was done stays readable."""

from datetime import date, datetime

from trainingbase.assessments.actions import ask_again
from trainingbase.assessments.queries.requests import requests_by_id
from trainingbase.audit.actions import record
from trainingbase.courses.actions.deciding import put_credits
from trainingbase.courses.models import AlreadyClosed, Course
from trainingbase.courses.queries.standing import decided_of, last_standing
from trainingbase.courses.queries.undoing import (
    credits_moved_on,
    fields_moved_on,
    former_fields,
    timetable_of,
)
from trainingbase.db import db, hold
from trainingbase.enrolment.suspension import Suspension, open_suspension
from trainingbase.history.actions import change
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.rotations.actions import MovedOn, restore


class NotTheLast(Exception):
    """Something was decided since: that is taken back first."""


def undo(course: Course, *, word: str, by: Person, at: datetime) -> Course:
    """Put back what can be put back, and keep with the counter-entry what could not.

    Raises `AlreadyClosed`, `NotTheLast`.
    """
    hold(course.resident)
    if course.state() != "done":
        db.session.rollback()
        raise AlreadyClosed
    if last_standing(decided_of(course.resident_id)) is not course:
        db.session.rollback()
        raise NotTheLast
    effect = course.effect or {}
    kept = _put_back(course, effect, word, by=by, at=at)
    counter = Course(
        resident=course.resident,
        kind=course.kind,
        starts_on=course.starts_on,
        ends_on=course.ends_on,
        word=word,
        proposed_at=at,
        proposed_by_id=by.id,
        decided_at=at,
        decided_by_id=by.id,
        undoes=course,
        effect=kept,
    )
    db.session.add(counter)
    db.session.flush()
    record("undo-course", counter, by=by, at=at, kind=course.kind, undoes=course.id, word=word)
    _tell(course, counter, at=at)
    db.session.commit()
    return counter


def _put_back(course: Course, effect: dict, word: str, *, by: Person, at: datetime) -> dict:
    """What was put back, and under `left` the codes of what was not."""
    resident = course.resident
    left = ["record"] if fields_moved_on(course) else []
    fields = former_fields(course)
    if fields:
        change("change-resident", resident, fields, by=by, at=at, why=word)
        resident.version += 1
    if credits_moved_on(course):
        left.append("credits")
    elif "credits_before" in effect:
        put_credits(resident, effect["credits_before"])
    _resume(course, effect, at)
    db.session.flush()
    timetable = timetable_of(effect)
    if timetable.has_any:
        try:
            restore(
                resident.id,
                plan_id=timetable.plan_id,
                removed=timetable.removed,
                added=timetable.added,
                ends=timetable.ends,
                by=by,
                at=at,
            )
        except MovedOn:
            left.append("plan")
    asked = requests_by_id([one["id"] for one in effect.get("requests", ())])
    asked_again = [ask_again(one, by=by, at=at) for one in asked]  # each of them, not until one is
    if not all(asked_again):
        left.append("requests")
    if effect.get("corrections"):
        left.append("pay")
    return {"left": left, "fields": effect.get("fields", {})}


def _resume(course: Course, effect: dict, at: datetime) -> None:
    if course.kind == "suspension":
        resting = open_suspension(course.resident_id)
        if resting is not None:
            resting.cancelled_at = at
    if course.kind == "return" and effect.get("suspension"):
        resting = db.session.get(Suspension, effect["suspension"][0])
        if resting is not None:
            resting.returned_on = None


def _tell(course: Course, counter: Course, *, at: datetime) -> None:
    resident = course.resident
    day: date = course.shown_on
    leave(
        "course-undone",
        to_ids={resident.person_id, resident.tutor_id} - {None},
        at=at,
        path=f"/courses/{counter.id}",
        what=course.kind,
        resident=resident.name,
        day=day.isoformat(),
    )
