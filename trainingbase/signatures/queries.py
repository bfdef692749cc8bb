"""Questions about signatures."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from trainingbase.audit.key import secret
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.signatures.models import Signature, VerificationMiss
from trainingbase.signatures.rules import (
    LONGEST_ADDRESS,
    MISSES_COUNT_FOR,
    MOST_MISSES,
    digest,
    seal,
)


def signatures_of(kind: str, subject_id: int) -> Sequence[Signature]:
    """All of one subject, withdrawn ones included, in the order in which they were given."""
    return signatures_of_many(kind, [subject_id]).get(subject_id, [])


def signatures_of_many(kind: str, subject_ids: Iterable[int]) -> dict[int, list[Signature]]:
    """By subject, in one statement."""
    found: dict[int, list[Signature]] = {}
    for one in db.session.scalars(
        select(Signature)
        .where(Signature.kind == kind, Signature.subject_id.in_(list(subject_ids)))
        .order_by(Signature.id)
    ):
        found.setdefault(one.subject_id, []).append(one)
    return found


def standing(kind: str, subject_id: int, meaning: str, signer: Person) -> Signature | None:
    """What this person has signed with this meaning, unless it was withdrawn."""
    return db.session.scalar(
        select(Signature).where(
            Signature.kind == kind,
            Signature.subject_id == subject_id,
            Signature.meaning == meaning,
            Signature.signer_id == signer.id,
            Signature.withdrawn_at.is_(None),
        )
    )


def with_digest(digest: str) -> Sequence[Signature]:
    """Everybody who signed the same content, in order."""
    return db.session.scalars(
        select(Signature).where(Signature.digest == digest).order_by(Signature.id)
    ).all()


def given_by(viewer: Person) -> Select[tuple[Signature]]:
    """This person's own, the newest first."""
    return select(Signature).where(Signature.signer_id == viewer.id).order_by(Signature.id.desc())


def all_of(rows: Select[tuple[Signature]]) -> Sequence[Signature]:
    """Every row of a list, for export."""
    return db.session.scalars(rows).all()


def is_intact(signature: Signature) -> bool:
    """Whether content and signature are as they were when it was given."""
    return digest(signature.content) == signature.digest and seal_of(signature) == signature.seal


def seal_of(signature: Signature) -> str:
    return seal(
        secret(),
        kind=signature.kind,
        subject_id=signature.subject_id,
        meaning=signature.meaning,
        digest=signature.digest,
        name=signature.name,
        role=signature.role,
        signed_at=signature.signed_at,
    )


def is_guessing(address: str, *, at: datetime) -> bool:
    """Whether so many questions for what was never signed or issued came from this address that
    no more are answered for a while."""
    number = db.session.scalar(
        select(func.count()).where(
            VerificationMiss.address == address[:LONGEST_ADDRESS],
            VerificationMiss.at > at - MISSES_COUNT_FOR,
        )
    )
    return (number or 0) >= MOST_MISSES
