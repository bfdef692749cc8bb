"""Links of outside examiners."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.exams.models import Osce, OsceExaminer, OsceGuestLink


def newest_of(examiner_ids: Collection[int]) -> dict[int, OsceGuestLink]:
    """By examiner the last link that was issued."""
    rows = db.session.scalars(
        select(OsceGuestLink)
        .where(OsceGuestLink.examiner_id.in_(list(examiner_ids)))
        .order_by(OsceGuestLink.id)
    )
    return {one.examiner_id: one for one in rows}


def by_key(form_key: str) -> OsceGuestLink | None:
    return db.session.scalar(select(OsceGuestLink).where(OsceGuestLink.form_key == form_key))


def by_token(token_hash: str) -> OsceGuestLink | None:
    return _one(OsceGuestLink.token_hash == token_hash)


def by_device(device_hash: str) -> OsceGuestLink | None:
    return _one(OsceGuestLink.device_hash == device_hash)


def _one(which) -> OsceGuestLink | None:
    """With the examiner, once the session is announced."""
    return db.session.scalars(
        select(OsceGuestLink)
        .join(OsceGuestLink.examiner)
        .join(OsceExaminer.session)
        .where(which, Osce.planned_at.is_not(None), OsceExaminer.absent_because.is_(None))
        .options(
            contains_eager(OsceGuestLink.examiner).options(
                contains_eager(OsceExaminer.session),
                joinedload(OsceExaminer.person),
                joinedload(OsceExaminer.station),
            )
        )
    ).one_or_none()


def links_of(examiner: OsceExaminer):
    return db.session.scalars(
        select(OsceGuestLink)
        .where(OsceGuestLink.examiner_id == examiner.id)
        .options(joinedload(OsceGuestLink.issued_by))
        .order_by(OsceGuestLink.id.desc())
    ).all()
