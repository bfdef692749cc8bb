"""The base's checklist of an induction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.entering.models import InductionItem
from trainingbase.entering.queries.items import item_by_key, items_in_use
from trainingbase.history.actions import change, note
from trainingbase.people.models import Person


def add_item(
    answers: Mapping[str, Any], *, by: Person, at: datetime, request_key: str | None = None
) -> InductionItem:
    """At the end; sent twice it is made once."""
    there = item_by_key(request_key)
    if there is not None:
        return there
    last = max((one.position for one in items_in_use()), default=0)
    item = InductionItem(position=last + 1, request_key=request_key, **answers)
    db.session.add(item)
    record("add-induction-item", item, by=by, at=at)
    db.session.commit()
    return item


def edit_item(
    item: InductionItem,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`."""
    item.expect(version)
    change("edit-induction-item", item, answers, by=by, at=at)
    db.session.commit()


def move_item(item: InductionItem, by_places: int, *, by: Person, at: datetime) -> None:
    """Up (negative) or down among those in use; beyond the ends it stays where it is."""
    items = list(items_in_use())
    if item not in items:
        return
    here = items.index(item)
    there = min(max(here + by_places, 0), len(items) - 1)
    if here == there:
        return
    items.insert(there, items.pop(here))
    for position, one in enumerate(items, 1):
        one.position = position
    record("move-induction-item", item, by=by, at=at, position=item.position)
    db.session.commit()


def retire_item(item: InductionItem, *, by: Person, at: datetime) -> None:
    """It is asked no more, and stays where it was ticked; a second time changes nothing."""
    _set(item, at, "retire-induction-item", by=by, at=at)


def use_item_again(item: InductionItem, *, by: Person, at: datetime) -> None:
    last = max((one.position for one in items_in_use()), default=0)
    if item.retired_at is not None:
        item.position = last + 1
    _set(item, None, "use-induction-item-again", by=by, at=at)


def _set(item: InductionItem, retired_at, act: str, *, by: Person, at: datetime) -> None:
    hold(item, "retired_at")
    if (item.retired_at is None) != (retired_at is None):
        item.retired_at = retired_at
        item.version += 1
        note(item, {"retired": (retired_at is None, retired_at is not None)}, by=by, at=at)
        record(act, item, by=by, at=at)
    db.session.commit()
