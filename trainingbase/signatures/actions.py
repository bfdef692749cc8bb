"""Signing, and taking a signature back.  The caller commits: what is signed and what follows from
it stand or fall together."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete

from trainingbase.accounts.actions import TooManyTries, WrongPassword, prove
from trainingbase.accounts.queries import account_of
from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.signatures import queries
from trainingbase.signatures.models import (
    AlreadySigned,
    Signature,
    SignaturesStay,
    VerificationMiss,
)
from trainingbase.signatures.rules import LONGEST_ADDRESS, MISSES_KEPT_FOR, digest, plain

__all__ = ["AlreadySigned", "TooManyTries", "WrongPassword", "note_miss", "sign", "withdraw"]


def sign(
    kind: str,
    subject_id: int,
    meaning: str,
    content: dict[str, Any],
    *,
    password: str,
    by: Person,
    at: datetime,
    role: str | None = None,
    address: str = "",
    tried_at: datetime | None = None,
) -> Signature:
    """Sign `content` by typing the password again; the caller commits.

    `role` is as what somebody signs (by itself the meaning), `tried_at` the true moment of the
    try where the portal's day is pinned.  A wrong password is kept and counts like one of signing
    in; whatever the caller had changed before is rolled back.  Raises `WrongPassword`,
    `TooManyTries`, `AlreadySigned`.
    """
    prove(account_of(by), password, address=address, at=tried_at or at)
    before = queries.standing(kind, subject_id, meaning, by)
    if before is not None:
        raise AlreadySigned(before)
    made = Signature(
        kind=kind,
        subject_id=subject_id,
        meaning=meaning,
        content=plain(content),
        digest=digest(content),
        signer_id=by.id,
        name=by.name,
        role=role or meaning,
        signed_at=at,
    )
    made.seal = queries.seal_of(made)
    db.session.add(made)
    db.session.flush()
    record("sign", made, by=by, at=at, kind=kind, meaning=meaning, digest=made.digest)
    return made


def withdraw(signature: Signature, *, because: str, by: Person, at: datetime) -> None:
    """Let it stand no more; it stays readable.  The caller commits.  Raises `SignaturesStay`."""
    if signature.withdrawn_at is not None:
        raise SignaturesStay(signature)
    signature.withdrawn_at, signature.withdrawn_by_id = at, by.id
    signature.withdrawn_because = because
    record("withdraw-signature", signature, by=by, at=at, digest=signature.digest)


def note_miss(address: str, *, at: datetime) -> None:
    """Somebody asked for what was never signed or issued here; those of yesterday are
    forgotten."""
    db.session.execute(delete(VerificationMiss).where(VerificationMiss.at < at - MISSES_KEPT_FOR))
    db.session.add(VerificationMiss(address=address[:LONGEST_ADDRESS], at=at))
    db.session.commit()
