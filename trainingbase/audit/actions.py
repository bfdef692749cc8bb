"""Writing the trail.  The caller commits, so that change and trail stand or fall together."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from trainingbase.audit.key import secret
from trainingbase.audit.models import Entry, Head
from trainingbase.audit.rules import seal
from trainingbase.db import db


def record(act: str, subject: Any, *, by: Any, at: datetime, **details: Any) -> None:
    """Add an entry about `subject` (a model with an id) to the present transaction.

    `act` names what was done ("publish-plan"); `by` is a Person or None for the portal itself.
    """
    db.session.flush()
    head = db.session.scalars(select(Head).with_for_update()).one_or_none()
    if head is None:
        head = Head(id=1, entries=0, seal="")
        db.session.add(head)
    number = head.entries + 1
    content = {
        "at": at,
        "by_id": by.id if by is not None else None,
        "act": act,
        "subject": subject if isinstance(subject, str) else subject.__tablename__,
        "subject_id": "" if isinstance(subject, str) else identity(subject),
        "details": {name: _plain(value) for name, value in details.items()},
    }
    head.seal = seal(secret(), head.seal, number=number, **content)
    head.entries = number
    db.session.add(Entry(id=number, seal=head.seal, **content))


def identity(subject: Any) -> str:
    """The key of a row, whatever it is called."""
    return str(getattr(subject, "id", None) or getattr(subject, "key", ""))


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return value
