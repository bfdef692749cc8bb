"""What the base already has, as readers of workbooks ask for it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import selectinload

from trainingbase import sheets
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Leave, Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.imports.rules import WORD_OF_LEAVE
from trainingbase.people.models import Person
from trainingbase.programmes.models import Programme, StandardDepartment
from trainingbase.sheets import known as facts
from trainingbase.sheets import standards as builtin
from trainingbase.sites.models import Department, Institution, ShortName
from trainingbase.thresholds.queries import values

HOLDS: dict[str, Any] = {
    "programme": Programme,
    "sites": Department,
    "residents": Resident,
    "faculty": FacultyMember,
    "plan": ShortName,
}
"""What shows that a kind has been brought in, or entered by hand."""


def missing_for(needs: Iterable[str]) -> list[str]:
    """The kinds of `needs` of which the base has nothing yet; one statement."""
    needs = list(needs)
    if not needs:
        return []
    found = db.session.execute(
        select(*(exists(select(HOLDS[kind].id)).label(kind) for kind in needs))
    ).one()
    return [kind for kind, there in zip(needs, found, strict=True) if not there]


def is_empty() -> bool:
    """Whether nothing has been brought in or entered yet."""
    return len(missing_for(HOLDS)) == len(HOLDS)


def known() -> sheets.Known:
    """As many statements for a large base as for a small one.

    What the base has nothing of is None, "nobody told me": rows are then judged by themselves,
    and it is `missing_for` that keeps them from being confirmed.
    """
    numbers = values()
    return sheets.Known(
        programmes=_programmes() or None,
        standards=tuple(db.session.scalars(_names(StandardDepartment))) or None,
        institutions=tuple(db.session.scalars(_names(Institution))) or None,
        departments=_departments() or None,
        legend=_legend() or None,
        residents=_residents() or None,
        faculty=_faculty() or None,
        leaves=_leaves(),
        certificate_years=int(numbers.get("certificate_years", 5)),
        pass_mark=int(numbers.get("exam_pass_score", 60)),
    )


def _names(model: Any) -> Select:
    return select(model.name).order_by(model.id)


def _programmes() -> tuple[facts.Programme, ...]:
    """A family under its own name and those of its versions, and each later version under its
    own code alone: who names the family means whichever is in force for the intake."""
    rows = db.session.execute(
        select(Programme.family, Programme.code, Programme.name).order_by(Programme.id)
    ).all()
    named: dict[str, list[str]] = {}
    for family, _code, name in rows:
        named.setdefault(family, []).append(name)
    later = [facts.Programme(code) for family, code, _name in rows if code != family]
    return tuple(later) + tuple(
        facts.Programme(family, (family, *dict.fromkeys(names), *builtin.names_of(family)))
        for family, names in named.items()
    )


def _departments() -> tuple[facts.Department, ...]:
    rows = db.session.execute(
        select(Department, Institution.name)
        .join(Department.institution)
        .options(selectinload(Department.standards))
        .order_by(Department.id)
    )
    return tuple(
        facts.Department(place, one.name, tuple(standard.name for standard in one.standards))
        for one, place in rows
    )


def _legend() -> tuple[facts.Place, ...]:
    rows = db.session.execute(
        select(
            ShortName.name,
            StandardDepartment.name,
            Institution.name,
            Department.name,
            ShortName.colour,
        )
        .join(ShortName.standard_department)
        .join(ShortName.department)
        .join(Department.institution)
        .order_by(ShortName.id)
    )
    return tuple(facts.Place(*row) for row in rows)


def _residents() -> tuple[facts.Resident, ...]:
    rows = db.session.execute(
        select(Person.name, Cohort.year, Resident.id_number, Programme.family, Resident.finished_on)
        .join(Resident.person)
        .join(Resident.cohort)
        .join(Resident.programme)
        .order_by(Resident.id)
    )
    return tuple(
        facts.Resident(name, year, id_number, code, "结业" if finished_on else "在培")
        for name, year, id_number, code, finished_on in rows
    )


def _faculty() -> tuple[facts.FacultyMember, ...]:
    rows = db.session.execute(
        select(Person.name, FacultyMember.staff_number)
        .join(FacultyMember.person)
        .order_by(FacultyMember.id)
    )
    return tuple(facts.FacultyMember(*row) for row in rows)


def _leaves() -> tuple[facts.Leave, ...]:
    rows = db.session.execute(
        select(Person.name, Cohort.year, Leave)
        .join(Leave.resident)
        .join(Resident.person)
        .join(Resident.cohort)
        .where(Leave.granted.is_not(False))
        .order_by(Leave.id)
    )
    return tuple(
        facts.Leave(
            name,
            year,
            WORD_OF_LEAVE.get(leave.kind),
            leave.starts_on.isoformat(),
            leave.last_day.isoformat(),
        )
        for name, year, leave in rows
    )
