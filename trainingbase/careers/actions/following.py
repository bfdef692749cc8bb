"""Asking graduates where they work: tasks, links, answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from trainingbase.audit.actions import record
from trainingbase.careers.actions import employment as employments
from trainingbase.careers.actions.addresses import keep_address
from trainingbase.careers.models import AlreadyDecided, Employment, FollowUp, LinkClosed
from trainingbase.careers.queries import employment, following
from trainingbase.careers.tokens import hash_of, new_nonce, token_of
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole

LIST = "/careers/follow-ups"


@dataclass(frozen=True)
class Told:
    """What somebody said: still, moved, none, unreached.  Of who moved where to, since when, and
    why they left the place before."""

    answer: str
    institution_id: int | None = None
    employer: str | None = None
    since_on: date | None = None
    left_why: str | None = None
    note: str | None = None


def make_tasks(*, today: date, at: datetime) -> int:
    """Those of the day, once each; the office is told how many."""
    found = following.due(today, late_days=whole("follow_up_late_days"))
    db.session.add_all(
        FollowUp(resident_id=resident_id, months=months, due_on=day, made_at=at)
        for resident_id, months, day in found
    )
    if found:
        leave(
            "follow-ups-due",
            to_ids=[one.id for one in holders_of(Role.OFFICE)],
            at=at,
            path=f"{LIST}?state=to_ask",
            number=len(found),
        )
    db.session.commit()
    return len(found)


def make_links(
    tasks: Sequence[FollowUp], *, secret: str, by: Person, at: datetime
) -> Sequence[FollowUp]:
    """A link for each that waits; one there was before opens no more."""
    expires_on = at.astimezone(LOCAL).date() + timedelta(days=whole("follow_up_link_days"))
    made = []
    for one in tasks:
        hold(one)
        if one.answer is not None:
            continue
        one.nonce = new_nonce()
        one.token_hash = hash_of(token_of(secret, one.nonce))
        one.expires_on, one.revoked_at = expires_on, None
        one.linked_at, one.linked_by_id = at, by.id
        record("make-graduate-link", one, by=by, at=at)
        made.append(one)
    db.session.commit()
    return made


def revoke(task: FollowUp, *, by: Person, at: datetime) -> None:
    """Raises `LinkClosed` where there is no link that opens."""
    hold(task)
    state = task.link_state(at.astimezone(LOCAL).date())
    if state != "open":
        db.session.rollback()
        raise LinkClosed(state)
    task.revoked_at = at
    record("revoke-graduate-link", task, by=by, at=at)
    db.session.commit()


def answer_by_link(
    task: FollowUp, told: Told, *, token_hash: str, at: datetime, address: str = ""
) -> None:
    """By whoever holds the link, which dies of it; where they moved to waits for the office, and
    where they may be written to is kept.  Raises `LinkClosed`."""
    hold(task)
    state = task.link_state(at.astimezone(LOCAL).date())
    if state != "open" or task.token_hash != token_hash:  # a newer link took its place meanwhile
        db.session.rollback()
        raise LinkClosed(state if state != "open" else "revoked")
    _keep(task, told, told_by="link", by=None, at=at)
    if address:
        keep_address(task.resident.person_id, address, version=None, by=None, at=at)
    db.session.commit()


def answer_by_office(task: FollowUp, told: Told, *, by: Person, at: datetime) -> None:
    """What the office found out.  Raises `AlreadyDecided`, and what entering a record raises."""
    hold(task)
    if task.answer is not None:
        db.session.rollback()
        raise AlreadyDecided
    _keep(task, told, told_by="office", by=by, at=at)
    db.session.commit()


def _keep(task: FollowUp, told: Told, *, told_by: str, by: Person | None, at: datetime) -> None:
    today = at.astimezone(LOCAL).date()
    now = employment.current_of(task.resident_id)
    task.answer, task.answered_at, task.answered_on = told.answer, at, today
    task.told_by, task.answered_by_id = told_by, by.id if by is not None else None
    task.note = told.note
    if told.answer == "still" and now is not None:
        now.confirmed_on, task.employment_id = today, now.id
    elif told.answer == "moved":
        made = _moved(task, told, by=by, at=at)
        task.employment_id = made.id if made is not None else None
    record("answer-follow-up", task, by=by, at=at, answer=told.answer, how=told_by)
    if told_by == "link" and told.answer != "still":
        leave(
            "graduate-answered",
            to_ids=[one.id for one in holders_of(Role.OFFICE)],
            at=at,
            path=f"{LIST}/{task.id}",
            name=task.resident.person.name,
            moved=told.answer == "moved",
        )


def _moved(task: FollowUp, told: Told, *, by: Person | None, at: datetime) -> Employment | None:
    """The new record; what a link says and cannot be (it overlaps) stays as a note."""
    today = at.astimezone(LOCAL).date()
    answers = {
        "institution_id": told.institution_id,
        "employer": None if told.institution_id else told.employer or "",
        "starts_on": told.since_on or today,
        "ends_on": None,
        "share": 1,
        "former_why": told.left_why,
    }
    kept = {"answer": task.answer, "answered_at": task.answered_at,
            "answered_on": task.answered_on, "told_by": task.told_by,
            "answered_by_id": task.answered_by_id, "note": task.note}  # fmt: skip
    try:
        return employments.within(
            task.resident, answers, file=None, source=told_by_source(by), by=by, at=at
        )
    except (employments.Overlaps, employments.StillTraining):
        if by is not None:
            raise
        hold(task)
        if task.answer is not None:
            raise LinkClosed("answered") from None
        for name, value in kept.items():  # the rollback took them back
            setattr(task, name, value)
        task.note = " · ".join(one for one in (told.employer, told.note) if one) or None
        return None


def told_by_source(by: Person | None) -> str:
    return "link" if by is None else "office"


def keep_address_of(
    task: FollowUp, address: str, *, version: int | None, by: Person, at: datetime
) -> None:
    """Where they agreed to be written to, as they said to the office.  Raises `Stale`."""
    keep_address(task.resident.person_id, address, version=version, by=by, at=at)
    db.session.commit()


def reopen(task: FollowUp, *, by: Person, at: datetime) -> None:
    """The answer was wrong: it waits again; a record it made stays.  Raises `AlreadyDecided`."""
    hold(task)
    if task.answer is None:
        db.session.rollback()
        raise AlreadyDecided
    task.answer = task.answered_at = task.answered_on = task.told_by = None
    task.answered_by_id = task.employment_id = task.note = None
    task.token_hash = task.nonce = task.revoked_at = task.expires_on = None
    record("reopen-follow-up", task, by=by, at=at)
    db.session.commit()
