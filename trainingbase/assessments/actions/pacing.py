"""The plan asks: what it wants is noted, waits for its day and its turn, and is sent once."""

from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from trainingbase.assessments.actions.requests import made, pass_on
from trainingbase.assessments.models import PlannedRequest
from trainingbase.assessments.queries import requests, turns, waiting
from trainingbase.db import db
from trainingbase.people.queries import people_by_id
from trainingbase.thresholds.queries import whole


def plan_ahead(*, today: date, at: datetime) -> None:
    """Note what the plan wants in the coming days, and forget what it wants no more: a placement
    was moved or cancelled, or somebody was asked already."""
    until = today + timedelta(days=whole("requests_ahead_days"))
    found = waiting.wanted(today=today, until=until)
    known = waiting.planned_of({one.placement.resident_id for one in found})
    for one in found:
        row = known.get(one.key)
        if row is None:
            db.session.add(_noted(one, at))
        elif row.sent_at is None:
            row.placement_id = one.placement.id
            row.wanted_on, row.due_on = one.on, one.due_on
            row.instrument_id, row.guests = one.instrument.id, one.guests
    _forget({one.key for one in found}, today)
    try:
        db.session.commit()
    except IntegrityError:  # somebody else has noted the same at the same moment
        db.session.rollback()


def _noted(one: waiting.Wanted, at: datetime) -> PlannedRequest:
    return PlannedRequest(
        instrument_id=one.instrument.id,
        code=one.instrument.code,
        resident_id=one.placement.resident_id,
        placement_id=one.placement.id,
        slot=one.slot,
        wanted_on=one.on,
        due_on=one.due_on,
        guests=one.guests,
        planned_at=at,
    )


def _forget(keys: set[tuple[int, str, str]], today: date) -> None:
    """Only of placements the plan looks at: what waited too long for its turn goes on waiting."""
    for row in waiting.waits_no_more():
        db.session.delete(row)
    for row in waiting.still_waiting():
        gone = (row.resident_id, row.code, row.slot) not in keys
        if gone and (row.placement.ends_on > today or row.wanted_on > today):
            db.session.delete(row)


def send_planned(*, today: date, at: datetime) -> int:
    """Send what is due today, as far as nobody gets more than the base's number in a day; how
    many were sent."""
    rows = waiting.still_waiting(hold=True)
    now = turns.due_now(rows, today=today)
    people = people_by_id({person_id for _row, person_id in now})
    asked = waiting.asked_on(today, {row.placement_id for row, _person in now})
    sent = 0
    for row, person_id in now:
        assessor = people[person_id]
        key = (row.instrument_id, row.placement_id, assessor.id)
        if key in asked:  # two of the same form to the same person are asked on two days
            continue
        asked.add(key)
        row.request = made(
            row.instrument,
            row.placement,
            assessor,
            by=None,
            at=at,
            due_on=row.due_on,
            guests=row.guests,
        )
        row.sent_at = at
        sent += 1
    db.session.commit()
    return sent


def hand_over(*, today: date, at: datetime) -> int:
    """What the plan asked of a former supervisor is asked of the present one, in turn as well."""
    theirs, taken = requests.of_former_supervisors(today), waiting.taken_on(today)
    cap, moved = max(1, whole("requests_a_day")), 0
    for request in theirs:
        supervisor = request.placement.supervisor.person
        if taken.get(supervisor.id, 0) < cap:
            taken[supervisor.id] = taken.get(supervisor.id, 0) + 1
            pass_on(request, supervisor, "hand-over", by=None, at=at)
            moved += 1
    db.session.commit()
    return moved
