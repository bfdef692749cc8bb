"""Reading the trail, and proving it unbroken."""

from collections.abc import Iterator

from sqlalchemy import Select, select

from trainingbase.audit.actions import secret
from trainingbase.audit.models import Entry, Head
from trainingbase.audit.rules import seal
from trainingbase.db import db


def entries() -> Select[tuple[Entry]]:
    """Newest first."""
    return select(Entry).order_by(Entry.id.desc())


def entries_about(subject: str, subject_id: int | str) -> Select[tuple[Entry]]:
    return entries().where(Entry.subject == subject, Entry.subject_id == str(subject_id))


def faults() -> Iterator[str]:
    """What is wrong with the trail, in words; nothing when it is unbroken."""
    before, number = "", 0
    for entry in db.session.scalars(select(Entry).order_by(Entry.id)):
        number += 1
        if entry.id != number:
            yield f"entry {number} is missing"
            number = entry.id
        expected = seal(
            secret(),
            before,
            number=entry.id,
            at=entry.at,
            by_id=entry.by_id,
            act=entry.act,
            subject=entry.subject,
            subject_id=entry.subject_id,
            details=entry.details,
        )
        if expected != entry.seal:
            yield f"entry {entry.id} was changed"
        before = entry.seal
    head = db.session.get(Head, 1)
    if head is not None and (head.entries, head.seal) != (number, before):
        yield f"the trail ends at entry {number}, not at {head.entries}"
