"""Outside examiners: put into a room with a link of their own, which one device takes."""

from datetime import datetime, timedelta

from trainingbase.assessments.tokens import hash_of, new_nonce, token_of
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.exams.actions.sessions import add_examiner
from trainingbase.exams.models import OsceExaminer, OsceGuestLink, OsceStation
from trainingbase.exams.queries import outside
from trainingbase.people.models import Person


class LinkClosed(Exception):
    """`state` is revoked, expired or taken."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


def put(
    station: OsceStation,
    circuit: int,
    *,
    name: str,
    employer: str | None,
    identity: str,
    form_key: str,
    secret: str,
    by: Person,
    at: datetime,
) -> OsceGuestLink:
    """Somebody from elsewhere, who is no account and stands in no list of people; the same
    `form_key` again is the same one.  Raises `NotYet`."""
    known = outside.by_key(form_key)
    if known is not None:
        return known
    guest = Person(name=name, is_guest=True)
    db.session.add(guest)
    db.session.flush()
    examiner = add_examiner(station, circuit, guest, by=by, at=at)
    return issue(
        examiner,
        employer=employer,
        identity=identity,
        form_key=form_key,
        secret=secret,
        by=by,
        at=at,
    )


def issue(
    examiner: OsceExaminer,
    *,
    employer: str | None,
    identity: str,
    form_key: str,
    secret: str,
    by: Person,
    at: datetime,
) -> OsceGuestLink:
    """A new link; those issued before open nothing any more, on no device.  The same `form_key`
    again is the same one."""
    hold(examiner)
    known = outside.by_key(form_key)
    if known is not None:
        return known
    for earlier in outside.links_of(examiner):
        if earlier.revoked_at is None:
            earlier.revoked_at = at
    today, nonce = at.astimezone(LOCAL).date(), new_nonce()
    made = OsceGuestLink(
        form_key=form_key,
        examiner_id=examiner.id,
        token_hash=hash_of(token_of(secret, nonce)),
        nonce=nonce,
        employer=employer,
        identity=identity,
        issued_by_id=by.id,
        issued_at=at,
        expires_on=max(examiner.session.held_on, today) + timedelta(days=1),
    )
    db.session.add(made)
    db.session.flush()
    record("issue-osce-link", made, by=by, at=at, identity=identity)
    db.session.commit()
    return made


def revoke(examiner: OsceExaminer, *, by: Person, at: datetime) -> int:
    """How many links were still open or taken."""
    hold(examiner)
    found = [one for one in outside.links_of(examiner) if one.revoked_at is None]
    for one in found:
        one.revoked_at = at
        record("revoke-osce-link", one, by=by, at=at)
    db.session.commit()
    return len(found)


def take(link: OsceGuestLink, *, device: str, at: datetime) -> None:
    """By the device that has this key, once: of two at the same moment one has it.  Raises
    `LinkClosed`."""
    hold(link, "revoked_at", "taken_at", "device_hash")
    state = link.state(at.astimezone(LOCAL).date())
    if state != "open":
        db.session.rollback()
        raise LinkClosed(state)
    link.taken_at, link.device_hash = at, hash_of(device)
    record("take-osce-link", link, by=link.examiner.person, at=at, identity=link.identity)
    db.session.commit()
