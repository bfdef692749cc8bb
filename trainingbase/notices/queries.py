"""Questions about notices; a person sees their own."""

from sqlalchemy import Select, func, select

from trainingbase.db import db
from trainingbase.notices.models import Notice


def visible_to(viewer) -> Select[tuple[Notice]]:
    return select(Notice).where(Notice.person_id == viewer.id)


def newest(viewer) -> Select[tuple[Notice]]:
    return visible_to(viewer).order_by(Notice.read_at.is_not(None), Notice.id.desc())


def notice_for(viewer, notice_id: int) -> Notice:
    return db.session.scalars(visible_to(viewer).where(Notice.id == notice_id)).one()


def unread_count(viewer) -> int:
    unread = (Notice.person_id == viewer.id) & Notice.read_at.is_(None)
    return db.session.scalar(select(func.count()).select_from(Notice).where(unread)) or 0
