"""The filters somebody keeps."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from trainingbase.db import columns, db
from trainingbase.filters.models import SavedFilter
from trainingbase.people.models import Person
from trainingbase.prepared import prepared


class Saved(NamedTuple):
    """As its record, for a page to offer it."""

    id: int
    path: str
    query: str
    name: str

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}"


def offered_to(person: Person, path: str) -> list[Saved]:
    """Those of one page, by name, without the records."""
    return [Saved(*row) for row in columns(*_offered(person.id, path))]


@prepared
def _offered(person_id: int, path: str):
    mine = (SavedFilter.person_id == person_id) & (SavedFilter.path == path)
    shown = SavedFilter.id, SavedFilter.path, SavedFilter.query, SavedFilter.name
    return select(*shown).where(mine).order_by(SavedFilter.name)


def filters_of(person: Person, path: str) -> Sequence[SavedFilter]:
    """Those of one page, by name."""
    return db.session.scalars(*_of_page(person.id, path)).all()


@prepared
def _of_page(person_id: int, path: str):
    mine = (SavedFilter.person_id == person_id) & (SavedFilter.path == path)
    return select(SavedFilter).where(mine).order_by(SavedFilter.name)


def filter_for(person: Person, filter_id: int) -> SavedFilter:
    """Raises `NoResultFound` for a foreign or missing one."""
    mine = (SavedFilter.person_id == person.id) & (SavedFilter.id == filter_id)
    return db.session.scalars(select(SavedFilter).where(mine)).one()
