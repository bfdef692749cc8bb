"""Residents whose completion somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, or_, select

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.enrolment.queries import IN_TRAINING, seen_by
from trainingbase.logbook.queries.kept import known_sums, known_wholes
from trainingbase.logbook.rules.stays import Sum, total_of
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import visible_to


@dataclass(frozen=True)
class Sought:
    """What is looked for; empty values look for nothing.  `below` is a percentage, `sort` a
    column's key, with a leading "-" the other way round."""

    search: str = ""
    cohort_id: int = 0
    standard_department_id: int = 0
    below: int = 0
    sort: str = ""


class Row(NamedTuple):
    """One resident of the table: the whole, and each standard department."""

    id: int
    name: str
    cohort: str
    cohort_en: str
    whole: Sum
    departments: dict[int, Sum]


SORTS = {"name": Person.name, "cohort": Resident.cohort_id}
RECKONED = {
    "percent": lambda whole: whole.percent,
    "waiting": lambda whole: whole.waiting,
    "missing": lambda whole: whole.target - whole.counted,
}


def seen(viewer: Person, which: Sought, *, today: date) -> Select:
    """In training, by cohort and name; for most people those placed with them.  Tuples of id,
    name and cohort in Chinese and English."""
    rows = (
        select(Resident.id, Person.name, Cohort.name, Cohort.name_en)
        .join(Person, Person.id == Resident.person_id)
        .join(Cohort, Cohort.id == Resident.cohort_id)
        .where(IN_TRAINING)
    )
    placed = visible_to(viewer, today).with_only_columns(Placement.resident_id)
    rows = rows.where(or_(seen_by(viewer), Resident.id.in_(placed)))
    if which.search:
        rows = rows.where(called(which.search))
    if which.cohort_id:
        rows = rows.where(Resident.cohort_id == which.cohort_id)
    if which.standard_department_id:
        there = select(Placement.resident_id).where(
            Placement.standard_department_id == which.standard_department_id,
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > today,
        )
        rows = rows.where(Resident.id.in_(there))
    column = SORTS.get(which.sort.removeprefix("-"))
    if column is not None:
        order = column.desc() if which.sort.startswith("-") else column.asc()
        return rows.order_by(order, Resident.id)
    return rows.order_by(Resident.cohort_id, Person.name, Resident.id)


def must_be_reckoned(which: Sought) -> bool:
    """Whether one has to know every figure to know which rows come first."""
    return bool(which.below) or which.sort.removeprefix("-") in RECKONED


Known = tuple[int, str, str, str]
"""A resident's id, name, and cohort in Chinese and English."""


def rows_of(people: Sequence[Known]) -> list[Row]:
    """In as many statements for all as for one."""
    sums = known_sums(one[0] for one in people)
    return [Row(*one, total_of(sums[one[0]].values()), sums[one[0]]) for one in people]


def reckoned(people: Sequence[Known], which: Sought) -> list[Known]:
    """All of them, filtered and sorted by their figures."""
    wholes = known_wholes(one[0] for one in people)
    found = [one for one in people if not which.below or wholes[one[0]].percent < which.below]
    key = RECKONED.get(which.sort.removeprefix("-"))
    if key is not None:
        found.sort(key=lambda one: key(wholes[one[0]]), reverse=which.sort.startswith("-"))
    return found


def all_of(rows: Select) -> Sequence[Known]:
    """The whole list, for a file or to be reckoned."""
    return [tuple(row) for row in db.session.execute(rows)]
