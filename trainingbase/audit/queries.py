"""Reading the trail, and proving it unbroken."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from trainingbase.audit.anchors import Anchor
from trainingbase.audit.key import secret
from trainingbase.audit.models import Entry, Head
from trainingbase.audit.rules import seal
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.people.queries import called


def entries(*, person: str = "", act: str = "", subject: str = "") -> Select[tuple[Entry]]:
    """Newest first, of people whose name contains `person`, of one act and one table."""
    rows = select(Entry).options(joinedload(Entry.by)).order_by(Entry.id.desc())
    if person:
        named = called(person)
        rows = rows.where(Entry.by_id.in_(select(Person.id).where(named)))
    if act:
        rows = rows.where(Entry.act == act)
    if subject:
        rows = rows.where(Entry.subject == subject)
    return rows


def end() -> Anchor | None:
    """Where the trail ends."""
    head = db.session.get(Head, 1)
    return (head.entries, head.seal) if head is not None else None


def faults(anchors: Iterable[Anchor] = ()) -> Iterator[str]:
    """What is wrong with the trail, in words; nothing when it is unbroken and holds the entries
    that were anchored."""
    before, number = "", 0
    anchored = dict(anchors)
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
        if anchored.pop(entry.id, before) != before:
            yield f"entry {entry.id} is not the one that was anchored"
    noted = end() or (0, "")
    if noted != (number, before):
        yield f"the trail ends at entry {number}, not at {noted[0]}"
    if anchored:
        yield f"the trail ends at entry {number}, and had {max(anchored)} when it was anchored"
