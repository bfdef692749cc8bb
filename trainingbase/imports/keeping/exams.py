"""Results of examinations, and what the province reports to compare with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from trainingbase.assessments.models import ExamResult, ProvincialFigure
from trainingbase.db import db
from trainingbase.imports.keeping.days import exact
from trainingbase.imports.keeping.roster import Residents
from trainingbase.imports.keeping.wanted import Wanted, Workbook
from trainingbase.people.models import Person

NEEDS: Sequence[str] = ("residents",)
KINDS = {"annual_test": "annual", "final_exam": "graduation", "licence_exam": "licence"}


def keep(workbook: Workbook, *, by: Person | None, at: datetime) -> None:
    residents = Residents()
    known = {
        (one.resident_id, one.kind, one.year, one.is_first_attempt): one
        for one in db.session.scalars(select(ExamResult))
    }
    for wanted in workbook.of(*KINDS):
        resident = residents.meant(wanted)
        if resident is None:
            continue
        kind, values = KINDS[wanted.row.noun], _values(wanted)
        first = wanted.record.get("first_attempt") is not False
        key = (resident.id, kind, wanted.record["year"], first)
        if workbook.is_repeated(wanted, key, "name"):
            continue
        result = known.get(key)
        if result is None:
            wanted.made()
            known[key] = ExamResult(
                resident_id=resident.id,
                kind=kind,
                year=wanted.record["year"],
                is_first_attempt=first,
                **values,
            )
            db.session.add(known[key])
        else:
            wanted.put(result, values)
    _keep_figures(workbook)


def _values(wanted: Wanted) -> dict[str, Any]:
    record = wanted.record
    theory, skills = record.get("theory_pass"), record.get("skills_pass")
    passed = record.get("passed")
    if wanted.row.noun == "final_exam" and theory is not None and skills is not None:
        passed = theory and skills
    return {
        "attended": record.get("attended") is not False,
        "theory": exact(record.get("theory")),
        "skills": exact(record.get("skills")),
        "theory_passed": theory,
        "skills_passed": skills,
        "passed": passed,
        "note": record.get("note"),
    }


def _keep_figures(workbook: Workbook) -> None:
    tables = [one for one in workbook.preview.sheets if one.facts.get("provincial_means")]
    known = {
        (one.kind, one.year, one.measure): one
        for one in (db.session.scalars(select(ProvincialFigure)) if tables else ())
    }
    for table in tables:
        kind = KINDS[table.noun]
        for line in table.facts["provincial_means"]:
            for measure in ("theory", "skills", "licence"):
                if line.get(measure) is None or line.get("year") is None:
                    continue
                key, value = (kind, line["year"], measure), exact(line[measure])
                if key in known:
                    known[key].value = value
                    continue
                known[key] = ProvincialFigure(
                    kind=kind, year=line["year"], measure=measure, value=value
                )
                db.session.add(known[key])
