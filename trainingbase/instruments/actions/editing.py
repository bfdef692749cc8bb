"""Changing a draft.  Every change counts in `edits`, so that a second editor is not overwritten."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.db import db, hold
from trainingbase.history.actions import change, note
from trainingbase.instruments.actions.versions import AlreadyThere, NotADraft
from trainingbase.instruments.models import Instrument, Item
from trainingbase.people.models import Person
from trainingbase.stale import Stale


def _open(draft: Instrument, edits: int | None) -> None:
    """Raises `NotADraft`, or `Stale` unless `edits` (what the form was filled from) is present."""
    hold(draft)
    if not draft.may_be_edited:
        db.session.rollback()
        raise NotADraft
    if edits is not None and edits != draft.edits:
        raise Stale(draft)
    draft.edits += 1


def change_head(
    draft: Instrument, answers: Mapping[str, Any], *, edits: int | None, by: Person, at: datetime
) -> None:
    _open(draft, edits)
    change("change-form", draft, answers, by=by, at=at)
    db.session.commit()


def add_item(
    draft: Instrument, answers: Mapping[str, Any], *, edits: int | None, by: Person, at: datetime
) -> Item:
    """At the end.  Raises `AlreadyThere` where the form has the code."""
    _open(draft, edits)
    _free(draft, answers["code"], but=None)
    item = Item(instrument=draft, position=_after(draft), **answers)
    db.session.add(item)
    note(draft, {"items": (None, f"{item.code} {item.name}")}, by=by, at=at)
    db.session.commit()
    return item


def _after(draft: Instrument) -> int:
    return max((one.position for one in draft.items), default=-1) + 1


def _free(draft: Instrument, code: str, *, but: Item | None) -> None:
    if any(one.code == code for one in draft.items if one is not but):
        db.session.rollback()
        raise AlreadyThere(code)


def change_item(
    draft: Instrument,
    item: Item,
    answers: Mapping[str, Any],
    *,
    edits: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `AlreadyThere`."""
    _open(draft, edits)
    _free(draft, answers["code"], but=item)
    before, old = {name: getattr(item, name) for name in answers}, item.code
    changed = [name for name in answers if before[name] != answers[name]]
    for name in changed:
        setattr(item, name, answers[name])
    if changed:
        note(
            draft,
            {
                f"items.{old}.{name}": (_said(before[name]), _said(answers[name]))
                for name in changed
            },
            by=by,
            at=at,
        )
    db.session.commit()


def _said(value: Any) -> Any:
    """Lists and conditions as one line."""
    return str(value) if isinstance(value, list | dict) else value


def remove_item(
    draft: Instrument, item: Item, *, edits: int | None, by: Person, at: datetime
) -> None:
    _open(draft, edits)
    note(draft, {"items": (f"{item.code} {item.name}", None)}, by=by, at=at)
    db.session.delete(item)
    db.session.commit()


def shift_item(draft: Instrument, item: Item, by_places: int, *, by: Person, at: datetime) -> None:
    """One place up (-1) or down (1); at the end it stays."""
    _open(draft, None)
    order = sorted(draft.items, key=lambda one: one.position)
    here = order.index(item)
    there = here + by_places
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        for position, one in enumerate(order):
            one.position = position
        note(draft, {"order": (str(here + 1), str(there + 1))}, by=by, at=at, why=item.code)
    db.session.commit()


def add_rule(
    draft: Instrument, rule: Mapping[str, str], *, edits: int | None, by: Person, at: datetime
) -> None:
    _open(draft, edits)
    rules = [*(draft.pass_rules or []), dict(rule)]
    note(draft, {"pass_rules": (None, str(dict(rule)))}, by=by, at=at)
    draft.pass_rules = rules
    db.session.commit()


def remove_rule(
    draft: Instrument, place: int, *, edits: int | None, by: Person, at: datetime
) -> None:
    """Raises `LookupError` where there is none at this place."""
    _open(draft, edits)
    rules = list(draft.pass_rules or [])
    if not 0 <= place < len(rules):
        db.session.rollback()
        raise LookupError(place)
    gone = rules.pop(place)
    note(draft, {"pass_rules": (str(gone), None)}, by=by, at=at)
    draft.pass_rules = rules or None
    db.session.commit()
