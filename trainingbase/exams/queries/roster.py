"""Whom a row of a workbook means."""

import unicodedata
from typing import Any

from sqlalchemy import select

from trainingbase import sheets
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.people.models import Person
from trainingbase.sheets import known as facts


def _rows() -> list[tuple]:
    return [
        tuple(row)
        for row in db.session.execute(
            select(Resident.id, Person.name, Cohort.year, Resident.id_number, Resident.finished_on)
            .join(Resident.person)
            .join(Resident.cohort)
            .order_by(Resident.id)
        )
    ]


def known() -> sheets.Known:
    """The residents, so that a name nobody has is refused with its cell."""
    return sheets.Known(
        residents=tuple(
            facts.Resident(name, year, number, None, "结业" if finished else "在培")
            for _id, name, year, number, finished in _rows()
        )
        or None
    )


def _same(name: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", name or "").split()).casefold()


class Residents:
    """Found by ID number, its last digits, or name and year of entry."""

    def __init__(self) -> None:
        self.rows = _rows()

    def meant(self, record: dict[str, Any]) -> int | None:
        """The one resident a row means; None for nobody or for several."""
        if record.get("id_no"):
            found = [row for row in self.rows if row[3] == record["id_no"]]
        else:
            name = _same(record.get("name"))
            found = [row for row in self.rows if _same(row[1]) == name]
            if record.get("id_tail"):
                found = [row for row in found if row[3].endswith(record["id_tail"])]
            elif record.get("cohort") is not None:
                found = [row for row in found if row[2] == record["cohort"]]
        return found[0][0] if len(found) == 1 else None
