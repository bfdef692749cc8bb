"""Signing in and out, and what the office does to accounts.  Each action is one transaction."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, update

from trainingbase.accounts import queries
from trainingbase.accounts.models import Account, FailedSignIn, KeptAnswers, SignIn
from trainingbase.accounts.rules import (
    FREE_TRIES,
    FREE_TRIES_OF_AN_ADDRESS,
    LONGEST_WAIT,
    check_password,
    fits,
    hashed,
    readable_password,
    secret_hash,
    wait_until,
)
from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.people.models import Grant, Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role

KEPT = timedelta(days=30)
"""As long as people may be away and still find what they had typed."""


class WrongPassword(Exception):
    """The account or the password is not right; which, is not said."""


class TooManyTries(Exception):
    """No try is taken before `until`."""

    def __init__(self, until: datetime):
        super().__init__(until)
        self.until = until


class LoginTaken(Exception):
    """Another account has this name."""


def sign_in(*, login: str, password: str, address: str, device: str, at: datetime) -> str:
    """Start a session and return its secret.  Raises `WrongPassword` or `TooManyTries`."""
    _refuse_too_many(login, address, at=at)
    account = queries.account_by_login(login)
    right = fits(account.password_hash if account else None, password)
    if account is None or not right or account.disabled_at is not None:
        db.session.add(FailedSignIn(login=login[:200], address=address, at=at))
        db.session.commit()
        raise WrongPassword
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.login == login))
    secret = _start(account.person, device=device, at=at)
    record("sign-in", account, by=account.person, at=at)
    db.session.commit()
    return secret


def _refuse_too_many(login: str, address: str, *, at: datetime) -> None:
    for failures, free in (
        (queries.failures_of(login, at=at), FREE_TRIES),
        (queries.failures_from(address, at=at), FREE_TRIES_OF_AN_ADDRESS),
    ):
        until = wait_until(failures, free)
        if until is not None and until > at:
            raise TooManyTries(until)


def prove(account: Account, password: str, *, address: str, at: datetime) -> None:
    """That who acts is whose account it is: the password typed again, as part of something larger
    that the caller commits.  A wrong one rolls that back, is kept, and counts like one of signing
    in.  Raises `WrongPassword` or `TooManyTries`."""
    _refuse_too_many(account.login, address, at=at)
    if fits(account.password_hash, password) and account.disabled_at is None:
        return
    login = account.login
    db.session.rollback()
    db.session.add(FailedSignIn(login=login[:200], address=address, at=at))
    db.session.commit()
    raise WrongPassword


def _start(person: Person, *, device: str, at: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            person_id=person.id,
            secret_hash=secret_hash(secret),
            started_at=at,
            seen_at=at,
            device=device[:200],
        )
    )
    return secret


def sign_out(secret: str, *, by: Person, at: datetime) -> None:
    mine = (SignIn.secret_hash == secret_hash(secret)) & SignIn.ended_at.is_(None)
    db.session.execute(update(SignIn).where(mine).values(ended_at=at))
    record("sign-out", "sign_ins", by=by, at=at)
    db.session.commit()


def sign_out_everywhere(*, by: Person, at: datetime) -> None:
    _end_sessions(by.id, at)
    record("sign-out-everywhere", "sign_ins", by=by, at=at)
    db.session.commit()


def _end_sessions(person_id: int, at: datetime) -> None:
    alive = (SignIn.person_id == person_id) & SignIn.ended_at.is_(None)
    db.session.execute(update(SignIn).where(alive).values(ended_at=at))


def note_seen(sign_in_id: int, *, at: datetime) -> None:
    db.session.rollback()  # a page's reading transaction cannot become a writing one (SQLite)
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=at))
    db.session.commit()


def change_password(
    account: Account, *, old: str, new: str, context: Sequence[str], device: str, at: datetime
) -> str:
    """Set a new password, end all sessions, start one anew and return its secret.

    Raises `WrongPassword` for the old one, `WeakPassword` for the new one.
    """
    if not fits(account.password_hash, old):
        raise WrongPassword
    check_password(new, context=[account.login, account.person.name, *context])
    _set_password(account, new, at=at, must_change=False)
    secret = _start(account.person, device=device, at=at)
    record("change-password", account, by=account.person, at=at)
    db.session.commit()
    return secret


def _set_password(account: Account, password: str, *, at: datetime, must_change: bool) -> None:
    account.password_hash = hashed(password)
    account.password_set_at, account.must_change = at, must_change
    account.version = (account.version or 0) + 1
    _end_sessions(account.person_id, at)


def _tell(kind: str, account: Account, *, by: Person | None, at: datetime) -> None:
    """Its owner, of what somebody else did to the account; and those who check, where it was the
    administrator, who keeps also the accounts of those who decide."""
    if by is not None and by.id == account.person_id:
        return
    facts = {"by": by.name if by else "", "done_at": at.isoformat()}
    leave(kind, to_ids=[account.person_id], at=at, path="/account", **facts)
    if by is not None and by.holds(Role.ADMINISTRATOR):
        checking = [one.id for one in holders_of(Role.AUDITOR) if one.id != account.person_id]
        about = {"name": account.person.name, "what": kind}
        leave("account-kept", to_ids=checking, at=at, path="/audit/?subject=accounts",
              **facts, **about)  # fmt: skip


def reset_password(account: Account, *, by: Person | None, at: datetime) -> str:
    """Give a password to be read out once; its owner must choose their own with it, is signed out
    everywhere, and told."""
    password = readable_password()
    _set_password(account, password, at=at, must_change=True)
    db.session.execute(delete(FailedSignIn).where(FailedSignIn.login == account.login))
    record("reset-password", account, by=by, at=at)
    _tell("account-password", account, by=by, at=at)
    db.session.commit()
    return password


def open_account(
    person: Person, *, login: str, by: Person | None, at: datetime, password: str | None = None
) -> str:
    """Open an account and return its first password.  Raises `LoginTaken`."""
    if queries.account_by_login(login) is not None:
        raise LoginTaken(login)
    given = password or readable_password()
    account = Account(
        person_id=person.id,
        login=login,
        password_hash=hashed(given),
        password_set_at=at,
        must_change=password is None,
    )
    db.session.add(account)
    record("open-account", account, by=by, at=at)
    db.session.commit()
    return given


def disable(account: Account, *, by: Person, at: datetime) -> None:
    account.disabled_at = account.disabled_at or at
    _end_sessions(account.person_id, at)
    record("disable-account", account, by=by, at=at)
    _tell("account-closed", account, by=by, at=at)
    db.session.commit()


def enable(account: Account, *, by: Person, at: datetime) -> None:
    account.disabled_at = None
    record("enable-account", account, by=by, at=at)
    _tell("account-opened-again", account, by=by, at=at)
    db.session.commit()


def set_language(person: Person, language: str) -> None:
    person.language = language
    db.session.commit()


def keep_answers(person_id: int, *, path: str, answers: list, at: datetime) -> str:
    """Keep what was typed until its owner is back; returns the key that finds it again."""
    key = secrets.token_urlsafe(16)
    db.session.execute(delete(KeptAnswers).where(KeptAnswers.person_id == person_id))
    db.session.add(
        KeptAnswers(
            person_id=person_id, key_hash=secret_hash(key), path=path, answers=answers, kept_at=at
        )
    )
    db.session.commit()
    return key


def forget_what_is_over(*, at: datetime) -> None:
    """Sessions long ended or left, answers nobody came back for, wrong passwords that no longer
    slow anybody down. Who signed in when stays in the audit trail."""
    over: list[tuple[type, ColumnElement[bool]]] = [
        (SignIn, or_(SignIn.ended_at < at - KEPT, SignIn.seen_at < at - KEPT)),
        (KeptAnswers, KeptAnswers.kept_at < at - KEPT),
        (FailedSignIn, FailedSignIn.at < at - 2 * LONGEST_WAIT),
    ]
    for table, when in over:
        db.session.execute(delete(table).where(when))
    db.session.commit()


def welcome(name: str, *, at: datetime, by: Person | None = None, language: str = "zh") -> Person:
    person = Person(name=name, language=language)
    db.session.add(person)
    record("welcome-person", person, by=by, at=at)
    db.session.commit()
    return person


def grant(
    person: Person,
    role: Role,
    *,
    by: Person | None,
    at: datetime,
    department_id: int | None = None,
    institution_id: int | None = None,
) -> None:
    """Give a role, once: a second time changes nothing."""
    wanted = (role, department_id, institution_id)
    if wanted in {(g.role, g.department_id, g.institution_id) for g in person.grants}:
        return
    person.grants.append(
        Grant(
            role=role,
            department_id=department_id,
            institution_id=institution_id,
            granted_at=at,
            granted_by_id=by.id if by else None,
        )
    )
    record("grant-role", person, by=by, at=at, role=role)
    db.session.commit()


def revoke(grant: Grant, *, by: Person, at: datetime) -> None:
    record("revoke-role", grant.person, by=by, at=at, role=grant.role)
    db.session.delete(grant)
    db.session.commit()
