"""What the assessor says instead of answering: hand it on, more time, or not with me."""

from datetime import date, datetime, timedelta

from trainingbase.assessments import addresses
from trainingbase.assessments.actions.requests import made, pass_on, step
from trainingbase.assessments.models import AlreadyClosed, Request
from trainingbase.assessments.queries import errands, turns
from trainingbase.assessments.queries.requests import open_request
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.notices.actions import leave, settle
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole


class AskedAlready(Exception):
    """The colleague is asked for the same already."""


class NotOpen(Exception):
    """It was answered or closed meanwhile, or is somebody else's now."""


def _still(request: Request, by: Person | None, at: datetime) -> date:
    """Hold it; today, if it is open, and of `by` where one is given."""
    hold(request, "answered_at", "cancelled_at", "assessor_id", "expires_on", "extended_at")
    today = at.astimezone(LOCAL).date()
    if not request.is_open(today) or (by is not None and request.assessor_id != by.id):
        raise NotOpen(request)
    return today


def delegate(request: Request, to: Person, *, by: Person, at: datetime) -> None:
    """Hand it to a colleague, who is told; both see it.  Raises `NotOpen` or `AskedAlready`."""
    today = _still(request, by, at)
    if open_request(request.instrument, request.placement, to, today=today) is not None:
        raise AskedAlready(to)
    settle(addresses.of_request(request.id), to_id=by.id, at=at)
    pass_on(request, to, "delegate", by=by, at=at)
    db.session.commit()


def extend(request: Request, *, by: Person, at: datetime) -> date:
    """Give it more time, once; the first day on which it cannot be answered any more.  One that
    expired not longer ago than that is opened again.  Raises `AlreadyClosed`, `AlreadyExtended`,
    `NotOpen`."""
    hold(request, "answered_at", "cancelled_at", "expires_on", "extended_at")
    more, today = timedelta(days=whole("request_extension_days")), at.astimezone(LOCAL).date()
    if request.answered_at is not None or request.cancelled_at is not None:
        raise AlreadyClosed
    if today >= request.expires_on + more:
        raise NotOpen(request)
    request.extend(at, max(request.expires_on, today) + more)
    for link in errands.links_of(request.id):
        link.expires_on = request.expires_on
    request.steps.append(step("extend", by=by, at=at))
    record("extend-request", request, by=by, at=at, until=request.expires_on)
    db.session.commit()
    return request.expires_on


def decline(request: Request, *, by: Person, at: datetime, reason: str) -> None:
    """The assessor did not work with this person; the office is told and asks somebody else.
    Where the plan asked a fellow resident, it asks another, if there is one.  Raises `NotOpen`."""
    _still(request, by, at)
    request.decline(at)
    request.steps.append(step("decline", by=by, at=at, from_id=by.id, reason=reason))
    record("decline-request", request, by=by, at=at)
    settle(addresses.of_request(request.id), to_id=by.id, at=at)
    if _ask_another_peer(request, at=at):
        db.session.commit()
        return
    leave(
        "assessment-declined",
        to_ids=[person.id for person in holders_of(Role.OFFICE)],
        at=at,
        path=addresses.of_course(request.id),
        assessor=by.name,
        resident=request.placement.resident.name,
        instrument=request.instrument.name,
        instrument_en=request.instrument.name_en,
    )
    db.session.commit()


def _ask_another_peer(request: Request, *, at: datetime) -> bool:
    planned = turns.planned_peer(request)
    if planned is None:
        return False
    today = at.astimezone(LOCAL).date()
    another = turns.another_peer(planned, today=today)
    if another is None:
        return False
    planned.request = made(
        planned.instrument, planned.placement, another, by=None, at=at, due_on=planned.due_on
    )
    return True


def ask_another(request: Request, to: Person, *, by: Person, at: datetime) -> Request:
    """Ask somebody else for what was declined or has expired, once.  Raises `AskedAlready`,
    `NotOpen` where it is neither or somebody else was asked."""
    hold(request, "answered_at", "cancelled_at")
    today = at.astimezone(LOCAL).date()
    again = any(one.kind == "ask-again" for one in request.steps)
    if again or request.state(today) not in ("declined", "expired"):
        raise NotOpen(request)
    if open_request(request.instrument, request.placement, to, today=today) is not None:
        raise AskedAlready(to)
    new = made(request.instrument, request.placement, to, by=by, at=at)
    request.steps.append(step("ask-again", by=by, at=at, from_id=request.assessor_id, to_id=to.id))
    db.session.commit()
    return new
