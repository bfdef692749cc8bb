"""Whom a name in a workbook means."""

import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, raiseload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.imports.keeping.wanted import Wanted
from trainingbase.programmes.models import StandardDepartment
from trainingbase.sites.models import Department, Institution


def same(text: str | None) -> str:
    """Text as names are compared: half-width, without blanks, in one case."""
    return "".join(unicodedata.normalize("NFKC", text or "").split()).casefold()


class Residents:
    """Everyone on the roster, found by ID number, its last digits, or name and year of entry."""

    def __init__(self) -> None:
        rows = db.session.scalars(
            select(Resident)
            .join(Resident.person)
            .join(Resident.cohort)
            .options(
                contains_eager(Resident.person),
                contains_eager(Resident.cohort),
                raiseload("*"),
            )
        ).all()
        self.by_id_number = {one.id_number: one for one in rows}
        self.by_name: dict[str, list[Resident]] = {}
        for one in rows:
            self.by_name.setdefault(same(one.person.name), []).append(one)

    def named(
        self, name: str, *, year: int | None = None, id_tail: str | None = None
    ) -> list[Resident]:
        found = self.by_name.get(same(name), [])
        if id_tail:
            found = [one for one in found if one.id_number.endswith(id_tail)]
        elif year is not None:
            found = [one for one in found if one.cohort.year == year]
        return found

    def meant(self, wanted: Wanted) -> Resident | None:
        """The resident of a row; without one, or with several, the row is refused."""
        record = wanted.record
        if record.get("id_no"):
            found = [one for one in [self.by_id_number.get(record["id_no"])] if one]
        else:
            found = self.named(
                record["name"], year=record.get("cohort"), id_tail=record.get("id_tail")
            )
        if len(found) == 1:
            return found[0]
        category = "person_ambiguous" if found else "person_unknown"
        wanted.refuse("name", category, name=record["name"])
        return None


class Places:
    """Departments by `standard|institution|department`, as readers name them."""

    def __init__(self) -> None:
        rows = db.session.execute(
            select(Department, Institution.name).join(Department.institution)
        ).all()
        self.departments = {(same(place), same(one.name)): one for one, place in rows}
        self.standards = {
            same(one.name): one for one in db.session.scalars(select(StandardDepartment))
        }

    def department(self, institution: str | None, name: str | None) -> Department | None:
        if institution:
            return self.departments.get((same(institution), same(name)))
        found = [one for (_, own), one in self.departments.items() if own == same(name)]
        return found[0] if len(found) == 1 else None

    def standard(self, name: str | None) -> StandardDepartment | None:
        return self.standards.get(same(name))

    def at(self, key: str) -> tuple[Department | None, StandardDepartment | None]:
        standard, _, rest = key.partition("|")
        institution, _, department = rest.partition("|")
        return self.department(institution, department), self.standard(standard)
