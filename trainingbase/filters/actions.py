"""Keeping a filter, and no longer."""

from trainingbase.db import db
from trainingbase.filters.models import SavedFilter
from trainingbase.filters.queries import filters_of
from trainingbase.filters.rules import MOST
from trainingbase.people.models import Person


class TooMany(Exception):
    """There are `MOST` already for this page."""


def keep_filter(*, name: str, path: str, query: str, by: Person) -> None:
    """Under the name of an earlier one it takes that one's place.  Raises `TooMany`."""
    before = filters_of(by, path)
    same = next((one for one in before if one.name == name), None)
    if same is not None:
        same.query = query
    elif len(before) >= MOST:
        raise TooMany
    else:
        db.session.add(SavedFilter(person_id=by.id, path=path, name=name, query=query))
    db.session.commit()


def forget_filter(saved: SavedFilter) -> None:
    db.session.delete(saved)
    db.session.commit()
