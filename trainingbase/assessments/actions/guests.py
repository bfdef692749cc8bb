"""Links for guests: issued, answered once, revoked, reminded of."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete

from trainingbase.assessments import addresses
from trainingbase.assessments.actions.submissions import ObservedOutsidePlacement, submit_within
from trainingbase.assessments.models import (
    ErrandLink,
    GuestLink,
    GuestTry,
    LinkClosed,
    Request,
    Submission,
)
from trainingbase.assessments.queries import errands, guests
from trainingbase.assessments.rules import AnswersAtFault
from trainingbase.assessments.tokens import hash_of, new_nonce, token_of
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.instruments.models import Instrument
from trainingbase.notices.actions import leave, settle
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole

MOST_AT_ONCE = 200
NAMELESS = {"patient": ("患者", "Patient"), "nurse": ("护士", "Nurse"),
            "examiner": ("校外考官", "Outside examiner")}  # fmt: skip


class NotOpen(Exception):
    """What the links are for is done, was cancelled, or has expired."""


class TooMany(Exception):
    """More links than are issued at once."""


def issue(
    *,
    instrument: Instrument,
    placements: Sequence[Placement],
    each: int,
    identity: str,
    expires_on: date,
    batch: str,
    secret: str,
    by: Person,
    at: datetime,
    name: str | None = None,
    contact: str | None = None,
    errand: Request | None = None,
) -> Sequence[GuestLink]:
    """`each` links for every placement; the same `batch` again returns those issued the first
    time.  `secret` is the portal's key; `errand` what they are issued for.  Raises `TooMany`."""
    if len(placements) * each > MOST_AT_ONCE:
        raise TooMany
    before = guests.of_batch(batch)
    if before:
        return before
    kind = guests.kind_of(instrument)
    made = []
    for number, placement in enumerate(one for one in placements for _again in range(each)):
        nonce = new_nonce()
        link = GuestLink(
            token_hash=hash_of(token_of(secret, nonce)), nonce=nonce, batch=batch, number=number,
            kind=kind, identity=identity, instrument_id=instrument.id, placement_id=placement.id,
            name=name or None, contact=contact or None, issued_by_id=by.id, issued_at=at,
            expires_on=expires_on,
        )  # fmt: skip
        made.append(link)
    db.session.add_all(made)
    db.session.flush()
    if errand is not None:
        db.session.add_all(ErrandLink(link_id=one.id, request_id=errand.id) for one in made)
    for link in made:
        record(
            "issue-guest-link", link, by=by, at=at, form=instrument.code, kind=kind,
            identity=identity,
        )  # fmt: skip
    db.session.commit()
    return made


def issue_for(
    request: Request, *, each: int, identity: str, batch: str, secret: str, by: Person,
    at: datetime, name: str | None = None, contact: str | None = None,
) -> Sequence[GuestLink]:  # fmt: skip
    """Links for guests whom somebody has to ask; they open as long as the request does.  Raises
    `NotOpen` and `TooMany`."""
    hold(request, "answered_at", "cancelled_at", "expires_on")
    if not request.is_open(at.astimezone(LOCAL).date()):
        raise NotOpen(request)
    return issue(
        instrument=request.instrument, placements=[request.placement], each=each,
        identity=identity, expires_on=request.expires_on, batch=batch, secret=secret, by=by, at=at,
        name=name, contact=contact, errand=request,
    )  # fmt: skip


def revoke(link: GuestLink, *, by: Person, at: datetime) -> None:
    """Raises `LinkClosed` where it was answered or revoked before."""
    hold(link, "used_at", "revoked_at")
    state = link.state(at.astimezone(LOCAL).date())
    if state in ("answered", "revoked"):
        db.session.rollback()
        raise LinkClosed(state)
    link.revoked_at = at
    record("revoke-guest-link", link, by=by, at=at)
    db.session.commit()


def answer(
    link: GuestLink, *, answers: Mapping[str, Any], name: str | None, at: datetime
) -> Submission:
    """The guest's answer, a submission like any other; the link dies of it, so that of several at
    the same moment one is kept.  Raises `LinkClosed`, `AnswersAtFault` and
    `ObservedOutsidePlacement` (the placement was put off)."""
    hold(link, "used_at", "revoked_at", "expires_on")
    today = at.astimezone(LOCAL).date()
    state = link.state(today)
    if state != "open" or link.placement.cancelled_at is not None:
        db.session.rollback()
        raise LinkClosed("revoked" if state == "open" else state)
    zh, en = NAMELESS[link.kind]
    known = name or link.name
    guest = Person(name=known or zh, name_en=None if known else en, is_guest=True)
    db.session.add(guest)
    db.session.flush()
    try:
        submission = submit_within(
            instrument=link.instrument,
            placement=link.placement,
            by=guest,
            at=at,
            observed_on=_day_within(link.placement, today),
            answers=answers,
            form_key=f"guest-link-{link.id}",
        )
    except (AnswersAtFault, ObservedOutsidePlacement):
        db.session.rollback()
        raise
    db.session.flush()
    link.used_at, link.submission_id = at, submission.id
    _count_down(link, today, at)
    record(
        "answer-by-link", link, by=guest, at=at, form=link.instrument.code, kind=link.kind,
        identity=link.identity,
    )  # fmt: skip
    db.session.commit()
    return submission


def _count_down(link: GuestLink, today: date, at: datetime) -> None:
    """The errand it was issued for is done with the last guest who is wanted."""
    errand = errands.errand_of_link(link.id)
    if errand is None:
        return
    hold(errand.request, "answered_at", "cancelled_at", "expires_on")
    db.session.flush()
    progress = errands.progress_of([errand.request_id], today=today)[errand.request_id]
    if errand.request.is_open(today) and progress.came >= progress.wanted:
        errand.request.answer(at)
        path = addresses.of_request(errand.request_id)
        settle(path, to_id=errand.request.assessor_id, at=at)


def _day_within(placement: Placement, today: date) -> date:
    return min(today, placement.ends_on - timedelta(days=1))


def note_try(address: str, *, at: datetime) -> None:
    """Something was sent to a link that does not take it."""
    db.session.add(GuestTry(address=address[:100], at=at))
    db.session.commit()


def forget_tries(*, at: datetime) -> None:
    db.session.execute(delete(GuestTry).where(GuestTry.at < at - timedelta(days=1)))
    db.session.commit()


def remind_of_guests(*, today: date, at: datetime) -> int:
    """Tell whoever issued a link to somebody whose contact is known that it waits: once."""
    waiting = guests.to_remind_of(
        today=today, before=at - timedelta(days=whole("guest_remind_days"))
    )
    for link in waiting:
        link.reminded_at = at
        leave(
            "guest-waits",
            to_ids=[link.issued_by_id],
            at=at,
            path=addresses.GUESTS,
            guest=link.name or link.contact,
            contact=link.contact,
            resident=link.placement.resident.name,
            instrument=link.instrument.name,
            instrument_en=link.instrument.name_en,
        )
    db.session.commit()
    return len(waiting)
