"""The names behind the ids of a plan, in a fixed number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.people.models import Person
from trainingbase.programmes.models import StandardDepartment
from trainingbase.sites.models import Department, Institution, ShortName


@dataclass(frozen=True)
class Named:
    """A name in Chinese and, where there is one, in English."""

    name: str
    name_en: str | None = None


@dataclass(frozen=True)
class Somebody:
    name: str
    cohort: Named


@dataclass(frozen=True)
class Somewhere:
    """A department; `is_lead` when it needs no institution beside its name."""

    department: Named
    institution: Named
    institution_id: int
    is_lead: bool


@dataclass(frozen=True)
class Names:
    """By id; `short` by (department, standard department) with the colour of the legend."""

    residents: dict[int, Somebody]
    departments: dict[int, Somewhere]
    standards: dict[int, Named]
    short: dict[tuple[int, int], tuple[Named, str | None]]


def names_of(resident_ids: Iterable[int]) -> Names:
    return Names(_residents(list(resident_ids)), _departments(), _standards(), _short())


def _residents(ids: list[int]) -> dict[int, Somebody]:
    rows = db.session.execute(
        select(Resident.id, Person.name, Cohort.name, Cohort.name_en)
        .join(Resident.person)
        .join(Resident.cohort)
        .where(Resident.id.in_(ids))
    )
    return {key: Somebody(name, Named(zh, en)) for key, name, zh, en in rows}


def _departments() -> dict[int, Somewhere]:
    rows = db.session.execute(
        select(
            Department.id,
            Department.name,
            Department.name_en,
            Institution.id,
            Institution.name,
            Institution.name_en,
            Institution.level,
        ).join(Department.institution)
    )
    return {
        key: Somewhere(Named(zh, en), Named(place, place_en), place_id, level == "lead")
        for key, zh, en, place_id, place, place_en, level in rows
    }


def _standards() -> dict[int, Named]:
    rows = db.session.execute(
        select(StandardDepartment.id, StandardDepartment.name, StandardDepartment.name_en)
    )
    return {key: Named(zh, en) for key, zh, en in rows}


def _short() -> dict[tuple[int, int], tuple[Named, str | None]]:
    rows = db.session.execute(
        select(
            ShortName.department_id,
            ShortName.standard_department_id,
            ShortName.name,
            ShortName.name_en,
            ShortName.colour,
        )
    )
    return {(where, what): (Named(zh, en), colour) for where, what, zh, en, colour in rows}
