"""Questions about notices; a person sees their own."""

from sqlalchemy import Select, func, select

from trainingbase.db import db, value
from trainingbase.notices.models import Notice
from trainingbase.prepared import prepared


def visible_to(viewer) -> Select[tuple[Notice]]:
    return select(Notice).where(Notice.person_id == viewer.id)


def newest(viewer) -> Select[tuple[Notice]]:
    return visible_to(viewer).order_by(Notice.read_at.is_not(None), Notice.id.desc())


def notice_for(viewer, notice_id: int) -> Notice:
    return db.session.scalars(visible_to(viewer).where(Notice.id == notice_id)).one()


def unread_count(viewer) -> int:
    return value(*_unread(viewer.id))


@prepared
def _unread(person_id: int):
    unread = (Notice.person_id == person_id) & Notice.read_at.is_(None)
    return select(func.count()).select_from(Notice).where(unread)


def told_since(kind: str, moment) -> set[int]:
    """Whom a notice of this kind was left since."""
    rows = select(Notice.person_id).where(Notice.kind == kind, Notice.created_at >= moment)
    return set(db.session.scalars(rows))


def unread_of(kind: str) -> set[int]:
    """Who has a notice of this kind they have not read."""
    rows = select(Notice.person_id).where(Notice.kind == kind, Notice.read_at.is_(None))
    return set(db.session.scalars(rows))


def facts_since(kind: str, person_id: int, moment) -> list[dict]:
    """What the notices of this kind to this person since then were about."""
    rows = select(Notice.facts).where(
        Notice.kind == kind, Notice.person_id == person_id, Notice.created_at >= moment
    )
    return list(db.session.scalars(rows))
