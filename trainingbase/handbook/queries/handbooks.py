"""Handbooks issued; those with a viewer return what that person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, undefer

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import seen_by
from trainingbase.handbook.models import Handbook
from trainingbase.people.models import Person
from trainingbase.people.queries import called

STATES: dict[str, ColumnElement[bool]] = {
    "valid": Handbook.withdrawn_at.is_(None) & Handbook.superseded_at.is_(None),
    "superseded": Handbook.withdrawn_at.is_(None) & Handbook.superseded_at.is_not(None),
    "withdrawn": Handbook.withdrawn_at.is_not(None),
}
SORTS: dict[str, Any] = {
    "name": Person.name,
    "cohort": Resident.cohort_id,
    "edition": Handbook.edition,
    "issued": Handbook.issued_at,
}


@dataclass(frozen=True)
class Filter:
    """Empty values look for nothing."""

    search: str = ""
    cohort_id: int = 0
    language: str = ""
    state: str = ""
    sort: str = ""


def visible_to(viewer: Person) -> Select[tuple[Handbook]]:
    """Of residents whose record this person may see."""
    return (
        select(Handbook)
        .join(Handbook.resident)
        .join(Resident.person)
        .where(seen_by(viewer))
        .options(
            contains_eager(Handbook.resident).contains_eager(Resident.person),
            contains_eager(Handbook.resident).joinedload(Resident.cohort),
            joinedload(Handbook.issued_by),
            joinedload(Handbook.file),
        )
    )


def listed(viewer: Person, which: Filter) -> Select[tuple[Handbook]]:
    """The newest first."""
    rows = visible_to(viewer)
    if which.search:
        rows = rows.where(called(which.search))
    if which.cohort_id:
        rows = rows.where(Resident.cohort_id == which.cohort_id)
    if which.language:
        rows = rows.where(Handbook.language == which.language)
    if which.state in STATES:
        rows = rows.where(STATES[which.state])
    column = SORTS.get(which.sort.removeprefix("-"), Handbook.issued_at)
    down = which.sort.startswith("-") or not which.sort
    return rows.order_by(column.desc() if down else column, Handbook.id.desc())


def all_of(rows: Select) -> Sequence[Handbook]:
    """The whole list, for a file."""
    return db.session.scalars(rows).all()


def handbook_for(viewer: Person, handbook_id: int) -> Handbook:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        visible_to(viewer)
        .where(Handbook.id == handbook_id)
        .options(joinedload(Handbook.withdrawn_by), undefer(Handbook.content))
    ).one()


def by_code(code: str) -> Handbook | None:
    """For whoever verifies: with what it holds."""
    return db.session.scalar(
        select(Handbook)
        .where(Handbook.code == code)
        .options(undefer(Handbook.content), joinedload(Handbook.file))
    )


def valid_of(resident_id: int, language: str) -> Sequence[Handbook]:
    """What a new edition supersedes."""
    return db.session.scalars(
        select(Handbook).where(
            Handbook.resident_id == resident_id,
            Handbook.language == language,
            Handbook.superseded_at.is_(None),
        )
    ).all()


def last_edition(resident_id: int, language: str) -> int:
    """0 before the first."""
    of_resident = (Handbook.resident_id == resident_id) & (Handbook.language == language)
    return db.session.scalar(select(func.max(Handbook.edition)).where(of_resident)) or 0


def same(resident_id: int, language: str, digest: str) -> Handbook | None:
    """The valid handbook, if the record is still what it says."""
    return db.session.scalar(
        select(Handbook)
        .where(
            Handbook.resident_id == resident_id,
            Handbook.language == language,
            Handbook.digest == digest,
            STATES["valid"],
        )
        .options(joinedload(Handbook.file))
    )


def residents_to_make_for(
    viewer: Person, *, cohort_id: int = 0, ids: Sequence[int] = (), in_training: bool = False
) -> Sequence[Resident]:
    """Residents this person may have handbooks made of: a cohort, some, or all."""
    from trainingbase.enrolment.queries import IN_TRAINING

    rows = (
        select(Resident)
        .join(Resident.person)
        .where(seen_by(viewer))
        .options(contains_eager(Resident.person), joinedload(Resident.cohort))
        .order_by(Resident.cohort_id, Person.name, Resident.id)
    )
    if cohort_id:
        rows = rows.where(Resident.cohort_id == cohort_id)
    if ids:
        rows = rows.where(Resident.id.in_(list(ids)))
    if in_training:
        rows = rows.where(IN_TRAINING)
    return db.session.scalars(rows).all()
