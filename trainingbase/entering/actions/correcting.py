"""Putting a confirmed arrival right, and taking one back."""

from datetime import date, datetime, timedelta

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.entering.actions.confirming import (
    Held,
    NotADayOfIt,
    Overtaken,
    all_items,
    answers_of,
    facts_of,
    outside,
    refuse_own,
)
from trainingbase.entering.models import Arrival, NotThere
from trainingbase.history.actions import change
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.actions.supervising import name_supervisors
from trainingbase.supervision.actions import NotAllowed
from trainingbase.supervision.actions.assigning import held, refusals
from trainingbase.thresholds.queries import whole


class TooLate(Exception):
    """The days in which the department may take it back are over; the office still may."""


def may_undo(record: Arrival, person: Person, *, at: datetime) -> bool:
    if record.confirmed_at is None or person.holds(Role.OFFICE):
        return True
    return at <= record.confirmed_at + timedelta(days=whole("arrival_undo_days"))


def correct(
    record: Arrival,
    *,
    arrived_on: date,
    supervisor_id: int | None,
    beds: int | None,
    induction: Held | None,
    placed: int,
    version: int | None,
    why: str | None,
    by: Person,
    at: datetime,
) -> list[str]:
    """The names of what changed.  Raises `NotThere`, `Stale`, `NotADayOfIt`, `NotAllowed`, and
    `Overtaken` where somebody else has named a supervisor meanwhile (`placed` is the version of
    the placement that was looked at).

    The supervisor of a placement that is over stays.
    """
    today = at.astimezone(LOCAL).date()
    placement = held([record.placement_id], by, date.min)[record.placement_id]
    refuse_own([placement], by)
    record.expect(version)
    if not record.has_come:
        db.session.rollback()
        raise NotThere
    if placement.version != placed and placement.supervisor_id != supervisor_id:
        db.session.rollback()
        raise Overtaken([placement.id])
    wrong = outside(placement, arrived_on, induction, today)
    if wrong:
        db.session.rollback()
        raise NotADayOfIt({placement.id: wrong})
    supervisors = {placement: supervisor_id} if placement.ends_on > today else {}
    refused = refusals(supervisors, today=today)
    if refused:
        db.session.rollback()
        raise NotAllowed(refused)
    named = name_supervisors(supervisors, by=by, at=at, why=why)
    answers = {"arrived_on": arrived_on, "beds": beds} | answers_of(induction, all_items())
    changed = change("correct-arrival", record, answers, by=by, at=at, why=why)
    if "arrived_on" in changed:
        leave(
            "arrival-confirmed",
            to_ids=[placement.resident.person_id],
            at=at,
            path=f"/entering/placements/{placement.id}",
            day=arrived_on.isoformat(),
            **facts_of(placement),
        )
    db.session.commit()
    return changed + (["supervisor"] if named else [])


def undo(record: Arrival, *, version: int | None, why: str, by: Person, at: datetime) -> None:
    """Back to being expected, whether they had come or not.  Raises `Stale`, `NotThere`,
    `TooLate`."""
    refuse_own([record.placement], by)
    record.expect(version)
    if not record.has_come and not record.is_missed:
        db.session.rollback()
        raise NotThere
    if not may_undo(record, by, at=at):
        db.session.rollback()
        raise TooLate
    had_come, placement = record.has_come, record.placement
    nothing = dict.fromkeys(("arrived_on", "beds", "missed_because", "missed_note"))
    with db.session.no_autoflush:  # it is whole once all of it is set
        record.confirmed_at = record.confirmed_by_id = None
        record.missed_at = record.missed_by_id = None
        change("undo-arrival", record, nothing | answers_of(None, {}), by=by, at=at, why=why)
    if had_come:
        leave(
            "arrival-undone",
            to_ids=[placement.resident.person_id],
            at=at,
            path=f"/entering/placements/{placement.id}",
            reason=why,
            **facts_of(placement),
        )
    db.session.commit()
