"""Asking for leave, recording it for somebody, and taking an application back."""

from collections.abc import Sequence
from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.enrolment.models import AlreadyDecided, Leave, Resident
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.leave.actions.extending import propose
from trainingbase.leave.actions.telling import tell_asked, tell_resident
from trainingbase.leave.models import LeavePaper, NotAllowed, NotYours, Step
from trainingbase.leave.queries import leaves as queries
from trainingbase.leave.queries.standing import Asked, Preview, preview_of
from trainingbase.leave.rules.judging import Refusal, Wanted
from trainingbase.people.models import Person


def apply_for(
    resident: Resident,
    wanted: Wanted,
    *,
    reason: str | None,
    papers: Sequence[Upload] = (),
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Leave:
    """The resident asks; the first of the chain is told.  Asked for twice with one `request_key`
    it is one leave.  Raises `NotAllowed`."""
    known, seen = _looked_at(resident, wanted, request_key, at)
    if known is not None:
        return known
    if seen.needs_papers and not papers:
        db.session.rollback()
        raise NotAllowed([Refusal("papers", "papers", {"days": seen.rule.attachment_from_days})])
    made = _made(resident, wanted, reason, papers, by, at, request_key)
    steps = _open_chain(made, seen.chain, at)
    record("apply-for-leave", made, by=by, at=at, kind=wanted.kind, starts_on=wanted.starts_on)
    tell_asked(steps[0], made, at=at)
    db.session.commit()
    return made


def record_leave(
    resident: Resident,
    wanted: Wanted,
    *,
    reason: str | None,
    papers: Sequence[Upload] = (),
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Leave:
    """The office records what was granted outside the portal, or absence; it counts at once.
    Raises `NotAllowed`."""
    known, _seen = _looked_at(resident, wanted, request_key, at)
    if known is not None:
        return known
    made = _made(resident, wanted, reason, papers, by, at, request_key)
    made.decide(True, by=by, at=at)
    propose(made, at=at)
    record("record-leave", made, by=by, at=at, kind=wanted.kind, starts_on=wanted.starts_on)
    tell_resident("leave-recorded", made, at=at)
    db.session.commit()
    return made


def withdraw(leave: Leave, *, by: Person, at: datetime) -> None:
    """The resident takes back what nobody has decided.  Raises `NotYours`, `AlreadyDecided`."""
    hold(leave, "granted", "closed_as", "version")
    if leave.resident.person_id != by.id:
        db.session.rollback()
        raise NotYours
    if leave.granted is not None:
        db.session.rollback()
        raise AlreadyDecided
    leave.close("withdrawn", by=by, at=at)
    leave.version += 1
    record("withdraw-leave", leave, by=by, at=at)
    db.session.commit()


def _looked_at(
    resident: Resident, wanted: Wanted, request_key: str | None, at: datetime
) -> tuple[Leave | None, Preview]:
    """Under the resident's lock: the leave this very form has made, and what stands now."""
    hold(resident, "version", "ends_on", "finished_on", "withdrawn_on")
    known = queries.by_key(request_key)
    today: date = at.astimezone(LOCAL).date()
    seen = preview_of(resident, wanted, today=today)
    if known is not None:
        db.session.rollback()
    elif seen.refusals:
        db.session.rollback()
        raise NotAllowed(seen.refusals)
    return known, seen


def _made(
    resident: Resident,
    wanted: Wanted,
    reason: str | None,
    papers: Sequence[Upload],
    by: Person,
    at: datetime,
    request_key: str | None,
) -> Leave:
    made = Leave(
        resident=resident,
        kind=wanted.kind,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        reason=reason or None,
        asked_at=at,
        asked_by_id=by.id,
        request_key=request_key or None,
    )
    db.session.add(made)
    kept = [keep(paper, by=by, at=at) for paper in papers]
    db.session.flush()
    db.session.add_all(LeavePaper(leave_id=made.id, file_id=one.id) for one in kept)
    return made


def _open_chain(made: Leave, chain: Sequence[Asked], at: datetime) -> list[Step]:
    steps = [
        Step(
            leave_id=made.id,
            position=position,
            step=one.step,
            person_id=one.person.id if one.person else None,
            department_id=one.department.id if one.department else None,
            passed_because=one.passed_because,
            opened_at=at if position == 0 else None,
        )
        for position, one in enumerate(chain)
    ]
    db.session.add_all(steps)
    db.session.flush()
    return steps
