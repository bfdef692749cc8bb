"""Asking for an assessment, by the office or by the plan itself."""

from datetime import date, datetime, timedelta

from trainingbase.assessments import addresses
from trainingbase.assessments.models import (
    AlreadyClosed,
    Errand,
    Instrument,
    Request,
    RequestStep,
)
from trainingbase.assessments.queries import errands
from trainingbase.assessments.queries import requests as queries
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole


class NobodyToAsk(Exception):
    """The placement has no supervisor, and nobody else was named."""


class AlreadyAsked(Exception):
    """The same form of the same person waits already; `request` is it."""

    def __init__(self, request: Request):
        super().__init__(request)
        self.request = request


def ask(
    *,
    instrument: Instrument,
    placement: Placement,
    by: Person | None,
    at: datetime,
    assessor: Person | None = None,
    due_on: date | None = None,
) -> Request:
    """Ask the supervisor, or `assessor`; `by` is None when the plan asks.

    Raises `NobodyToAsk` or `AlreadyAsked`.
    """
    request = _asked(instrument, placement, by=by, at=at, assessor=assessor, due_on=due_on)
    db.session.commit()
    return request


def _asked(
    instrument: Instrument,
    placement: Placement,
    *,
    by: Person | None,
    at: datetime,
    assessor: Person | None = None,
    due_on: date | None = None,
) -> Request:
    today = at.astimezone(LOCAL).date()
    if assessor is None:
        if placement.supervisor is None:
            raise NobodyToAsk(placement)
        assessor = placement.supervisor.person
    waits = queries.open_request(instrument, placement, assessor, today=today)
    if waits is not None:
        raise AlreadyAsked(waits)
    return made(instrument, placement, assessor, by=by, at=at, due_on=due_on)


def made(
    instrument: Instrument,
    placement: Placement,
    assessor: Person,
    *,
    by: Person | None,
    at: datetime,
    due_on: date | None = None,
    guests: int = 0,
) -> Request:
    """A request, with its notice, whatever else is asked; with `guests` so many have to be asked
    by the assessor.  The caller commits."""
    today = at.astimezone(LOCAL).date()
    due_on = max(
        due_on or today + timedelta(days=whole("request_due_days")), today + timedelta(days=1)
    )
    request = Request(
        instrument=instrument,
        placement=placement,
        resident_id=placement.resident_id,
        assessor_id=assessor.id,
        asked_by_id=by.id if by else None,
        asked_on=today,
        due_on=due_on,
        expires_on=max(due_on, today + timedelta(days=whole("request_expires_days"))),
        created_at=at,
    )
    db.session.add(request)
    record("ask-for-assessment", request, by=by, at=at, instrument=instrument.code)
    if guests:
        db.session.add(Errand(request=request, wanted=guests))
    _tell_asked(request, at=at)
    return request


def _tell_asked(request: Request, *, at: datetime) -> None:
    db.session.flush()
    errand = errands.errand_of(request.id)
    if errand is None:
        tell_assessor("assessment-asked", request, at=at)
    else:
        tell_assessor("guests-to-ask", request, at=at, n=errand.wanted)


def tell_assessor(kind: str, request: Request, *, at: datetime, **facts) -> None:
    leave(
        kind,
        to_ids=[request.assessor_id],
        at=at,
        path=addresses.of_request(request.id),
        resident=request.placement.resident.name,
        instrument=request.instrument.name,
        instrument_en=request.instrument.name_en,
        **facts,
    )


def cancel(request: Request, *, by: Person, at: datetime) -> None:
    """Raises `AlreadyClosed`."""
    cancel_within(request, by=by, at=at)
    db.session.commit()


def cancel_within(request: Request, *, by: Person, at: datetime) -> None:
    """As `cancel`, as part of something larger: the caller commits."""
    hold(request, "answered_at", "cancelled_at")
    request.cancel(at)
    for link in errands.links_of(request.id):
        if link.state(at.astimezone(LOCAL).date()) == "open":
            link.revoked_at = at
    record("cancel-request", request, by=by, at=at)
    leave(
        "assessment-cancelled",
        to_ids=[request.assessor_id],
        at=at,
        path=addresses.OWED,
        resident=request.placement.resident.name,
        instrument=request.instrument.name,
        instrument_en=request.instrument.name_en,
    )


def ask_again(request: Request, *, by: Person, at: datetime) -> bool:
    """Let a cancelled request wait again, where its time is not over; the caller commits."""
    hold(request, "answered_at", "cancelled_at")
    today = at.astimezone(LOCAL).date()
    if request.cancelled_at is None or today >= request.expires_on:
        return False
    request.cancelled_at = None
    record("ask-for-assessment", request, by=by, at=at, instrument=request.instrument.code)
    _tell_asked(request, at=at)
    return True


def hand_over_to(
    request: Request, assessor: Person | None, *, by: Person | None, at: datetime
) -> None:
    """Ask somebody else; without anybody, or where they are asked the same already, it is
    cancelled.  The caller commits.  Raises `AlreadyClosed`."""
    hold(request, "answered_at", "cancelled_at", "assessor_id")
    today = at.astimezone(LOCAL).date()
    asked = assessor and queries.open_request(
        request.instrument, request.placement, assessor, today=today
    )
    if assessor is None or asked:
        cancel_within(request, by=by, at=at)
        return
    if request.answered_at is not None or request.cancelled_at is not None:
        raise AlreadyClosed
    pass_on(request, assessor, "hand-over", by=by, at=at)


def pass_on(
    request: Request,
    to: Person,
    kind: str,
    *,
    by: Person | None,
    at: datetime,
    reason: str | None = None,
) -> None:
    """Make it somebody else's, with a step of this kind; the caller commits."""
    request.steps.append(step(kind, by=by, at=at, from_id=request.assessor_id, to_id=to.id,
                              reason=reason))  # fmt: skip
    request.assessor_id, request.reminded_at = to.id, None
    record("hand-over-request", request, by=by, at=at)
    _tell_asked(request, at=at)


def step(kind: str, *, by: Person | None, at: datetime, **more) -> RequestStep:
    on = at.astimezone(LOCAL).date()
    return RequestStep(kind=kind, on=on, at=at, by_id=by.id if by else None, **more)
