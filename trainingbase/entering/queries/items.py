"""The checklist of an induction."""

from collections.abc import Sequence

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.entering.models import InductionItem

ORDER = (InductionItem.position, InductionItem.id)


def items_in_use() -> Sequence[InductionItem]:
    return db.session.scalars(
        select(InductionItem).where(InductionItem.retired_at.is_(None)).order_by(*ORDER)
    ).all()


def all_items() -> Sequence[InductionItem]:
    """Those in use first."""
    return db.session.scalars(
        select(InductionItem).order_by(InductionItem.retired_at.is_not(None), *ORDER)
    ).all()


def item_by_id(item_id: int) -> InductionItem:
    return db.session.scalars(select(InductionItem).where(InductionItem.id == item_id)).one()


def item_by_key(request_key: str | None) -> InductionItem | None:
    if not request_key:
        return None
    return db.session.scalars(
        select(InductionItem).where(InductionItem.request_key == request_key)
    ).one_or_none()
