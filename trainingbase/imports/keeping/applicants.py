"""Those who apply, and their scores; what was decided about them stays."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.imports.keeping.days import exact
from trainingbase.imports.keeping.residents import TRAINEE_TYPES
from trainingbase.imports.keeping.wanted import Wanted, Workbook
from trainingbase.intake.models import Applicant, Intake
from trainingbase.people.models import Person

NEEDS: Sequence[str] = ("programme",)
PLAIN = {
    "name": "name",
    "sex": "sex",
    "phone": "phone",
    "education": "education",
    "degree": "degree",
    "school": "school",
    "major": "major",
    "graduated": "graduated",
    "licence_no": "licence_number",
    "trainee_type": "trainee_type",
    "sponsor": "home_institution",
    "note": "note",
    "written": "written",
    "interview": "interview",
}
"""Record key → attribute of the applicant."""


def keep(workbook: Workbook, *, by: Person | None, at: datetime) -> None:
    intakes = list(db.session.scalars(select(Intake).options(joinedload(Intake.programme))))
    known = {(one.intake_id, one.id_number): one for one in db.session.scalars(select(Applicant))}
    for wanted in workbook.of("applicant"):
        intake = _meant(intakes, wanted)
        if intake is None or not _within(wanted, intake):
            continue
        key = (intake.id, wanted.record["id_no"])
        if workbook.is_repeated(wanted, key, "id_no"):
            continue
        _keep(known.get(key), intake, wanted, at=at)


def _meant(intakes: list[Intake], wanted: Wanted) -> Intake | None:
    """The intake of the year and programme named; of those not named, the latest one."""
    code, year = wanted.record["programme"], wanted.record["year"]
    found = [
        one
        for one in intakes
        if (not code or one.programme.code == code) and (not year or one.year == year)
    ]
    latest = [one for one in found if one.year == max(each.year for each in found)]
    if len(latest) == 1:
        return latest[0]
    column = "programme" if wanted.says("programme") else "id_no"
    wanted.refuse(column, "intake_ambiguous" if latest else "intake_unknown")
    return None


def _within(wanted: Wanted, intake: Intake) -> bool:
    for key, most in (("written", intake.written_most), ("interview", intake.interview_most)):
        score = exact(wanted.record[key])
        if score is not None and not Decimal(0) <= score <= most:
            wanted.refuse(key, "score_out_of_range", raw=str(score), most=str(most))
            return False
    return True


def _keep(one: Applicant | None, intake: Intake, wanted: Wanted, *, at: datetime) -> None:
    record = wanted.record
    values = {ours: record[theirs] for theirs, ours in PLAIN.items()}
    values["trainee_type"] = TRAINEE_TYPES.get(record["trainee_type"])
    values |= {"written": exact(record["written"]), "interview": exact(record["interview"])}
    if one is None:
        wanted.made()
        db.session.add(Applicant(intake=intake, id_number=record["id_no"], applied_at=at, **values))
        return
    if one.resident_id is not None:
        wanted.warn("id_no", "applicant_enrolled")
        return
    said = {ours for theirs, ours in PLAIN.items() if wanted.says(theirs)} | {"name"}
    wanted.put(one, values, among=said)
