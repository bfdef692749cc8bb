"""Records of work: entered by the office, claimed by the graduate, decided, ended, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.careers.models import AlreadyDecided, Employment
from trainingbase.careers.queries import employment as queries
from trainingbase.careers.rules.claiming import Span, against
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Resident
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change, note
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role


class Overlaps(Exception):
    """Another record of this person stands or waits at the same time: `employment`."""

    def __init__(self, employment: Employment):
        super().__init__(employment.id)
        self.employment = employment


class StillTraining(Exception):
    """It would begin before the training ends."""


def enter(
    resident: Resident,
    answers: Mapping[str, Any],
    *,
    file: Upload | None,
    source: str,
    by: Person | None,
    at: datetime,
    request_key: str | None = None,
) -> Employment:
    """What the office enters is approved by it; everything else waits.  Sent twice it is one.
    Raises `Overlaps`, `StillTraining`."""
    known = queries.by_key(request_key)
    if known is not None:
        return known
    made = within(resident, answers, file=file, source=source, by=by, at=at, key=request_key)
    db.session.commit()
    return made


def within(
    resident: Resident,
    answers: Mapping[str, Any],
    *,
    file: Upload | None,
    source: str,
    by: Person | None,
    at: datetime,
    key: str | None = None,
) -> Employment:
    """As `enter`; the caller commits."""
    hold(resident, "version")
    if queries.overlapped_by_training(resident, answers["starts_on"]):
        raise StillTraining
    follows = _free(resident.id, answers, None)
    made = Employment(
        resident_id=resident.id,
        source=source,
        entered_at=at,
        entered_by_id=by.id if by is not None else None,
        request_key=key or None,
        **answers,
    )
    if file is not None and by is not None:
        made.file = keep(file, by=by, at=at)
    db.session.add(made)
    db.session.flush()
    record("enter-employment", made, by=by, at=at, resident=resident.id, source=source)
    if source == "office":
        assert by is not None
        _approve(made, follows, by=by, at=at)
    else:
        leave(
            "employment-claimed",
            to_ids=[one.id for one in holders_of(Role.OFFICE)],
            at=at,
            path=f"/careers/employment/{made.id}",
            name=resident.person.name,
            place=made.name,
        )
    return made


def _free(
    resident_id: int, answers: Mapping[str, Any], own: Employment | None
) -> Employment | None:
    """The record that this one follows on.  Raises `Overlaps`."""
    others = {one.id: one for one in queries.standing_of(resident_id) if one is not own}
    spans = [Span(one.id, one.starts_on, one.ends_on, one.approved is None)
             for one in others.values()]  # fmt: skip
    clash, follows = against(answers["starts_on"], answers["ends_on"], spans)
    if clash is not None:
        db.session.rollback()
        raise Overlaps(others[clash.key])
    return others[follows.key] if follows is not None else None


def _approve(made: Employment, follows: Employment | None, *, by: Person, at: datetime) -> None:
    today = at.astimezone(LOCAL).date()
    made.approved, made.decided_at, made.decided_by_id = True, at, by.id
    made.confirmed_on = min(today, made.ends_on) if made.ends_on else today
    if follows is not None:
        ended = {"ends_on": made.starts_on, "left_why": made.former_why or follows.left_why}
        change("end-employment", follows, ended, by=by, at=at)
        follows.version += 1


def decide(
    employment: Employment,
    *,
    granted: bool,
    reason: str | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `AlreadyDecided`, `Overlaps`, `Stale`."""
    hold(employment.resident, "version")
    employment.expect(version)
    if employment.state != "waiting":
        db.session.rollback()
        raise AlreadyDecided
    if granted:
        _approve(employment, _free(employment.resident_id, _days(employment), employment),
                 by=by, at=at)  # fmt: skip
    else:
        employment.approved, employment.decided_at = False, at
        employment.decided_by_id, employment.reason = by.id, reason
    record("decide-employment", employment, by=by, at=at, granted=granted)
    leave(
        "employment-decided",
        to_ids=[employment.resident.person_id],
        at=at,
        path="/careers/mine",
        place=employment.name,
        granted=granted,
        reason=reason or "",
    )
    db.session.commit()


def _days(employment: Employment) -> dict[str, Any]:
    return {"starts_on": employment.starts_on, "ends_on": employment.ends_on}


def alter(
    employment: Employment,
    answers: Mapping[str, Any],
    *,
    file: Upload | None,
    version: int | None,
    why: str,
    by: Person,
    at: datetime,
) -> None:
    """Change or end a record that stands or waits.  Raises `AlreadyDecided`, `Overlaps`,
    `Stale`, `StillTraining`."""
    hold(employment.resident, "version")
    employment.expect(version)
    if employment.state not in ("waiting", "approved"):
        db.session.rollback()
        raise AlreadyDecided
    if queries.overlapped_by_training(employment.resident, answers["starts_on"]):
        db.session.rollback()
        raise StillTraining
    follows = _free(employment.resident_id, answers, employment)
    if follows is not None:  # a change may not end another record behind somebody's back
        db.session.rollback()
        raise Overlaps(follows)
    change("change-employment", employment, answers, by=by, at=at, why=why)
    if file is not None:
        before, employment.file = employment.file, keep(file, by=by, at=at)
        note(employment, {"file": (before, employment.file)}, by=by, at=at, why=why)
    db.session.commit()


def withdraw(employment: Employment, *, version: int | None, by: Person, at: datetime) -> None:
    """It counts no more; it stays readable.  Raises `AlreadyDecided`, `Stale`."""
    employment.expect(version)
    if employment.state not in ("waiting", "approved"):
        db.session.rollback()
        raise AlreadyDecided
    employment.withdrawn_at = at
    record("withdraw-employment", employment, by=by, at=at)
    db.session.commit()
