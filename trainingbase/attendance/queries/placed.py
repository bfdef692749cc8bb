"""Placements with the names that the roster of a day shows, without the records."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from trainingbase.db import columns
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
from trainingbase.prepared import prepared
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department, Institution


class Called(NamedTuple):
    """What something is called."""

    name: str
    name_en: str | None


class Place(NamedTuple):
    """A department."""

    id: int
    institution_id: int
    name: str
    name_en: str | None


class Placed(NamedTuple):
    """A placement."""

    id: int
    resident_id: int
    resident: str
    supervisor: str | None
    cohort: Called
    department: Place
    institution: Called


def placed(placement_ids: Sequence[int]) -> list[Placed]:
    """In the order of the ids; one statement."""
    known = {}
    for id_, resident_id, name, supervisor, *more in columns(*_placed(placement_ids)):
        names = Called(*more[:2]), Place(*more[2:6]), Called(*more[6:])
        known[id_] = Placed(id_, resident_id, name, supervisor, *names)
    return [known[one] for one in placement_ids]


@prepared
def _placed(placement_ids: list):
    teacher = aliased(Person)
    return (
        select(
            Placement.id,
            Placement.resident_id,
            Person.name,
            teacher.name,
            Cohort.name,
            Cohort.name_en,
            Department.id,
            Department.institution_id,
            Department.name,
            Department.name_en,
            Institution.name,
            Institution.name_en,
        )
        .join(Department, Department.id == Placement.department_id)
        .join(Institution, Institution.id == Department.institution_id)
        .join(Resident, Resident.id == Placement.resident_id)
        .join(Cohort, Cohort.id == Resident.cohort_id)
        .join(Person, Person.id == Resident.person_id)
        .outerjoin(FacultyMember, FacultyMember.id == Placement.supervisor_id)
        .outerjoin(teacher, teacher.id == FacultyMember.person_id)
        .where(Placement.id.in_(placement_ids))
    )
