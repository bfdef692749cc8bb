"""The filters somebody keeps."""

from collections.abc import Sequence

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.filters.models import SavedFilter
from trainingbase.people.models import Person


def filters_of(person: Person, path: str) -> Sequence[SavedFilter]:
    """Those of one page, by name."""
    mine = (SavedFilter.person_id == person.id) & (SavedFilter.path == path)
    return db.session.scalars(select(SavedFilter).where(mine).order_by(SavedFilter.name)).all()


def filter_for(person: Person, filter_id: int) -> SavedFilter:
    """Raises `NoResultFound` for a foreign or missing one."""
    mine = (SavedFilter.person_id == person.id) & (SavedFilter.id == filter_id)
    return db.session.scalars(select(SavedFilter).where(mine)).one()
