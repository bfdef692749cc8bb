"""Doing a change of course: the record, the plan, what is asked about the resident, at once."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from trainingbase.assessments.actions import cancel_within
from trainingbase.assessments.models import AlreadyClosed as RequestClosed
from trainingbase.assessments.queries.requests import requests_by_id
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.courses.actions.proposing import Terms, check_now, make
from trainingbase.courses.models import AlreadyClosed, Course
from trainingbase.courses.queries.effects import (
    credits_after,
    credits_as_data,
    date_of,
    digest,
    digest_of_all,
    effect_of,
)
from trainingbase.courses.queries.supposing import supposed
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Credit, Resident
from trainingbase.enrolment.suspension import Suspension, open_suspension
from trainingbase.history.actions import change, note
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.rotations.actions import release


class EffectChanged(Exception):
    """Something that the change touches is no longer as it was shown; nothing was done."""


def decide(course: Course, *, seen: str | None, by: Person, at: datetime) -> None:
    """Do what was proposed, in one transaction; `seen` is the digest of the effect shown.

    Raises `AlreadyClosed`, `Impossible`, `EffectChanged`.
    """
    hold(course, "decided_at", "dropped_at")
    if not course.is_open:
        db.session.rollback()
        raise AlreadyClosed
    hold(course.resident)
    check_now(course.resident, course.kind, course.starts_on, course.ends_on, word=course.word)
    effect = effect_of(course, course.resident, today=_today(at))
    if digest(effect) != seen:
        db.session.rollback()
        raise EffectChanged
    carry_out(course, effect, by=by, at=at)
    db.session.commit()


def graduate(
    residents: Sequence[Resident], last_day: Terms, *, seen: str | None, by: Person, at: datetime
) -> list[Course]:
    """Graduate several at once; `last_day` are the terms of each, `seen` the digest of all their
    effects together.  Raises `Impossible`, `EffectChanged`."""
    for one in residents:
        hold(one)
        check_now(one, last_day.kind, last_day.starts_on, None, word=last_day.word)
    courses = [make(one, last_day, by=by, at=at) for one in residents]
    db.session.flush()
    effects = [effect_of(one, one.resident, today=_today(at)) for one in courses]
    if digest_of_all(effects) != seen:
        db.session.rollback()
        raise EffectChanged
    for course, effect in zip(courses, effects, strict=True):
        carry_out(course, effect, by=by, at=at)
    db.session.commit()
    return courses


def carry_out(course: Course, effect: dict, *, by: Person, at: datetime) -> None:
    """The caller holds the resident, and commits."""
    resident, would = course.resident, supposed(course, course.resident)
    if would.fields:
        change("change-resident", resident, would.fields, by=by, at=at, why=course.word)
        resident.version += 1
    _credit(course, resident, by=by, at=at)
    if course.kind == "suspension" and course.ends_on is not None:
        starts_on, ends_on = course.starts_on, course.ends_on
        db.session.add(Suspension(resident_id=resident.id, starts_on=starts_on, ends_on=ends_on))
    if course.kind == "return":
        resting = open_suspension(resident.id)
        if resting is not None:
            resting.returned_on = course.starts_on
    if would.releases:
        release(resident.id, from_on=would.from_on, until_on=would.until_on, by=by, at=at)
    for request in requests_by_id([one["id"] for one in effect.get("requests", ())]):
        try:
            cancel_within(request, by=by, at=at)
        except RequestClosed:
            continue  # ended with its placement
    course.effect = effect
    course.decided_at, course.decided_by_id = at, by.id
    record("decide-course", course, by=by, at=at, kind=course.kind, resident=resident.id)
    _tell(course, at=at)


def _credit(course: Course, resident: Resident, *, by: Person, at: datetime) -> None:
    if not course.credits:
        return
    before, after = credits_as_data(resident), credits_after(course, resident)
    put_credits(resident, after)
    note(resident, {"credits": (in_words(before), in_words(after))}, by=by, at=at, why=course.word)


def put_credits(resident: Resident, rows: Sequence[Sequence]) -> None:
    """Make the resident's credits these: [standard department, months, kind, until]."""
    wanted = {(row[0], row[2]): (Decimal(row[1]), date_of(row[3])) for row in rows}
    for one in list(resident.credits):
        key = (one.standard_department_id, one.kind)
        if wanted.get(key) == (one.months, one.until_on):
            del wanted[key]
        else:
            resident.credits.remove(one)
            db.session.delete(one)
    db.session.flush()  # a department stands in the list once
    for (standard, kind), (months, until_on) in wanted.items():
        resident.credits.append(
            Credit(standard_department_id=standard, months=months, kind=kind, until_on=until_on)
        )
    db.session.flush()


def in_words(rows: Sequence[Sequence]) -> list[str]:
    return [f"{kind} {standard or '-'}: {months}" for standard, months, kind, _until in rows]


def _tell(course: Course, *, at: datetime) -> None:
    resident = course.resident
    to = {resident.person_id, resident.tutor_id} - {None}
    leave(
        "course-changed",
        to_ids=to,
        at=at,
        path=f"/courses/{course.id}",
        what=course.kind,
        resident=resident.name,
        day=course.shown_on.isoformat(),
    )


def _today(at: datetime) -> date:
    return at.astimezone(LOCAL).date()
