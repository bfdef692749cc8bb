"""What cannot be met here: a resident says so, the supervisor judges, the office decides."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.history import actions as history
from trainingbase.logbook.actions.entering import TellsWho
from trainingbase.logbook.models import Appeal
from trainingbase.logbook.queries.appeals import appeal_by_key
from trainingbase.logbook.queries.completion import placement_completions
from trainingbase.logbook.rules.identity import identity_in
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement


class NothingMissing(Exception):
    """Fewer are missing than the appeal is about; `missing` says how many."""

    def __init__(self, missing: int):
        super().__init__(missing)
        self.missing = missing


class AlreadyAppealed(Exception):
    """An appeal about the same item of the same stay is open."""


class TooMuch(Exception):
    """More than was asked for."""


def appeal(
    placement: Placement,
    *,
    category: str,
    item: str,
    asked: int,
    reason: str,
    key: str,
    path: str,
    by: Person,
    at: datetime,
) -> Appeal:
    """Sent twice with one key it is one.

    Raises `NothingMissing`, `AlreadyAppealed`, `TellsWho`.
    """
    known = appeal_by_key(key)
    if known is not None:
        return known
    missing = _missing(placement, category, item)
    if asked > missing:
        raise NothingMissing(missing)
    _refuse_identity("reason", reason)
    made = Appeal(
        resident_id=placement.resident_id,
        placement_id=placement.id,
        category=category,
        item=item,
        asked=asked,
        reason=reason,
        asked_at=at,
        asked_by_id=by.id,
        request_key=key,
    )
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise AlreadyAppealed from error
    record("appeal-log", made, by=by, at=at)
    supervisor = placement.supervisor
    if supervisor is not None:
        _tell("log-appeal-opinion", made, supervisor.person_id, at=at, path=f"{path}/{made.id}")
    db.session.commit()
    return made


def _missing(placement: Placement, category: str, item: str) -> int:
    lines = placement_completions([placement.id])[placement.id].lines
    return sum(line.missing for line in lines if (line.category, line.item) == (category, item))


def _refuse_identity(field: str, text: str | None) -> None:
    if (said := identity_in(text)) is not None:
        raise TellsWho(field, said)


def _tell(kind: str, appeal: Appeal, person_id: int, *, at: datetime, path: str, **more) -> None:
    resident = appeal.placement.resident.name
    facts = {"resident": resident, "item": appeal.item, **more}
    leave_notice(kind, to_ids=[person_id], at=at, path=path, **facts)


def withdraw(appeal: Appeal, *, by: Person, at: datetime) -> None:
    """Raises `AlreadyDecided`."""
    hold(appeal)
    appeal.require_open()
    appeal.withdrawn_at = at
    record("withdraw-log-appeal", appeal, by=by, at=at)
    db.session.commit()


def give_opinion(
    appeal: Appeal, *, agrees: bool, opinion: str | None, version: int | None, by: Person,
    at: datetime,
) -> None:  # fmt: skip
    """Again, until the office has decided.  Raises `Stale`, `AlreadyDecided`, `TellsWho`."""
    _refuse_identity("opinion", opinion)
    appeal.expect(version)
    appeal.require_open()
    answers = {"agrees": agrees, "opinion": opinion or None}
    appeal.opinion_at, appeal.opinion_by_id = at, by.id
    if not history.change("judge-log-appeal", appeal, answers, by=by, at=at):
        record("judge-log-appeal", appeal, by=by, at=at)
    db.session.commit()


def decide(
    appeal: Appeal,
    *,
    granted: bool,
    eased: int | None,
    elsewhere_id: int | None,
    answer: str | None,
    version: int | None,
    path: str,
    by: Person,
    at: datetime,
) -> None:
    """The office may decide again: what it said before stands in the history.  Raises `Stale`,
    `AlreadyDecided` (withdrawn), `TooMuch`."""
    appeal.expect(version)
    if appeal.withdrawn_at is not None:
        appeal.require_open()
    if granted and not 1 <= (eased or 0) <= appeal.asked:
        raise TooMuch
    answers = {
        "granted": granted,
        "eased": eased if granted else None,
        "elsewhere_id": elsewhere_id if granted else None,
        "answer": answer or None,
    }
    appeal.decided_at, appeal.decided_by_id = at, by.id
    if history.change("decide-log-appeal", appeal, answers, by=by, at=at):
        person = appeal.placement.resident.person_id
        _tell("log-appeal-decided", appeal, person, at=at, path=path, granted=granted)
    db.session.commit()
