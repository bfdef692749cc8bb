"""Leaving a notice.  The caller commits, with the change the notice is about."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update

from trainingbase.db import db
from trainingbase.notices.models import Notice


def leave(kind: str, *, to_ids: Iterable[int], at: datetime, path: str, **facts) -> None:
    db.session.add_all(
        Notice(person_id=person_id, kind=kind, facts=facts, path=path, created_at=at)
        for person_id in sorted(set(to_ids))
    )


def settle(path: str, *, to_id: int, at: datetime) -> None:
    """What this person was told of this page has been done: the notices count as read.  The
    caller commits."""
    unread = (Notice.person_id == to_id) & (Notice.path == path) & Notice.read_at.is_(None)
    db.session.execute(update(Notice).where(unread).values(read_at=at))


def mark_read(notice: Notice, *, at: datetime) -> None:
    notice.read(at)
    db.session.commit()


def mark_all_read(*, by, at: datetime) -> None:
    unread = (Notice.person_id == by.id) & Notice.read_at.is_(None)
    db.session.execute(update(Notice).where(unread).values(read_at=at))
    db.session.commit()
