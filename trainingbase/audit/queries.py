"""Reading the trail, and proving it unbroken."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from trainingbase.audit.key import secret
from trainingbase.audit.models import Entry, Head
from trainingbase.audit.rules import seal
from trainingbase.db import db
from trainingbase.people.models import Person


def entries(*, person: str = "", act: str = "", subject: str = "") -> Select[tuple[Entry]]:
    """Newest first; the three look in the person's name, the act and the table."""
    rows = select(Entry).options(joinedload(Entry.by)).order_by(Entry.id.desc())
    if person:
        named = Person.name.contains(person, autoescape=True)
        rows = rows.where(Entry.by_id.in_(select(Person.id).where(named)))
    if act:
        rows = rows.where(Entry.act.contains(act, autoescape=True))
    if subject:
        rows = rows.where(Entry.subject.contains(subject, autoescape=True))
    return rows


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
